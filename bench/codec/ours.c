/* SPDX-License-Identifier: MIT
 *
 * The library's calls, as a user would make them. */
#include "codec/jobs.h"

/* A batch that stays in the first cache. */
enum {
    BATCH = 256
};

static inline void tally_event(struct tally *tally, const struct sbfota_event *event)
{
    const uint32_t upper = event->kind == SBFOTA_RANGE ? event->extent : 0;
    tally_add(tally, event->kind, (int64_t)event->value + upper);
}

size_t decode_stream(const struct input *input, struct tally *tally)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    for (size_t at = 0; at < input->length; at += CHUNK) {
        const char *bytes = input->bytes + at;
        size_t length = input->length - at < CHUNK ? input->length - at : CHUNK;
        while (length > 0) {
            struct sbfota_event event;
            const size_t used = sbfota_parse(&parser, bytes, length, &event);
            bytes += used;
            length -= used;
            if (event.kind != SBFOTA_NONE)
                tally_event(tally, &event);
        }
    }
    return input->length;
}

size_t decode_batch(const struct input *input, struct tally *tally)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    for (size_t at = 0; at < input->length;) {
        struct sbfota_event events[BATCH];
        size_t count = 0;
        at += sbfota_parse_batch(&parser, input->bytes + at, input->length - at, events, BATCH,
                                 &count);
        for (size_t i = 0; i < count; i++)
            tally_event(tally, &events[i]);
    }
    return input->length;
}

size_t format_ours(const struct input *input, struct tally *tally)
{
    size_t length = 0;
    for (size_t i = 0; i < input->event_count; i++) {
        const struct sbfota_event *event = &input->events[i];
        const ptrdiff_t written =
            sbfota_format(event, NULL, SBFOTA_FORMAT_CANONICAL | SBFOTA_FORMAT_FRAMED,
                          input->out + length, input->out_size - length);
        if (written > 0)
            length += (size_t)written;
        tally_event(tally, event);
    }
    return length;
}
