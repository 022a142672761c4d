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
    int64_t latest; /* of its events: milliseconds, if the clock is CLOCK_DAY */
    uint32_t midnights;
    uint8_t clock;
};

static struct fleet_modem *find_modem(struct fleet *fleet, unsigned group_number, struct bytes name)
{
    struct fleet_group *const group = &fleet->groups[group_number];
    const uint32_t before = group->names.count;
    const uint32_t number = names_add(&group->names, name);
    if (number == NAME_UNKNOWN)
        return NULL;
    if (number >= group->capacity) {
        const uint32_t capacity = number + number / 2 + 64;
        struct fleet_modem *const modems = realloc(group->modems, capacity * sizeof *group->modems);
        if (modems == NULL)
            return NULL;
        group->modems = modems;
        group->capacity = capacity;
    }
    if (number == before) {
        memset(&group->modems[number], 0, sizeof group->modems[number]);
        sbfota_session_init(&group->modems[number].session);
    }
    return &group->modems[number];
}

/* The number of a file: mostly that of the record before. */
static uint32_t file_number(struct fleet *fleet, const char *name)
{
    if (name == NULL)
        return NAME_UNKNOWN;
    if (fleet->last_name != NULL && strcmp(fleet->last_name, name) == 0)
        return fleet->last_file;
    fleet->last_file = names_add(&fleet->files, (struct bytes){name, strlen(name)});
    if (fleet->last_file == NAME_UNKNOWN) {
        fleet->no_memory = true;
        return NAME_UNKNOWN;
    }
    free((char *)(uintptr_t)fleet->last_name);
    fleet->last_name = strdup(name);
    return fleet->last_file;
}

struct bytes fleet_file(const struct fleet *fleet, uint32_t number)
{
    return number == NAME_UNKNOWN ? (struct bytes){NULL, 0} : names_text(&fleet->files, number);
}

/* A clock without a date that goes back by more than half a day has passed midnight. */
static int64_t pass_midnight(struct fleet_modem *modem, enum clock clock, int64_t milliseconds)
{
    const int64_t day = 86400000;
    if (clock == CLOCK_NONE)
        return SBFOTA_NO_TIME;
    if (clock == CLOCK_DAY) {
        modem->midnights += modem->clock == CLOCK_DAY && milliseconds < modem->latest - day / 2;
        modem->latest = milliseconds;
        milliseconds += modem->midnights * day;
    }
    modem->clock = (uint8_t)clock;
    return milliseconds;
}

static void note_edge(struct fleet *fleet, struct edge *edge, const struct record *record)
{
    const bool fits = record->time.data != NULL && record->time.length < FLEET_TIME_SIZE;
    edge->line = record->line;
    edge->file = file_number(fleet, record->file);
    edge->time_length = fits ? (uint8_t)record->time.length : 0;
    if (fits)
        memcpy(edge->time, record->time.data, record->time.length);
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

void fleet_feed(struct fleet *fleet, const struct record *record, enum clock clock,
                int64_t milliseconds, const struct fleet_sink *sink)
{
    static const char no_file[] = "";
    const bool named = record->modem.data != NULL;
    const char *const file = record->file == NULL ? no_file : record->file;
    struct fleet_modem *const modem =
        named ? find_modem(fleet, GROUP_MODEMS, record->modem)
              : find_modem(fleet, GROUP_FILES, (struct bytes){file, strlen(file)});
    struct sbfota_change change;
    if (modem == NULL) {
        fleet->no_memory = true;
        return;
    }
    const int64_t time = pass_midnight(modem, clock, milliseconds);
    sbfota_session_feed(&modem->session, &record->event, time, &change);
    if (change.what & SBFOTA_CHANGE_FINISHED) {
        struct story story = {.attempt = change.finished};
        tell(modem, record->modem, &story, sink);
    }
    if (change.what & SBFOTA_CHANGE_BEGAN)
        note_edge(fleet, &modem->from, record);
    if (change.what & SBFOTA_CHANGE_BELONGS)
        note_edge(fleet, &modem->to, record);
}

void fleet_end(struct fleet *fleet, const struct fleet_sink *sink)
{
    for (unsigned i = 0; i < 2; i++) {
        const struct fleet_group *const group = &fleet->groups[i];
        for (uint32_t number = 0; number < group->names.count && number < group->capacity;
             number++) {
            struct story story;
            const struct bytes name = names_text(&group->names, number);
            if (sbfota_session_attempt(&group->modems[number].session, &story.attempt))
                tell(&group->modems[number], i == GROUP_MODEMS ? name : (struct bytes){NULL, 0},
                     &story, sink);
        }
    }
}

void fleet_free(struct fleet *fleet)
{
    for (unsigned i = 0; i < 2; i++) {
        names_free(&fleet->groups[i].names);
        free(fleet->groups[i].modems);
    }
    names_free(&fleet->files);
    free((char *)(uintptr_t)fleet->last_name);
}
