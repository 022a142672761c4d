# SPDX-License-Identifier: MIT
#
# The library as a component of ESP-IDF, whose own CMake calls this. The parser is the small one.

include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)
idf_component_register(SRCS ${sbfota_sources} INCLUDE_DIRS ${sbfota_root}/include)
target_compile_definitions(${COMPONENT_LIB} PRIVATE SBFOTA_PARSER_TABLE)
