/* SPDX-License-Identifier: MIT
 *
 * The public parsing calls that are the same in either parser style. */
#include <string.h>

#include "deliver.h"

/* The struct is as small as promised, on every target. */
typedef char parser_is_small[sizeof(struct sbfota_parser) <= 32 ? 1 : -1];
typedef char event_is_small[sizeof(struct sbfota_event) <= 32 ? 1 : -1];

void sbfota_parser_init(struct sbfota_parser *parser)
{
    memset(parser, 0, sizeof *parser);
    parser->state = sbfota_start_state();
    parser->kind = SBFOTA_OTHER;
}

bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event)
{
    static const unsigned char line_end[1] = {'\n'};
    const uint64_t end = parser->offset;
    if (parser->state == sbfota_start_state()) {
        const bool is_waiting = end != parser->text;
        sbfota_deliver_blank(parser, end, event);
        if (!is_waiting)
            event->kind = SBFOTA_NONE;
        return is_waiting;
    }
    sbfota_parse(parser, line_end, 1, event);
    event->ending = SBFOTA_ENDING_NONE;
    parser->offset = parser->text = end;
    return true;
}

size_t sbfota_decode_line(const void *line, size_t length, struct sbfota_event *event)
{
    return sbfota_decode_tail(NULL, 0, line, length, event);
}

size_t sbfota_decode_tail(const void *prefix, size_t prefix_length, const void *tail,
                          size_t tail_length, struct sbfota_event *event)
{
    const unsigned char *const bytes = tail;
    struct sbfota_parser parser;
    size_t used = 0;
    sbfota_parser_init(&parser);
    if (prefix_length > 0)
        sbfota_parse(&parser, prefix, prefix_length, event);
    used = sbfota_parse(&parser, tail, tail_length, event);
    if (event->kind == SBFOTA_NONE) {
        sbfota_finish(&parser, event);
        return used;
    }
    while (used < tail_length && (bytes[used] == '\r' || bytes[used] == '\n'))
        used++;
    return used;
}
