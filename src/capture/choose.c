/* SPDX-License-Identifier: MIT */
#include "choose.h"

#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "learned.h"
#include "order.h"

/* What a form makes of a part of a log. */
struct yield {
    long messages;       /* whole ones, less what is told of as odd */
    unsigned wrong;      /* of the module's, said to be the host's */
    unsigned times;      /* how many of them have one */
    unsigned directions; /* likewise */
    unsigned glued;
    const char *example; /* where the text of the first of these begins */
};

static bool is_whole(const struct hit *hit)
{
    switch ((enum sbfota_kind)hit->event.kind) {
    case SBFOTA_MALFORMED:
    case SBFOTA_UNKNOWN:
    case SBFOTA_OVERLONG:
    case SBFOTA_OTHER:
    case SBFOTA_BLANK:
    case SBFOTA_NONE: return false;
    default: return true;
    }
}

void read_part(struct finder *trial, const struct reading *reading, struct bytes part)
{
    struct source source = {.fd = -1, .reading = *reading};
    struct block block = {.source = &source,
                          .reading = &source.reading,
                          .log = trial->shapes_of + 1,
                          .data = part.data,
                          .size = part.length,
                          .last = true};
    trial->reading = &source.reading;
    finder_block(trial, &block);
    order_block(trial, &block);
    order_free(&source);
}

static struct yield try_reading(struct finder *trial, const struct reading *reading,
                                struct bytes sample)
{
    struct yield yield = {.messages = 0};
    read_part(trial, reading, sample);
    for (size_t i = 0; i < trial->hits.count; i++) {
        const struct hit *const hit = &trial->hits.list[i];
        const bool whole = is_whole(hit);
        if (hit->event.kind == SBFOTA_MALFORMED && hit->event.detail == SBFOTA_REASON_GLUED &&
            yield.glued++ == 0)
            yield.example = sample.data + hit->event.offset;
        yield.messages += whole ? 1 : hit->event.kind == SBFOTA_OVERLONG ? 0 : -1;
        yield.wrong += whole && hit->direction == DIRECTION_TX && !record_is_hosts(hit->event.kind);
        yield.times += whole && hit->time_length > 0;
        yield.directions += whole && hit->direction != DIRECTION_NONE;
    }
    return yield;
}

static bool is_better(const struct yield *yield, const struct yield *than)
{
    if (yield->messages != than->messages)
        return yield->messages > than->messages;
    if (yield->wrong != than->wrong)
        return yield->wrong < than->wrong;
    if (yield->times != than->times)
        return yield->times > than->times;
    return yield->directions > than->directions;
}

/* Take another reading if it makes more of the log. */
static bool try_other(struct finder *trial, struct reading *reading, struct yield *best,
                      const struct reading *other, struct bytes sample)
{
    const struct yield yield = try_reading(trial, other, sample);
    if (trial->hits.no_memory || yield.messages <= 0 || !is_better(&yield, best))
        return false;
    *best = yield;
    *reading = *other;
    return true;
}

static bool try_dump(struct finder *trial, struct reading *reading, struct yield *best,
                     struct bytes sample)
{
    struct reading other = *reading;
    other.form = capture_form_find("dump");
    other.learned = NULL;
    reading_look(&other, sample);
    return try_other(trial, reading, best, &other, sample);
}

/* The same reading, with headers that say more of the texts below. */
static void try_headed(struct finder *trial, struct reading *reading, struct yield *best,
                       const struct header *header, struct bytes sample)
{
    struct reading other = *reading;
    if (other.form->form == FORM_RAW) {
        other.form = capture_form_find("learned");
        reading_look(&other, sample);
    }
    other.header = *header;
    other.torn = true;
    try_other(trial, reading, best, &other, sample);
}

/* The same form with what can be learned, if it may be learned; else the one that is nothing else. */
static bool learn_form(const struct reading *named, struct bytes sample, struct reading *other,
                       struct learned **learned)
{
    *other = *named;
    if (!named->form->may_be_learned)
        other->form = capture_form_find("learned");
    if (reading_take(other, sample, learned))
        return true;
    free(*learned);
    *learned = NULL;
    return false;
}

/* A message that is not believed, for the user. */
static void keep_example(struct reading *reading, const struct yield *yield, struct bytes sample)
{
    reading->glued = yield->glued;
    if (yield->glued == 0)
        return;
    const size_t left = (size_t)(sample.data + sample.length - yield->example);
    size_t length = 0;
    while (length < left && length + 1 < sizeof reading->example &&
           yield->example[length] != '\n' && yield->example[length] != '\r')
        length++;
    memcpy(reading->example, yield->example, length);
    reading->example[length] = '\0';
}

/* Is one of twenty bytes of a kind that no text has? Zeros are what a loss of power leaves in a log. */
static bool is_binary(struct bytes sample)
{
    static const bool of_text[32] = {
        ['\b'] = true, ['\t'] = true, ['\n'] = true, ['\f'] = true, ['\r'] = true, [0x1b] = true};
    size_t others = 0;
    size_t zeros = 0;
    for (size_t i = 0; i < sample.length; i++) {
        const unsigned char byte = (unsigned char)sample.data[i];
        zeros += byte == 0;
        others += byte > 0 && byte < sizeof of_text && !of_text[byte];
    }
    return others * 20 > sample.length - zeros;
}

bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned)
{
    struct reading other;
    reading_choose(reading, sample);
    if (!learn_form(reading, sample, &other, learned))
        return false;
    const bool dumped = dump_find(sample.data, sample.data + sample.length) != NULL;
    struct header header;
    const bool headed = header_learn(&header, sample);
    struct yield yield = try_reading(trial, reading, sample);
    bool is_learned = false;
    if ((*learned)->useful) {
        const struct yield other_yield = try_reading(trial, &other, sample);
        is_learned = other.form == reading->form ? !is_better(&yield, &other_yield)
                                                 : is_better(&other_yield, &yield);
        if (is_learned) {
            yield = other_yield;
            *reading = other;
        }
    }
    if (dumped && try_dump(trial, reading, &yield, sample))
        is_learned = false;
    else if (headed)
        try_headed(trial, reading, &yield, &header, sample);
    if (!is_learned) {
        free(*learned);
        *learned = NULL;
    }
    keep_example(reading, &yield, sample);
    reading->binary = yield.messages <= 0 && is_binary(sample);
    return !trial->hits.no_memory;
}
