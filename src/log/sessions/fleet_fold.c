/* SPDX-License-Identifier: MIT */
#include "log/sessions/fleet_fold.h"

#include <sbfota/parts.h>
#include <stdlib.h>
#include <string.h>

#include "log/sessions/fleet_modem.h"

enum {
    EVENTS_LEAST = 4,       /* of each modem: joining a part costs as much as feeding some events */
    MODEMS_MOST = 64 * 1024 /* that a thread remembers */
};

#define NOWHERE UINT32_MAX

/* One modem in a block. Places are numbers of events in it. */
struct fold_modem {
    struct sbfota_part part;
    struct bytes name; /* no data if the log names none */
    int64_t first_time;
    int64_t latest;
    uint32_t last; /* the event of that time; NOWHERE without one */
    uint32_t events;
    uint32_t went_back;
    uint32_t repeats;
    uint32_t attempts; /* that have begun, as far as the block knows */
    uint32_t boots[2]; /* the first APP RDY and RDY before the first message */
    uint32_t first;    /* message; and the last event of its attempt */
    uint32_t head_to;
    uint32_t from; /* of the last attempt */
    uint32_t to;
    struct fleet_modem *modem; /* once it is joined; and so what follows */
    struct sbfota_joined joined;
};

/* Where attempts are finished, in the order of the events. */
enum mark_kind {
    MARK_FIRST, /* the first message of a modem: perhaps one of a block before */
    MARK_HEAD,  /* the attempt of its first message */
    MARK_GIVEN  /* one that lies within the block */
};
struct mark {
    enum mark_kind kind;
    uint32_t modem;
    uint32_t from;
    uint32_t to;
    uint32_t number; /* of the modem's that are given, from 1 */
    struct sbfota_attempt facts;
};

struct fleet_fold {
    struct names names; /* of the modems that the thread has met */
    struct fold_place {
        uint64_t block;
        uint32_t modem;
    } * places; /* of each of them: where it is in the block of this number */
    uint32_t place_capacity;
    uint64_t block;
    uint32_t unnamed; /* in the block, of a log that names none */
    uint32_t last;    /* event that a session follows */
    struct fold_modem *modems;
    uint32_t count;
    uint32_t capacity;
    struct mark *marks;
    uint32_t mark_count;
    uint32_t mark_capacity;
};

struct fleet_fold *fleet_fold_make(void)
{
    return calloc(1, sizeof(struct fleet_fold));
}

void fleet_fold_free(struct fleet_fold *fold)
{
    if (fold == NULL)
        return;
    names_free(&fold->names);
    free(fold->places);
    free(fold->modems);
    free(fold->marks);
    free(fold);
}

/* Room for one more of a list. NULL without memory, and the list stays. */
static void *grow(void *list, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return list;
    const uint32_t more = *capacity * 2 + 64;
    void *const grown = realloc(list, more * size);
    if (grown != NULL)
        *capacity = more;
    return grown;
}

/* A modem that the block has not named before. NOWHERE without memory. */
static uint32_t add_modem(struct fleet_fold *fold, struct bytes name)
{
    struct fold_modem *const modems =
        grow(fold->modems, fold->count, &fold->capacity, sizeof *modems);
    if (modems == NULL)
        return NOWHERE;
    fold->modems = modems;
    struct fold_modem *const modem = &modems[fold->count];
    sbfota_part_init(&modem->part);
    modem->name = name;
    modem->last = modem->boots[0] = modem->boots[1] = NOWHERE;
    modem->events = modem->went_back = modem->repeats = modem->attempts = 0;
    modem->modem = NULL;
    return fold->count++;
}

static uint32_t find_named(struct fleet_fold *fold, struct bytes name)
{
    const struct name_key key = names_key(&fold->names, name);
    uint32_t number = names_glance(&fold->names, name, &key);
    if (number == NAME_UNKNOWN)
        number = names_add(&fold->names, name);
    if (number == NAME_UNKNOWN)
        return NOWHERE;
    if (number >= fold->place_capacity) {
        struct fold_place *const places =
            names_list_grow(fold->places, &fold->place_capacity, number, sizeof *places);
        if (places == NULL)
            return NOWHERE;
        fold->places = places;
    }
    struct fold_place *const place = &fold->places[number];
    if (place->block != fold->block)
        *place = (struct fold_place){fold->block, add_modem(fold, name)};
    return place->modem;
}

static uint32_t find(struct fleet_fold *fold, struct bytes name)
{
    if (name.data != NULL)
        return find_named(fold, name);
    if (fold->unnamed == NOWHERE)
        fold->unnamed = add_modem(fold, name);
    return fold->unnamed;
}

