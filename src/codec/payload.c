/* SPDX-License-Identifier: MIT
 *
 * Bytes that are no lines. The machine does not see them: it stands at a line's start before and
 * behind them. */
#include <string.h>

#include <sbfota/passthrough.h>

#include "registers.h"

void sbfota_payload_init(struct sbfota_payload *payload)
{
    payload->left = 0;
    payload->line_feed = 0;
}

void sbfota_payload_begin(struct sbfota_payload *payload, const struct sbfota_event *line,
                          uint32_t length)
{
    if (length == 0)
        return;
    payload->left = length;
    payload->line_feed = line->ending == SBFOTA_ENDING_CR;
}

/* Give the event of so many bytes of payload, and of the line ends before them. */
/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns *parser, *event;
    ensures event->kind == SBFOTA_OTHER; */
static void deliver(struct sbfota_parser *parser, uint32_t count, struct sbfota_event *event)
{
    memset(event, 0, sizeof *event);
    event->kind = SBFOTA_OTHER;
    event->lead = (uint16_t)(parser->offset - parser->text);
    event->offset = parser->offset;
    event->length = count;
    parser->text = parser->offset += count;
}

size_t sbfota_payload_parse(struct sbfota_payload *payload, struct sbfota_parser *parser,
                            const void *bytes, size_t length, struct sbfota_event *event)
{
    const unsigned char *const first = bytes;
    if (payload->left == 0 || length == 0 || parser->state != SBFOTA_START_STATE)
        return sbfota_parse(parser, bytes, length, event);
    const size_t skipped = payload->line_feed && parser->offset == parser->text && *first == '\n';
    payload->line_feed = 0;
    parser->offset += skipped;
    const size_t rest = length - skipped;
    if (rest == 0) {
        event->kind = SBFOTA_NONE;
        return length;
    }
    const uint32_t count = rest < payload->left ? (uint32_t)rest : payload->left;
    payload->left -= count;
    deliver(parser, count, event);
    return skipped + count;
}
