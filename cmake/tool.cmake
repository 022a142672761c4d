# SPDX-License-Identifier: MIT
#
# The command-line tool `sbfota`.

find_package(PkgConfig REQUIRED)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson)

file(GLOB_RECURSE tool_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cli/*.c)

include(cmake/simulate.cmake)

add_executable(sbfota_tool ${tool_sources})
set_target_properties(sbfota_tool PROPERTIES
    OUTPUT_NAME sbfota RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_compile_definitions(sbfota_tool PRIVATE _XOPEN_SOURCE=700 _DEFAULT_SOURCE)
target_include_directories(sbfota_tool PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/gen
    ${PROJECT_SOURCE_DIR}/grammar)
target_link_libraries(sbfota_tool PRIVATE
    sbfota_log_inside sbfota_static sbfota_own_code sbfota_simulate PkgConfig::jansson)
sbfota_standard(sbfota_tool 11)