/* Find the modems of all events, in the order in which they come. */
static bool find_all(struct fleet_fold *fold, struct fleet_block *timed)
{
    fold->block++;
    if (fold->names.count > MODEMS_MOST)
        names_free(&fold->names);
    fold->count = fold->mark_count = 0;
    fold->unnamed = fold->last = NOWHERE;
    struct bytes last = {NULL, 0};
    for (size_t i = 0; i < timed->count; i++) {
        const bool followed = fleet_block_wants(timed, i);
        const struct bytes modem = fleet_block_modem(timed, i);
        if (followed && timed->list[i].clock != CLOCK_EPOCH)
            return false;
        const bool again = last.data != NULL && modem.data != NULL && names_are_alike(modem, last);
        timed->list[i].part = again ? timed->list[i - 1].part : find(fold, modem);
        last = modem;
        timed->list[i].followed = followed;
        if (timed->list[i].part == NOWHERE || fold->count * (size_t)EVENTS_LEAST > timed->count)
            return false;
    }
    return true;
}

static bool add_mark(struct fleet_fold *fold, struct mark mark)
{
    struct mark *const marks =
        grow(fold->marks, fold->mark_count, &fold->mark_capacity, sizeof *marks);
    if (marks == NULL)
        return false;
    fold->marks = marks;
    marks[fold->mark_count++] = mark;
    return true;
}

/* Note what an event has changed, before it is noted where it stands. */
static bool note_attempts(struct fleet_fold *fold, uint32_t number,
                          const struct sbfota_change *change)
{
    const struct fold_modem *const modem = &fold->modems[number];
    struct mark mark = {.modem = number, .from = modem->from, .to = modem->to};
    if ((change->what & SBFOTA_CHANGE_BEGAN) == 0)
        return true;
    mark.kind = modem->attempts == 0 ? MARK_FIRST : modem->attempts == 1 ? MARK_HEAD : MARK_GIVEN;
    if (mark.kind == MARK_GIVEN) {
        mark.number = modem->attempts - 1;
        mark.facts = change->finished;
    }
    return add_mark(fold, mark);
}

static void note_boot(struct fold_modem *modem, unsigned kind, uint32_t event)
{
    const bool is_rdy = kind == SBFOTA_RDY;
    if (modem->attempts == 0 && (is_rdy || kind == SBFOTA_APP_RDY) &&
        modem->boots[is_rdy] == NOWHERE)
        modem->boots[is_rdy] = event;
}

static void note_places(struct fold_modem *modem, unsigned what, uint32_t event)
{
    if (what & SBFOTA_CHANGE_BEGAN) {
        if (modem->attempts++ == 0)
            modem->first = event;
        modem->from = event;
    }
    if (what & SBFOTA_CHANGE_BELONGS)
        modem->to = event;
    if (modem->attempts == 1)
        modem->head_to = modem->to;
    modem->repeats += (what & SBFOTA_CHANGE_REPEAT) != 0;
}

static void note_time(struct fold_modem *modem, int64_t time, uint32_t event)
{
    if (modem->events++ == 0)
        modem->first_time = time;
    else
        modem->went_back += time < modem->latest;
    modem->latest = time;
    modem->last = event;
}

static bool fold_event(struct fleet_fold *fold, const struct fleet_block *timed, uint32_t event)
{
    const struct timed_event *const moment = &timed->list[event];
    const struct sbfota_event *const message = &timed->events[event].message;
    struct fold_modem *const modem = &fold->modems[moment->part];
    struct sbfota_change change;
    sbfota_part_feed(&modem->part, message, moment->milliseconds, &change);
    const bool noted = note_attempts(fold, moment->part, &change);
    note_boot(modem, message->kind, event);
    note_places(modem, change.what, event);
    note_time(modem, moment->milliseconds, event);
    fold->last = event;
    return noted;
}

bool fleet_fold_block(struct fleet_fold *fold, struct fleet_block *timed)
{
    if (timed->count >= NOWHERE || !find_all(fold, timed))
        return false;
    for (uint32_t i = 0; i < timed->count; i++)
        if (timed->list[i].followed && !fold_event(fold, timed, i))
            return false;
    return true;
}

/* Where the modems of a block are among all. */
static bool find_modems(struct fleet_fold *fold, const struct fleet_block *timed,
                        struct fleet *fleet)
{
    for (uint32_t i = 0; i < fold->count; i++) {
        struct fold_modem *const modem = &fold->modems[i];
        modem->modem = modem->name.data == NULL ? fleet_find_unnamed(fleet, block_log(timed->block))
                                                : fleet_find(fleet, modem->name);
        if (modem->modem == NULL)
            return false;
    }
    return true;
}

