/* SPDX-License-Identifier: MIT
 *
 * The goto-driven parser: one state of the machine is one place in the code. For hosts: it
 * is the parser unless SBFOTA_PARSER_TABLE is defined. */
#include "actions.h"

#ifndef SBFOTA_PARSER_TABLE

#include <string.h>

#include "blank.h"
#include "deliver.h"
#include "judge.h"
#include "skip.h"

#define SBFOTA_MACHINE_DATA
#include "../../gen/parser_goto.inc"
#undef SBFOTA_MACHINE_DATA

#include "whole_line.h"

/* The registers stay in memory on purpose: a machine has too few for them beside p, and a
 * compiler that tries to keep them there moves them about at every byte. Only the offset is made
 * of p when it is asked for. */
#define OFFSET ((uint64_t)(uintptr_t)p + bias)
#define POSITION ((uint32_t)(OFFSET - parser->text))

/* Past line ends, so many at most. */
/*@ requires is_piece(p, pe);
    assigns \nothing;
    ensures is_piece(p, \result) && is_piece(\result, pe); */
static const unsigned char *skip_run(const unsigned char *p, const unsigned char *pe, uint64_t most)
{
    return sbfota_skip_line_ends(p, (uint64_t)(pe - p) > most ? p + most : pe);
}

/* NOLINTNEXTLINE(readability-function-cognitive-complexity, readability-function-size): its body is generated. */
static const unsigned char *run_machine(struct sbfota_parser *parser, const unsigned char *p,
                                        const unsigned char *pe, struct sbfota_event *event)
{
    const uint64_t bias = parser->offset - (uint64_t)(uintptr_t)p;
    unsigned cs = parser->state;

#include "../../gen/parser_goto.inc"

deliver:
    memset(event, 0, sizeof *event);
    sbfota_deliver(parser, OFFSET, *p, event);
    const uint8_t odd = sbfota_judge_at_once(event->kind, event->value);
    if (odd != 0)
        event->flags |= odd;
    p++;
    parser->offset = OFFSET;
    parser->state = SBFOTA_START_STATE;
    return p;

blank:
    p++;
    if (OFFSET - parser->text < SBFOTA_LEAD_MAX) {
        if (p != pe && (*p == '\r' || *p == '\n'))
            p = skip_run(p, pe, parser->text + SBFOTA_LEAD_MAX - 1 - OFFSET);
        goto start;
    }
    memset(event, 0, sizeof *event);
    sbfota_deliver_blank(parser, OFFSET, event);
    parser->offset = OFFSET;
    parser->state = SBFOTA_START_STATE;
    return p;

ended:
    event->kind = SBFOTA_NONE;
    parser->offset = OFFSET;
    parser->state = (uint16_t)cs;
    return p;
}

size_t sbfota_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *event)
{
    const unsigned char *const p = bytes;
    if (parser->state == SBFOTA_START_STATE && length >= SBFOTA_WHOLE_LINE_ROOM) {
        const unsigned char *const next =
            sbfota_take_line(p, p + length, parser->offset, parser->text, event);
        if (next != NULL) {
            parser->text = parser->offset += (size_t)(next - p);
            return (size_t)(next - p);
        }
    } else if (length == 0) { /* of nothing, which may be NULL, no place is made */
        event->kind = SBFOTA_NONE;
        return 0;
    }
    return (size_t)(run_machine(parser, p, p + length, event) - p);
}

/* Take lines from a line's start on until there is one for the machine. */
static const unsigned char *take_lines(struct sbfota_parser *parser, const unsigned char *p,
                                       const unsigned char *pe, struct sbfota_event **event,
                                       const struct sbfota_event *events_end)
{
    const uint64_t bias = parser->offset - (uint64_t)(uintptr_t)p;
    struct sbfota_event *into = *event;
    uint64_t text = parser->text;
    while (into != events_end && pe - p >= SBFOTA_WHOLE_LINE_ROOM) {
        const unsigned char *const next = sbfota_take_line(p, pe, OFFSET, text, into);
        if (next == NULL)
            break;
        p = next;
        text = OFFSET;
        into++;
    }
    *event = into;
    parser->offset = OFFSET;
    parser->text = text;
    return p;
}

size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                          struct sbfota_event *events, size_t capacity, size_t *count)
{
    *count = 0;
    if (length == 0 || capacity == 0) /* of nothing, which may be NULL, no place is made */
        return 0;
    const unsigned char *p = bytes;
    const unsigned char *const pe = p + length;
    struct sbfota_event *event = events;
    const struct sbfota_event *const events_end = events + capacity;
    while (p != pe && event != events_end) {
        if (parser->state == SBFOTA_START_STATE)
            p = take_lines(parser, p, pe, &event, events_end);
        if (event == events_end)
            break;
        p = run_machine(parser, p, pe, event);
        event += event->kind != SBFOTA_NONE;
    }
    *count = (size_t)(event - events);
    return (size_t)(p - (const unsigned char *)bytes);
}

#endif
