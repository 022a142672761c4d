/* SPDX-License-Identifier: MIT
 *
 * The public parsing calls that are the same in either parser style. */
#include <string.h>

#include "deliver.h"

/* The struct is as small as promised, on every target. */
typedef char parser_is_small[sizeof(struct sbfota_parser) <= 32 ? 1 : -1];
typedef char event_is_small[sizeof(struct sbfota_event) <= 32 ? 1 : -1];

/* Which function is part of which is written down, since a microcontroller's stack is small:
 * sbfota_decode_line and its like hold a parser there. */
#ifdef __GNUC__
#define SBFOTA_APART static __attribute__((noinline))
#define SBFOTA_PART static inline __attribute__((always_inline))
#else
#define SBFOTA_APART static
#define SBFOTA_PART static inline
#endif

static const unsigned char line_feed[1] = {'\n'};

/* What sbfota_parser_init does, field by field: not a call, behind which arguments would have to
 * stand on the stack. */
/*@ requires \valid(parser);
    assigns *parser; */
SBFOTA_PART void init(struct sbfota_parser *parser)
{
    parser->offset = parser->text = 0;
    parser->value = parser->extent = 0;
    parser->lead = parser->spelling = 0;
    parser->state = SBFOTA_START_STATE;
    parser->kind = SBFOTA_OTHER;
    parser->mark = 0;
}

void sbfota_parser_init(struct sbfota_parser *parser)
{
    memset(parser, 0, sizeof *parser);
    parser->kind = SBFOTA_OTHER;
}

/* The input has ended between lines. */
/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns parser->text, *event; */
SBFOTA_APART bool finish_blank(struct sbfota_parser *parser, struct sbfota_event *event)
{
    memset(event, 0, sizeof *event);
    sbfota_deliver_blank(parser, parser->offset, event);
    if (event->lead == 0)
        event->kind = SBFOTA_NONE;
    return event->lead != 0;
}

bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event)
{
    if (parser->state == SBFOTA_START_STATE)
        return finish_blank(parser, event);
    sbfota_parse(parser, line_feed, 1, event);
    event->ending = SBFOTA_ENDING_NONE;
    parser->text = --parser->offset;
    return true;
}

/* Take bytes up to the end of the line, or of all. */
/*@ requires \valid(parser) && \valid(event) && \valid_read(bytes + (0 .. length - 1));
    requires \separated(parser, event, bytes + (0 .. length - 1));
    assigns *parser, *event;
    ensures \result <= length; */
SBFOTA_PART size_t decode(struct sbfota_parser *parser, const unsigned char *bytes, size_t length,
                          struct sbfota_event *event)
{
    size_t used = sbfota_parse(parser, bytes, length, event);
    if (event->kind != SBFOTA_NONE) {
        /*@ loop invariant used <= length;
            loop assigns used;
            loop variant length - used; */
        while (used < length && (bytes[used] == '\r' || bytes[used] == '\n'))
            used++;
    } else if (parser->state == SBFOTA_START_STATE) {
        finish_blank(parser, event);
    } else {
        sbfota_parse(parser, line_feed, 1, event);
        event->ending ^=
            SBFOTA_ENDING_LF; /* A plain 0 would cost a register, and so eight bytes of stack. */
    }
    return used;
}

size_t sbfota_decode_line(const void *line, size_t length, struct sbfota_event *event)
{
    struct sbfota_parser parser;
    init(&parser);
    return decode(&parser, line, length, event);
}

size_t sbfota_decode_tail(const void *prefix, size_t prefix_length, const void *tail,
                          size_t tail_length, struct sbfota_event *event)
{
    struct sbfota_parser parser;
    init(&parser);
    if (prefix_length > 0)
        sbfota_parse(&parser, prefix, prefix_length, event);
    return decode(&parser, tail, tail_length, event);
}
