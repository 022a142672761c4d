/* SPDX-License-Identifier: MIT */
#include "choose.h"

#include <stdlib.h>
#include <string.h>

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

bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned)
{
    struct reading other;
    reading_choose(reading, sample);
    if (!learn_form(reading, sample, &other, learned))
        return false;
    struct yield yield = try_reading(trial, reading, sample);
    bool better = false;
    if ((*learned)->useful) {
        const struct yield other_yield = try_reading(trial, &other, sample);
        better = other.form == reading->form ? !is_better(&yield, &other_yield)
                                             : is_better(&other_yield, &yield);
        if (better)
            yield = other_yield;
    }
    if (better) {
        *reading = other;
    } else {
        free(*learned);
        *learned = NULL;
    }
    keep_example(reading, &yield, sample);
    return !trial->hits.no_memory;
}
