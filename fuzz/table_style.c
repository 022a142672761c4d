/* SPDX-License-Identifier: MIT */
#define sbfota_start_state table_start_state
#define sbfota_parser_init table_parser_init
#define sbfota_parse table_parse
#define sbfota_parse_batch table_parse_batch
#define sbfota_finish table_finish
#define sbfota_decode_line table_decode_line
#define sbfota_decode_tail table_decode_tail
#define SBFOTA_PARSER_TABLE

/* NOLINTBEGIN(bugprone-suspicious-include): the same code under other names */
#include "codec/parse.c"
#include "codec/parser_table.c"
/* NOLINTEND(bugprone-suspicious-include) */
