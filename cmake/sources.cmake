# SPDX-License-Identifier: MIT
#
# The sources of the library, whatever builds it; `include` is all that their include path needs.

get_filename_component(sbfota_root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
file(GLOB sbfota_sources CONFIGURE_DEPENDS
    ${sbfota_root}/src/codec/*.c ${sbfota_root}/src/session/*.c ${sbfota_root}/src/host/*.c)
