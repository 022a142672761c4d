/* SPDX-License-Identifier: MIT */
#include "choose.h"

#include <stdlib.h>
#include <string.h>

#include "learned.h"
#include "nest.h"
#include "order.h"

/* What a form makes of a part of a log. */
struct yield {
    long messages;       /* whole ones, less what is told of as odd */
    unsigned wrong;      /* of the module's, said to be the host's */
    unsigned times;      /* how many of them have one */
    unsigned directions; /* likewise */
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

static struct yield try_reading(struct finder *trial, const struct reading *reading,
                                struct bytes sample)
{
    struct yield yield = {0, 0, 0, 0};
    struct source source = {.fd = -1, .reading = *reading};
    struct block block = {.source = &source,
                          .reading = &source.reading,
                          .log = trial->shapes_of + 1,
                          .data = sample.data,
                          .size = sample.length,
                          .last = true};
    trial->reading = &source.reading;
    finder_block(trial, &block);
    order_block(trial, &block);
    for (size_t i = 0; i < trial->hits.count; i++) {
        const struct hit *const hit = &trial->hits.list[i];
        const bool whole = is_whole(hit);
        yield.messages += whole ? 1 : -1;
        yield.wrong += whole && hit->direction == DIRECTION_TX && !record_is_hosts(hit->event.kind);
        yield.times += whole && hit->time_length > 0;
        yield.directions += whole && hit->direction != DIRECTION_NONE;
    }
    order_free(&source);
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

/* Are the texts of the log lines of a log again? Then *nested is what has been learned of them. False without memory. */
static bool try_nested(struct finder *trial, struct reading *reading, struct bytes sample,
                       struct learned **nested)
{
    struct reading other = *reading;
    if (!nest_learn(reading, sample, nested))
        return false;
    if (*nested == NULL)
        return true;
    other.learned = *nested;
    reading_look(&other, sample);
    const struct yield without = try_reading(trial, reading, sample);
    const struct yield with = try_reading(trial, &other, sample);
    if (is_better(&with, &without)) {
        *reading = other;
    } else {
        free(*nested);
        *nested = NULL;
    }
    return true;
}

/* Are the records of JSON not each a line of its own? */
static void try_json(struct finder *trial, struct reading *reading, struct bytes sample,
                     struct learned **nested)
{
    struct reading other = *reading;
    other.form = capture_form_find("json");
    other.learned = NULL;
    reading_look(&other, sample);
    const struct yield without = try_reading(trial, reading, sample);
    const struct yield with = try_reading(trial, &other, sample);
    if (!is_better(&with, &without))
        return;
    *reading = other;
    free(*nested);
    *nested = NULL;
}

bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned)
{
    struct reading other = *reading;
    struct learned *nested;
    *learned = NULL;
    reading_choose(reading, sample);
    if (!try_nested(trial, reading, sample, &nested))
        return false;
    if (!trial->hits.no_memory && memchr(sample.data, '{', sample.length) != NULL)
        try_json(trial, reading, sample, &nested);
    other.form = capture_form_find("learned");
    if (!reading_take(&other, sample, learned)) {
        free(*learned);
        free(nested);
        *learned = NULL;
        return false;
    }
    if (other.learned->count > 0) {
        const struct yield named = try_reading(trial, reading, sample);
        const struct yield yield = try_reading(trial, &other, sample);
        if (!trial->hits.no_memory && is_better(&yield, &named)) {
            free(nested);
            *reading = other;
            return true;
        }
    }
    free(*learned);
    *learned = nested;
    return !trial->hits.no_memory;
}
