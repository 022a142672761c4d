# SPDX-License-Identifier: MIT
#
# The log library. Its objects are in sbfota_log_objects; sbfota::log is for users.

set(log_sources)
foreach(name
        anchor batch batch_columns border choose clock codec csv dump dump_find events fields file_name find fleet fleet_block
        folders form found_names header input json json_stream layer learn learned line log log_feed
        log_names log_options logfmt member moment names nest one_line order plan prefix raw reader record rotation
        run said search sessions shape store take time token torn unpack watch window wire)
    list(APPEND log_sources ${PROJECT_SOURCE_DIR}/src/log/${name}.c)
endforeach()

find_package(PkgConfig REQUIRED)
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(liblzma REQUIRED IMPORTED_TARGET liblzma)
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(liblz4 REQUIRED IMPORTED_TARGET liblz4)
find_package(BZip2 REQUIRED)
find_package(Threads REQUIRED)

add_library(sbfota_log_static STATIC ${log_sources})
set_target_properties(sbfota_log_static PROPERTIES OUTPUT_NAME sbfota-log C_VISIBILITY_PRESET hidden)
target_compile_definitions(sbfota_log_static PRIVATE _XOPEN_SOURCE=700 _DEFAULT_SOURCE)
target_include_directories(sbfota_log_static PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/gen ${PROJECT_SOURCE_DIR}/grammar)
target_link_libraries(sbfota_log_static PUBLIC sbfota_static PRIVATE
    sbfota_own_code PkgConfig::libarchive PkgConfig::zlib PkgConfig::liblzma PkgConfig::libzstd
    PkgConfig::liblz4 BZip2::BZip2 Threads::Threads)
sbfota_standard(sbfota_log_static 11)
if(independent)
    set_target_properties(sbfota_log_static PROPERTIES POSITION_INDEPENDENT_CODE ON)
endif()
