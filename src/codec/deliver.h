/* SPDX-License-Identifier: MIT
 *
 * From the registers of a whole line to its event: the sign, the range, the code tables. */
#ifndef SBFOTA_CODEC_DELIVER_H
#define SBFOTA_CODEC_DELIVER_H

#include "registers.h"
#include "rows.h"

/* The number with its sign; one that 32 bits do not hold is saturated. */
/*@ requires \valid(flags);
    assigns *flags;
    ensures !negative ==> \result == \min(magnitude, INT32_MAX);
    ensures negative ==> \result == \max(-magnitude, INT32_MIN); */
static inline int32_t sbfota_signed(uint32_t magnitude, bool negative, uint8_t *flags)
{
    const uint32_t limit = (uint32_t)INT32_MAX + negative;
    if (magnitude > limit) {
        magnitude = limit;
        *flags |= SBFOTA_FLAG_OVERFLOW;
    }
    if (!negative)
        return (int32_t)magnitude;
    return magnitude == limit ? INT32_MIN : -(int32_t)magnitude;
}

/* The fields of a known message: kind, detail, value, extent, flags but for those of
 * sbfota_judge, spelling. */
/*@ requires \valid_read(parser) && \valid(event) && \separated(parser, event);
    requires SBFOTA_NONE < parser->kind < SBFOTA_KIND_COUNT ||
             parser->kind == SBFOTA_KIND_CME_TEXT || parser->kind == SBFOTA_KIND_ACCEPT_RANGE;
    assigns *event;
    ensures SBFOTA_NONE < event->kind < SBFOTA_KIND_COUNT; */
static inline void sbfota_fill(const struct sbfota_parser *parser, struct sbfota_event *event)
{
    unsigned kind = parser->kind;
    uint8_t flags = parser->spelling & SBFOTA_MARK_IRREGULAR ? SBFOTA_FLAG_NONCANONICAL : 0;
    event->spelling = (uint8_t)parser->spelling;

    if (kind == SBFOTA_KIND_CME_TEXT) {
        event->kind = SBFOTA_CME_ERROR;
        event->value = (int32_t)parser->extent;
        event->extent = (uint32_t)event->length - parser->extent;
        event->flags = flags;
        return;
    }
    if (kind == SBFOTA_KIND_ACCEPT_RANGE) {
        kind = SBFOTA_RANGE;
        event->detail = SBFOTA_PARAMETER_ACCEPT;
    }
    event->kind = (uint8_t)kind;
    const struct sbfota_row *const row = &sbfota_rows[kind];
    if (row->argument != SBFOTA_ARGUMENT_NONE)
        event->value =
            sbfota_signed(parser->value, (parser->spelling & SBFOTA_MARK_NEGATIVE) != 0, &flags);
    if (row->argument == SBFOTA_ARGUMENT_RANGE) {
        const uint32_t upper =
            parser->spelling & SBFOTA_SPELLING_RANGE_SINGLE ? parser->value : parser->extent;
        event->extent = (uint32_t)sbfota_signed(upper, false, &flags);
    }
    event->flags = flags;
}

/* Give the event of the line that ends at stream offset `end` with the byte `ending`, and make
 * ready for the next. The event must be all zeros; its number is still to be judged, which only
 * that of a message can fail. */
/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns *parser, *event;
    ensures SBFOTA_NONE < event->kind < SBFOTA_KIND_COUNT; */
static inline void sbfota_deliver(struct sbfota_parser *parser, uint64_t end, unsigned char ending,
                                  struct sbfota_event *event)
{
    event->offset = parser->text;
    event->length = end - parser->text;
    event->lead = parser->lead;
    event->ending = ending == '\n' ? SBFOTA_ENDING_LF : SBFOTA_ENDING_CR;

    if (event->length > SBFOTA_LINE_MAX) {
        event->kind = SBFOTA_OVERLONG;
    } else if (parser->kind >= SBFOTA_KIND_FAILED) {
        event->kind = SBFOTA_MALFORMED;
        event->detail = (uint8_t)(parser->kind - SBFOTA_KIND_FAILED);
        event->value = (int32_t)parser->value;
        if (event->detail == SBFOTA_REASON_UNKNOWN_KEYWORD) {
            event->kind = SBFOTA_UNKNOWN;
            event->extent = parser->extent;
        }
    } else if (sbfota_is_message(parser->kind) || parser->kind == SBFOTA_KIND_CME_TEXT ||
               parser->kind == SBFOTA_KIND_ACCEPT_RANGE) {
        sbfota_fill(parser, event);
    } else {
        event->kind = SBFOTA_OTHER;
    }

    parser->text = end + 1;
    parser->spelling = 0;
    parser->kind = SBFOTA_OTHER;
}

#endif
