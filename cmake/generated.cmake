# SPDX-License-Identifier: MIT
#
# gen/ is committed, so that no build needs a generator. These two targets do.

add_custom_target(regenerate
    COMMAND ${PROJECT_SOURCE_DIR}/grammar/generate ${PROJECT_SOURCE_DIR}/gen
    COMMENT "Generating gen/ from grammar/" VERBATIM USES_TERMINAL)
add_custom_target(check-gen
    COMMAND ${PROJECT_SOURCE_DIR}/grammar/check
    COMMENT "Comparing gen/ with what grammar/ gives" VERBATIM USES_TERMINAL)
