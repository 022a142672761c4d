/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include <stdlib.h>

#include <string.h>

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

static inline void read_moment(struct moments *moments, const struct hit *hit,
                               struct moment *moment)
{
    const struct bytes time = {hit->time, hit->time_length};
    char buffer[TIME_SIZE];
    moment->clock = CLOCK_EPOCH;
    if (!clock_read_usual(time, &moments->minute, &moment->milliseconds))
        moment->clock =
            clock_read(time_show(time, buffer), &moments->minute, &moment->milliseconds);
}

void moments_take(struct moments *moments, const struct block *block, const struct hit *hits,
                  size_t count)
{
    moments->block = block;
    moments->hits = hits;
    moments->count = make_room(moments, count) ? count : 0;
    moments->no_memory = moments->no_memory || moments->count < count;
    for (size_t i = 0; i < moments->count; i++) {
        read_moment(moments, &hits[i], &moments->list[i]);
        if (block->deltas)
            moments->list[i].clock = CLOCK_NONE;
    }
}

static struct bytes modem_of(const struct block *block, const struct hit *hit)
{
    return hit->modem == NULL ? block->modem : (struct bytes){hit->modem, hit->modem_length};
}

/* A log that names no modem has one that it does not name. */
static struct fleet_modem *find_unnamed(struct moments *moments, struct fleet *fleet)
{
    if (moments->unnamed == NULL)
        moments->unnamed = fleet_find_unnamed(fleet, block_log(moments->block));
    return moments->unnamed;
}

/* Would it be this message, if it were whole? What the grammar has taken of the line until it went wrong is
 * completed by what may lack. */
static enum sbfota_kind kind_if_whole(const struct hit *hit)
{
    static const char *const endings[] = {"", "0", ",0", "\",0"};
    const bool glued = hit->event.detail == SBFOTA_REASON_GLUED;
    const size_t at = (size_t)hit->event.value;
    const size_t length = glued ? hit->text_length - at : at;
    char line[SBFOTA_LINE_MAX + 8];
    struct sbfota_event event;
    if (hit->text == NULL || at > hit->text_length || length > SBFOTA_LINE_MAX)
        return SBFOTA_NONE;
    memcpy(line, hit->text + (glued ? at : 0), length);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t more = strlen(endings[i]);
        memcpy(line + length, endings[i], more);
        sbfota_decode_line(line, length + more, &event);
        if (event.kind == SBFOTA_HTTP_END || event.kind == SBFOTA_END)
            return (enum sbfota_kind)event.kind;
    }
    return SBFOTA_NONE;
}

/* What the session is to know of. The host's line is not the module's word. */
static bool is_for_session(const struct hit *hit)
{
    if (hit->direction == DIRECTION_TX && !record_is_hosts(hit->event.kind))
        return false;
    return hit->event.kind != SBFOTA_MALFORMED || kind_if_whole(hit) != SBFOTA_NONE;
}

/* The sessions take so many hits at once. */
static void feed(struct moments *moments, size_t begin, size_t end, uint32_t file,
                 struct fleet *fleet, const struct fleet_sink *sink)
{
    const struct block *const block = moments->block;
    struct moment *const list = moments->list;
    for (size_t i = begin; i < end; i++) {
        const struct bytes modem = modem_of(block, &moments->hits[i]);
        list[i].modem =
            modem.data == NULL ? find_unnamed(moments, fleet) : fleet_find(fleet, modem);
    }
    for (size_t i = begin; i < end; i++) {
        const struct hit *const hit = &moments->hits[i];
        const struct fleet_event event = {
            .event = &hit->event,
            .modem = modem_of(block, hit),
            .time = {hit->time, hit->time_length},
            .milliseconds = list[i].milliseconds,
            .clock = list[i].clock,
            .file = hit_file(block, hit) == block->file
                        ? file
                        : fleet_file_number(fleet, hit_file(block, hit)),
            .line = hit->earlier ? hit->earlier_line : block->line + hit->line,
        };
        if (list[i].modem != NULL && is_for_session(hit))
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
    moments->unnamed = NULL;
}

void moments_free(struct moments *moments)
{
    free(moments->list);
}
