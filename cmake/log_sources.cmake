# SPDX-License-Identifier: MIT
#
# The sources of the log library, whatever builds it; their include path needs src, gen, grammar and include.

set(log_names
    anchor archive arrow_c arrow_ipc attempt_columns attempt_fields batch batch_columns border choose clock codec columns command csv dump dump_find event_columns events fields file_name find flat
    fleet fleet_block folders form found_names header input json json_stream layer learn learn_marks learn_shapes learn_values learned line log log_arrow log_feed log_names
    log_options log_run logfmt moment names nest note one_line order parquet parquet_delta parquet_runs parquet_values plan prefix raw reader reader_bytes reader_cut reader_form reader_given reader_open record record_value relearn relearn_step rotation run said search sessions
    shape source spelling store take time token torn unpack utf8 watch window wire)
if(SBFOTA_LOG_ARCHIVES)
    list(APPEND log_names codec_more member)
else()
    list(APPEND log_names codec_lacking member_lacking)
endif()
set(log_sources ${log_names})
list(TRANSFORM log_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/../src/log/)
list(TRANSFORM log_sources APPEND .c)