/* What is being joined. */
struct joining {
    struct fleet_fold *fold;
    const struct fleet_block *timed;
    struct fleet *fleet;
    const struct fleet_sink *sink;
    uint32_t file;
};

static void note_edge(const struct joining *joining, struct edge *edge, uint32_t event)
{
    const struct fleet_event fed =
        fleet_block_event(joining->timed, event, joining->fleet, joining->file);
    fleet_note_edge(edge, &fed);
}

/* The session takes the part. */
static void join_part(const struct joining *joining, struct fold_modem *folded)
{
    struct fleet_modem *const modem = folded->modem;
    struct sbfota_joined *const joined = &folded->joined;
    sbfota_session_join(&modem->session, &folded->part, joined);
    if (joined->what & SBFOTA_JOINED_APP_RDY)
        note_edge(joining, &modem->to, folded->boots[0]);
    if (joined->what & SBFOTA_JOINED_RDY)
        note_edge(joining, &modem->to, folded->boots[1]);
}

static void tell(const struct joining *joining, const struct fold_modem *folded,
                 const struct sbfota_attempt *facts)
{
    fleet_tell(folded->modem, folded->name, facts, &folded->modem->from, &folded->modem->to,
               joining->sink);
}

static void take_first(const struct joining *joining, struct fold_modem *folded)
{
    join_part(joining, folded);
    if (folded->joined.what & SBFOTA_JOINED_TAIL)
        tell(joining, folded, &folded->joined.attempts[0]);
    if (folded->joined.what & SBFOTA_JOINED_BEGAN)
        note_edge(joining, &folded->modem->from, folded->first);
    note_edge(joining, &folded->modem->to, folded->head_to);
}

static void take_given(const struct joining *joining, struct fold_modem *folded,
                       const struct mark *mark)
{
    struct sbfota_attempt facts = mark->facts;
    struct edge from, to;
    if (folded->joined.amend == mark->number)
        facts.problems = (uint16_t)(facts.problems | folded->joined.problems);
    note_edge(joining, &from, mark->from);
    note_edge(joining, &to, mark->to);
    fleet_tell(folded->modem, folded->name, &facts, &from, &to, joining->sink);
}

static void take_marks(const struct joining *joining)
{
    const struct fleet_fold *const fold = joining->fold;
    for (uint32_t i = 0; i < fold->mark_count; i++) {
        const struct mark *const mark = &fold->marks[i];
        struct fold_modem *const folded = &fold->modems[mark->modem];
        switch (mark->kind) {
        case MARK_FIRST: take_first(joining, folded); break;
        case MARK_HEAD:
            tell(joining, folded, &folded->joined.attempts[folded->joined.count - 1]);
            break;
        case MARK_GIVEN: take_given(joining, folded, mark); break;
        }
    }
}

/* How the modem stands behind the block: with its last attempt, and its clock. */
static void end_modem(const struct joining *joining, struct fold_modem *folded)
{
    struct fleet_modem *const modem = folded->modem;
    struct fleet *const fleet = joining->fleet;
    if (folded->events == 0)
        return;
    if (folded->attempts == 0)
        join_part(joining, folded);
    if (folded->attempts > 1) {
        note_edge(joining, &modem->from, folded->from);
        note_edge(joining, &modem->to, folded->to);
    }
    fleet->events += folded->events;
    fleet->repeats += folded->repeats + ((folded->joined.what & SBFOTA_JOINED_REPEAT) != 0);
    fleet->clocks_back += folded->went_back + (modem->clock.clock == CLOCK_EPOCH &&
                                               folded->first_time < modem->clock.latest);
    const struct fleet_event last =
        fleet_block_event(joining->timed, folded->last, fleet, joining->file);
    clock_follow_date(&modem->clock, folded->latest, last.file);
    modem->last.kind = SBFOTA_NONE; /* it has a time */
}

void fleet_fold_join(struct fleet_fold *fold, const struct fleet_block *timed, uint32_t file,
                     struct fleet *fleet, const struct fleet_sink *sink)
{
    const struct joining joining = {
        .fold = fold,
        .timed = timed,
        .fleet = fleet,
        .sink = sink,
        .file = file,
    };
    if (!find_modems(fold, timed, fleet))
        return;
    take_marks(&joining);
    for (uint32_t i = 0; i < fold->count; i++)
        end_modem(&joining, &fold->modems[i]);
    if (fold->last == NOWHERE)
        return;
    const struct fleet_event last = fleet_block_event(timed, fold->last, fleet, file);
    fleet->hint = (struct clock_hint){last.file, true, last.milliseconds};
    fleet->hinted = true;
}
