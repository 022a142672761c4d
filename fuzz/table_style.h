/* SPDX-License-Identifier: MIT
 *
 * The table-driven parser under names of its own, beside the one in the library. */
#ifndef SBFOTA_FUZZ_TABLE_STYLE_H
#define SBFOTA_FUZZ_TABLE_STYLE_H

#include <sbfota/sbfota.h>

void table_parser_init(struct sbfota_parser *parser);
size_t table_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                   struct sbfota_event *event);
size_t table_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                         struct sbfota_event *events, size_t capacity, size_t *count);
bool table_finish(struct sbfota_parser *parser, struct sbfota_event *event);

#endif
