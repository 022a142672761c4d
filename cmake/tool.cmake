# SPDX-License-Identifier: MIT
#
# The command-line tool `sbfota`.

find_package(PkgConfig REQUIRED)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(liblzma REQUIRED IMPORTED_TARGET liblzma)
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(liblz4 REQUIRED IMPORTED_TARGET liblz4)
find_package(BZip2 REQUIRED)
find_package(Threads REQUIRED)

file(GLOB tool_sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/src/cli/*.c
    ${PROJECT_SOURCE_DIR}/src/log/*.c)

include(cmake/simulate.cmake)

add_executable(sbfota_tool ${tool_sources})
set_target_properties(sbfota_tool PROPERTIES
    OUTPUT_NAME sbfota RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_compile_definitions(sbfota_tool PRIVATE _XOPEN_SOURCE=700 _DEFAULT_SOURCE)
target_include_directories(sbfota_tool PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/gen
    ${PROJECT_SOURCE_DIR}/grammar)
target_link_libraries(sbfota_tool PRIVATE
    sbfota_static sbfota_own_code sbfota_simulate PkgConfig::jansson PkgConfig::libarchive PkgConfig::zlib
    PkgConfig::liblzma PkgConfig::libzstd PkgConfig::liblz4 BZip2::BZip2
    Threads::Threads)
sbfota_standard(sbfota_tool 11)
