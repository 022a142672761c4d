# SPDX-License-Identifier: MIT
#
# The sources of the log library, whatever builds it; their include path needs src, gen, grammar and include.

set(log_names
    text/clock text/moment text/names text/record text/spelling text/time text/utf8
    input/archive input/codec input/file_name input/folders input/input input/layer input/rotation input/turns
    input/unpack input/unpack_ahead
    prefix/anchor prefix/border prefix/byte_rows prefix/csv prefix/dump prefix/fields prefix/form prefix/found_names prefix/header
    prefix/json prefix/learned prefix/line_read prefix/logfmt prefix/nest prefix/prefix prefix/prefix_own prefix/said
    prefix/shape prefix/token prefix/wire
    scan/command scan/events scan/find scan/finder scan/search scan/take scan/watch
    join/json_stream join/order join/order_files join/raw join/said_before join/streams join/torn
    form/belief form/choose form/dump_find form/learn form/learn_columns form/learn_marks form/learn_nested form/learn_shapes form/learn_values
    form/look form/neighbours form/one_story form/prose form/relearn form/values form/window
    blocks/note blocks/plan blocks/reader blocks/reader_bytes blocks/reader_cut blocks/reader_form blocks/reader_given
    blocks/reader_open blocks/source blocks/store
    threads/relearn_step threads/run threads/turn
    sessions/advice sessions/failure sessions/fleet sessions/fleet_block sessions/fleet_events sessions/fleet_fold
    sessions/log_event sessions/modem_state
    tables/arrow_c tables/arrow_ipc tables/arrow_schema tables/columns tables/columns_append tables/columns_texts
    tables/flat tables/parquet tables/parquet_delta tables/parquet_runs tables/parquet_values
    records/attempt_fields records/event_columns records/event_columns_take records/event_fields records/modem_fields
    records/record_value
    batch/batch batch/batch_columns batch/log batch/log_arrow batch/log_feed batch/log_modems batch/log_names batch/log_options
    batch/log_queue batch/log_run batch/log_table batch/one_line batch/sessions)
if(SBFOTA_LOG_ARCHIVES)
    list(APPEND log_names input/codec_more input/member)
else()
    list(APPEND log_names input/codec_lacking input/member_lacking)
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
    list(APPEND log_names input/codec_isal)
    list(APPEND log_definitions SBFOTA_LOG_ISAL)
endif()
set(log_sources ${log_names})
list(TRANSFORM log_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/../src/log/)
list(TRANSFORM log_sources APPEND .c)
