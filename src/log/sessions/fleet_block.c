/* SPDX-License-Identifier: MIT */
#include "log/sessions/fleet_block.h"

#include <stdlib.h>

#include "log/sessions/fleet_feed.h"
#include "log/sessions/fleet_fold.h"
#include "log/text/time.h"

enum {
    AT_ONCE = 64 /* events: their modems fit in the first cache */
};

static bool make_room(struct fleet_block *timed, size_t count)
{
    if (count <= timed->capacity)
        return true;
    struct timed_event *const list = realloc(timed->list, count * sizeof *list);
    if (list == NULL)
        return false;
    timed->list = list;
    timed->capacity = count;
    return true;
}

static inline void read_moment(struct fleet_block *timed, const struct log_event *event,
                               struct timed_event *moment)
{
    const struct bytes time = {event->time, event->time_length};
    moment->clock = time.data == NULL ? CLOCK_NONE : CLOCK_EPOCH;
    if (time.data != NULL && !clock_read_usual(time, &timed->minute, &moment->milliseconds))
        moment->clock = time_read(time, &timed->minute, &moment->milliseconds);
}

void fleet_block_take(struct fleet_block *timed, const struct block *block,
                      const struct log_event *events, size_t count)
{
    timed->block = block;
    timed->events = events;
    timed->count = make_room(timed, count) ? count : 0;
    timed->no_memory = timed->no_memory || timed->count < count;
    for (size_t i = 0; i < timed->count; i++) {
        read_moment(timed, &events[i], &timed->list[i]);
        if (block->deltas)
            timed->list[i].clock = CLOCK_NONE;
    }
    if (timed->fold && timed->parts == NULL)
        timed->parts = fleet_fold_make();
    timed->folded = timed->fold && timed->parts != NULL && fleet_fold_block(timed->parts, timed);
}

/* A log that names no modem has one that it does not name. */
static struct fleet_modem *find_unnamed(struct fleet_block *timed, struct fleet *fleet)
{
    if (timed->unnamed == NULL)
        timed->unnamed = fleet_find_unnamed(fleet, block_log(timed->block));
    return timed->unnamed;
}

/* The sessions take so many events at once. */
static void feed(struct fleet_block *timed, size_t begin, size_t end, uint32_t file,
                 struct fleet *fleet, const struct fleet_sink *sink)
{
    struct timed_event *const list = timed->list;
    struct bytes last = {NULL, 0};
    for (size_t i = begin; i < end; i++) {
        const struct bytes modem = fleet_block_modem(timed, i);
        if (modem.data == NULL)
            list[i].modem = find_unnamed(timed, fleet);
        else if (last.data != NULL && names_are_alike(modem, last))
            list[i].modem = list[i - 1].modem;
        else
            list[i].modem = fleet_find(fleet, modem);
        last = modem;
    }
    for (size_t i = begin; i < end; i++) {
        const struct fleet_event fed = fleet_block_event(timed, i, fleet, file);
        if (list[i].modem != NULL)
            fleet_feed(fleet, list[i].modem, &fed, sink);
    }
}

void fleet_block_feed(struct fleet_block *timed, struct fleet *fleet, const struct fleet_sink *sink)
{
    const size_t count = timed->count;
    const uint32_t file = count > 0 ? fleet_file_number(fleet, timed->block->file) : NAME_UNKNOWN;
    if (timed->folded)
        fleet_fold_join(timed->parts, timed, file, fleet, sink);
    for (size_t begin = 0; begin < count && !timed->folded; begin += AT_ONCE)
        feed(timed, begin, count - begin < AT_ONCE ? count : begin + AT_ONCE, file, fleet, sink);
    timed->count = 0;
    timed->folded = false;
    timed->unnamed = NULL;
}

void fleet_block_free(struct fleet_block *timed)
{
    fleet_fold_free(timed->parts);
    free(timed->list);
}
