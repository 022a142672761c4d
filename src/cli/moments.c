/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <stdlib.h>

#include "capture/time.h"

enum {
    AT_ONCE = 64 /* hits: their modems fit in the first cache */
};

static bool make_room(struct moments *moments, size_t count)
{
    if (count <= moments->capacity)
        return true;
    struct moment *const list = realloc(moments->list, count * sizeof *list);
    if (list == NULL)
        return false;
    moments->list = list;
    moments->capacity = count;
    return true;
}

void moments_take(struct moments *moments, const struct block *block, const struct hit *hits,
                  size_t count)
{
    moments->block = block;
    moments->hits = hits;
    moments->count = make_room(moments, count) ? count : 0;
    moments->no_memory = moments->no_memory || moments->count < count;
    for (size_t i = 0; i < moments->count; i++) {
        char buffer[TIME_SIZE];
        const struct bytes time =
            time_show((struct bytes){hits[i].time, hits[i].time_length}, buffer);
        moments->list[i].clock = clock_read(time, &moments->day, &moments->list[i].milliseconds);
    }
}

static struct bytes modem_of(const struct block *block, const struct hit *hit)
{
    return hit->modem == NULL ? block->modem : (struct bytes){hit->modem, hit->modem_length};
}

/* The sessions take so many hits at once. */
static void feed(const struct moments *moments, size_t begin, size_t end, uint32_t file,
                 struct fleet *fleet, const struct fleet_sink *sink)
{
    const struct block *const block = moments->block;
    struct moment *const list = moments->list;
    for (size_t i = begin; i < end; i++)
        list[i].modem = fleet_find(fleet, modem_of(block, &moments->hits[i]), block->file);
    for (size_t i = begin; i < end; i++) {
        const struct hit *const hit = &moments->hits[i];
        const struct fleet_event event = {
            .event = &hit->event,
            .modem = modem_of(block, hit),
            .time = {hit->time, hit->time_length},
            .milliseconds = list[i].milliseconds,
            .clock = list[i].clock,
            .file = file,
            .line = hit->earlier ? hit->earlier_line : block->line + hit->line,
        };
        if (list[i].modem != NULL)
            fleet_feed(fleet, list[i].modem, &event, sink);
    }
}

void moments_feed(struct moments *moments, struct fleet *fleet, const struct fleet_sink *sink)
{
    const size_t count = moments->count;
    const uint32_t file = count > 0 ? fleet_file_number(fleet, moments->block->file) : NAME_UNKNOWN;
    for (size_t begin = 0; begin < count; begin += AT_ONCE)
        feed(moments, begin, count - begin < AT_ONCE ? count : begin + AT_ONCE, file, fleet, sink);
    moments->count = 0;
}

void moments_free(struct moments *moments)
{
    free(moments->list);
}
