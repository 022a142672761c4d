/* SPDX-License-Identifier: MIT */
#include "fleet.h"

#include <stdlib.h>
#include <string.h>

enum {
    GROUP_MODEMS = 0,
    GROUP_FILES = 1
};

/* One modem. */
struct fleet_modem {
    struct sbfota_session session;
    struct edge from; /* of the attempt under way */
    struct edge to;
    int64_t latest; /* time of its last event, if it has a clock */
    uint32_t turns; /* of the clock: midnights, or new years */
    uint8_t clock;
};

static struct fleet_modem *modem_at(const struct fleet_group *group, uint32_t number)
{
    return &group->chunks[number / FLEET_CHUNK][number % FLEET_CHUNK];
}

/* Room for one modem more. */
static bool grow_group(struct fleet_group *group)
{
    if (group->count < group->chunk_count * FLEET_CHUNK)
        return true;
    struct fleet_modem **const chunks =
        realloc(group->chunks, (group->chunk_count + 1) * sizeof *chunks);
    if (chunks == NULL)
        return false;
    group->chunks = chunks;
    chunks[group->chunk_count] = malloc(FLEET_CHUNK * sizeof **chunks);
    if (chunks[group->chunk_count] == NULL)
        return false;
    group->chunk_count++;
    return true;
}

static struct fleet_modem *find_modem(struct fleet_group *group, struct bytes name)
{
    const uint32_t number = names_add(&group->names, name);
    if (number < group->count)
        return modem_at(group, number);
    /* Without memory once, a name may lack its place for good. */
    if (number != group->count || !grow_group(group))
        return NULL;
    struct fleet_modem *const modem = modem_at(group, group->count++);
    memset(modem, 0, sizeof *modem);
    sbfota_session_init(&modem->session);
    return modem;
}

uint32_t fleet_file_number(struct fleet *fleet, const char *file)
{
    if (file == NULL)
        return NAME_UNKNOWN;
    const uint32_t number = names_add(&fleet->files, (struct bytes){file, strlen(file)});
    fleet->no_memory = fleet->no_memory || number == NAME_UNKNOWN;
    return number;
}

struct bytes fleet_file(const struct fleet *fleet, uint32_t number)
{
    return number == NAME_UNKNOWN ? (struct bytes){NULL, 0} : names_text(&fleet->files, number);
}

/* A clock without a date that goes back by more than half a day has passed midnight; one without a
 * year, by half a year, new year. One clock cannot be compared with another. */
static int64_t read_clock(struct fleet *fleet, struct fleet_modem *modem,
                          const struct fleet_event *event)
{
    static const int64_t day = 86400000;
    const int64_t turn = event->clock == CLOCK_DAY    ? day
                         : event->clock == CLOCK_YEAR ? 366 * day
                                                      : 0;
    int64_t time = event->milliseconds;
    if (event->clock == CLOCK_NONE)
        return SBFOTA_NO_TIME;
    fleet->events++;
    const bool same = event->clock == modem->clock || modem->clock == CLOCK_NONE;
    if (!same)
        modem->turns = 0;
    time += modem->turns * turn;
    if (event->clock == modem->clock && time < modem->latest) {
        if (turn > 0 && time < modem->latest - turn / 2) {
            modem->turns++;
            time += turn;
        } else {
            fleet->clocks_back++;
        }
    }
    modem->latest = time;
    modem->clock = (uint8_t)event->clock;
    return same ? time : SBFOTA_NO_TIME;
}

static void note_edge(struct edge *edge, const struct fleet_event *event)
{
    const bool fits = event->time.data != NULL && event->time.length < FLEET_TIME_SIZE;
    edge->line = event->line;
    edge->file = event->file;
    edge->time_length = fits ? (uint8_t)event->time.length : 0;
    if (fits)
        memcpy(edge->time, event->time.data, event->time.length);
    edge->time[edge->time_length] = '\0'; /* what stood there is not to be read with it */
}

static void tell(const struct fleet_modem *modem, struct bytes name, struct story *story,
                 const struct fleet_sink *sink)
{
    story->modem = name;
    story->from = &modem->from;
    story->to = &modem->to;
    story->dated = modem->clock == CLOCK_EPOCH;
    sink->take(sink->context, story);
}

static struct fleet_modem *find(struct fleet *fleet, struct fleet_group *group, struct bytes name)
{
    const struct name_key key = names_key(&group->names, name);
    const uint32_t number = names_glance(&group->names, name, &key);
    struct fleet_modem *const found =
        number < group->count ? modem_at(group, number) : find_modem(group, name);
    if (found == NULL) {
        fleet->no_memory = true;
        return NULL;
    }
#ifdef __GNUC__
    for (size_t at = 0; at < sizeof *found; at += 64)
        __builtin_prefetch((const char *)found + at, 1);
#endif
    return found;
}

struct fleet_modem *fleet_find(struct fleet *fleet, struct bytes name)
{
    return find(fleet, &fleet->groups[GROUP_MODEMS], name);
}

struct fleet_modem *fleet_find_unnamed(struct fleet *fleet, const char *file)
{
    static const char no_file[] = "";
    const char *const name = file == NULL ? no_file : file;
    return find(fleet, &fleet->groups[GROUP_FILES], (struct bytes){name, strlen(name)});
}

void fleet_feed(struct fleet *fleet, struct fleet_modem *modem, const struct fleet_event *event,
                const struct fleet_sink *sink)
{
    struct sbfota_change change;
    const int64_t time = read_clock(fleet, modem, event);
    sbfota_session_feed(&modem->session, event->event, time, &change);
    if (change.what & SBFOTA_CHANGE_FINISHED) {
        struct story story = {.attempt = change.finished};
        tell(modem, event->modem, &story, sink);
    }
    if (change.what & SBFOTA_CHANGE_BEGAN)
        note_edge(&modem->from, event);
    if (change.what & SBFOTA_CHANGE_BELONGS)
        note_edge(&modem->to, event);
}

void fleet_end(struct fleet *fleet, const struct fleet_sink *sink)
{
    for (unsigned i = 0; i < 2; i++) {
        const struct fleet_group *const group = &fleet->groups[i];
        for (uint32_t number = 0; number < group->count; number++) {
            struct story story;
            const struct bytes name = names_text(&group->names, number);
            const struct fleet_modem *const modem = modem_at(group, number);
            if (sbfota_session_attempt(&modem->session, &story.attempt))
                tell(modem, i == GROUP_MODEMS ? name : (struct bytes){NULL, 0}, &story, sink);
        }
    }
}

void fleet_free(struct fleet *fleet)
{
    for (unsigned i = 0; i < 2; i++) {
        names_free(&fleet->groups[i].names);
        for (uint32_t chunk = 0; chunk < fleet->groups[i].chunk_count; chunk++)
            free(fleet->groups[i].chunks[chunk]);
        free(fleet->groups[i].chunks);
    }
    names_free(&fleet->files);
}
