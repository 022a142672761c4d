/* SPDX-License-Identifier: MIT
 *
 * The event of line ends that no line follows. */
#ifndef SBFOTA_CODEC_BLANK_H
#define SBFOTA_CODEC_BLANK_H

#include <sbfota/sbfota.h>

/* Give the event of the line ends that wait at stream offset `end`, as many as `lead` holds. The
 * event must be all zeros. */
/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns parser->text, *event;
    ensures event->kind == SBFOTA_BLANK; */
static inline void sbfota_deliver_blank(struct sbfota_parser *parser, uint64_t end,
                                        struct sbfota_event *event)
{
    event->kind = SBFOTA_BLANK;
    event->lead = (uint16_t)(end - parser->text);
    event->offset = end;
    parser->text = end;
}

#endif
