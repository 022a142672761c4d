/* SPDX-License-Identifier: MIT
 *
 * The public parsing calls, on top of either parser style. */
#include <string.h>

#include "registers.h"

/* The struct is as small as promised, on every target. */
typedef char parser_is_small[sizeof(struct sbfota_parser) <= 32 ? 1 : -1];
typedef char event_is_small[sizeof(struct sbfota_event) <= 32 ? 1 : -1];

void sbfota_parser_init(struct sbfota_parser *parser)
{
    memset(parser, 0, sizeof *parser);
    parser->state = sbfota_start_state();
    parser->kind = SBFOTA_OTHER;
}

/* How many line ends wait for a line. */
static size_t waiting(const struct sbfota_parser *parser)
{
    if (parser->state != sbfota_start_state())
        return 0;
    const uint64_t run = parser->offset - parser->text;
    return run < SBFOTA_LEAD_MAX ? (size_t)run : SBFOTA_LEAD_MAX;
}

/* The event of the line ends that wait. */
static void deliver_blank(struct sbfota_parser *parser, size_t lead, struct sbfota_event *event)
{
    memset(event, 0, sizeof *event);
    event->kind = SBFOTA_BLANK;
    event->lead = (uint16_t)lead;
    event->offset = parser->offset;
    parser->text = parser->offset;
}

size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                          struct sbfota_event *events, size_t capacity, size_t *count)
{
    const unsigned char *next = bytes;
    const unsigned char *const end = next + length;
    struct sbfota_event *event = events;
    struct sbfota_event *const events_end = events + capacity;
    /* In pieces so short that a run of line ends cannot outgrow `lead` within one. */
    while (next != end && event != events_end) {
        const size_t room = SBFOTA_LEAD_MAX - waiting(parser);
        const unsigned char *const piece_end = (size_t)(end - next) < room ? end : next + room;
        next = sbfota_run(parser, next, piece_end, &event, events_end);
        if (event != events_end && waiting(parser) == SBFOTA_LEAD_MAX)
            deliver_blank(parser, SBFOTA_LEAD_MAX, event++);
    }
    *count = (size_t)(event - events);
    return (size_t)(next - (const unsigned char *)bytes);
}

size_t sbfota_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *event)
{
    size_t count = 0;
    const size_t used = sbfota_parse_batch(parser, bytes, length, event, 1, &count);
    if (count == 0)
        event->kind = SBFOTA_NONE;
    return used;
}

bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event)
{
    static const unsigned char line_end[1] = {'\n'};
    const size_t lead = waiting(parser);
    if (lead == 0 && parser->state == sbfota_start_state()) {
        memset(event, 0, sizeof *event);
        return false;
    }
    if (lead > 0) {
        deliver_blank(parser, lead, event);
        return true;
    }
    const uint64_t end = parser->offset;
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
