# SPDX-License-Identifier: MIT
#
# The sources of the log library, whatever builds it; their include path needs src, gen, grammar and include.

set(log_names
    advice anchor archive arrow_c arrow_ipc arrow_schema attempt_fields batch batch_columns
    border choose clock codec columns columns_append columns_texts command csv dump dump_find event_columns
    event_columns_take event_fields events failure fields file_name find flat fleet fleet_block fleet_fold folders form
    found_names header input json json_stream layer learn learn_marks learn_shapes learn_values learned line log
    log_arrow log_event log_feed log_modems log_names log_options log_queue log_run log_table logfmt
    modem_fields modem_state moment names nest note one_line order order_files parquet
    parquet_delta parquet_runs parquet_values plan prefix prefix_own raw reader reader_bytes reader_cut
    reader_form reader_given reader_open record record_value relearn relearn_step rotation run said search
    sessions shape source spelling store take time token torn turn turns unpack unpack_ahead utf8
    watch window wire)
if(SBFOTA_LOG_ARCHIVES)
    list(APPEND log_names codec_more member)
else()
    list(APPEND log_names codec_lacking member_lacking)
endif()
# gzip by ISA-L, where that has code for the processor and is installed; a build that needs little does not look for it.
set(log_isal OFF)
if(SBFOTA_LOG_ISAL STREQUAL "ON")
    set(log_isal ON)
elseif(SBFOTA_LOG_ISAL STREQUAL "AUTO" AND SBFOTA_LOG_ARCHIVES
       AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64|aarch64|arm64|ARM64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(libisal QUIET IMPORTED_TARGET libisal)
    set(log_isal ${libisal_FOUND})
endif()
if(log_isal)
    list(APPEND log_names codec_isal)
    list(APPEND log_definitions SBFOTA_LOG_ISAL)
endif()
set(log_sources ${log_names})
list(TRANSFORM log_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/../src/log/)
list(TRANSFORM log_sources APPEND .c)
