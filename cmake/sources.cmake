# SPDX-License-Identifier: MIT
#
# The sources of the library, whatever builds it; `include` is all that their include path needs.

# ESP-IDF also reads its components in a script, where nothing is built and so nothing can be watched.
set(watch CONFIGURE_DEPENDS)
if(CMAKE_SCRIPT_MODE_FILE)
    set(watch)
endif()
get_filename_component(sbfota_root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
file(GLOB sbfota_sources ${watch}
    ${sbfota_root}/src/codec/*.c ${sbfota_root}/src/session/*.c ${sbfota_root}/src/host/*.c)
