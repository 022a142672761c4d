/* SPDX-License-Identifier: MIT */
#include "report_modems.h"

#include <stdlib.h>
#include <string.h>

enum {
    MILLISECONDS = 1000,
    BASE = 36,
    PIECE_MOST = 8 /* bytes of a letter and its seconds */
};

static bool make_room(struct report_modems *modems, uint32_t number)
{
    if (number < modems->capacity)
        return true;
    const uint32_t capacity = (number + 32) * 2;
    struct report_modem *const list = realloc(modems->list, capacity * sizeof *list);
    if (list == NULL) {
        modems->no_memory = true;
        return false;
    }
    modems->list = list;
    modems->capacity = capacity;
    return true;
}

/* By its number. They come in the order of their numbers, but a modem may say nothing for a while. */
static struct report_modem *find(struct report_modems *modems, uint32_t number)
{
    if (!make_room(modems, number))
        return NULL;
    while (modems->count <= number)
        modems->list[modems->count++] = (struct report_modem){.last_seen = SBFOTA_NO_TIME};
    return &modems->list[number];
}

/* Seconds from the last letter until `time`; nothing if they are not known. */
static void trace_seconds(struct report_trace *trace, int64_t time)
{
    char digits[PIECE_MOST];
    size_t first = sizeof digits;
    if (trace->length == 0 || time == SBFOTA_NO_TIME || trace->marked == SBFOTA_NO_TIME ||
        time < trace->marked)
        return;
    uint64_t seconds = (uint64_t)time / MILLISECONDS - (uint64_t)trace->marked / MILLISECONDS;
    if (time < 0 || trace->marked < 0 || seconds > UINT32_MAX)
        return;
    do {
        digits[--first] = "0123456789abcdefghijklmnopqrstuvwxyz"[seconds % BASE];
        seconds /= BASE;
    } while (seconds > 0);
    memcpy(trace->text + trace->length, digits + first, sizeof digits - first);
    trace->length = (uint8_t)(trace->length + sizeof digits - first);
}

/* Another letter, if it fits: two more and the seconds of both must. */
static void trace_mark(struct report_trace *trace, char letter, int64_t time)
{
    if (trace->cut)
        return;
    trace_seconds(trace, time);
    trace->marked = time;
    trace->cut = trace->length + (size_t)3 * PIECE_MOST > REPORT_TRACE_SIZE;
    if (trace->cut)
        letter = REPORT_TRACE_CUT;
    trace->text[trace->length++] = letter;
}

/* A boot is told by two messages; only the first belongs to an attempt that it breaks off. */
static bool is_loss(const struct fleet_followed *followed)
{
    const unsigned kind = followed->event->event->kind;
    const unsigned phase = followed->change->phase;
    return (kind == SBFOTA_RDY || kind == SBFOTA_APP_RDY) &&
           (followed->change->what & SBFOTA_CHANGE_BELONGS) != 0 &&
           phase >= SBFOTA_PHASE_DOWNLOAD && phase <= SBFOTA_PHASE_RESTORE;
}

static void follow_attempt(struct report_modem *modem, const struct fleet_followed *followed)
{
    static const char phases[] = REPORT_PHASES;
    const struct sbfota_change *const change = followed->change;
    struct report_trace *const trace = &modem->trace;
    if (change->what & SBFOTA_CHANGE_BEGAN)
        *trace = (struct report_trace){.marked = SBFOTA_NO_TIME};
    const bool loss = is_loss(followed);
    const bool resume = followed->event->event->kind == SBFOTA_RESUME;
    modem->losses += loss;
    modem->resumes += resume;
    if (loss || resume)
        trace_mark(trace, loss ? REPORT_TRACE_LOSS : REPORT_TRACE_RESUME, followed->time);
    else if (trace->lost || (change->what & (SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_PHASE)) != 0)
        trace_mark(trace, phases[change->phase], followed->time);
    trace->lost = loss;
    trace->latest = followed->time;
}

void report_modems_follow(struct report_modems *modems, const struct fleet_followed *followed)
{
    struct report_modem *const modem = find(modems, followed->number);
    if (modem == NULL || followed->change == NULL)
        return;
    if (followed->event->clock == CLOCK_EPOCH && followed->time / MILLISECONDS > modem->last_seen)
        modem->last_seen = followed->time / MILLISECONDS;
    if (followed->change->what & SBFOTA_CHANGE_BELONGS)
        follow_attempt(modem, followed);
}

static bool copy_trace(struct report_attempt *attempt, struct report_trace *trace)
{
    if (!trace->cut)
        trace_seconds(trace, trace->latest);
    free(attempt->trace);
    attempt->trace = malloc((size_t)trace->length + 1);
    attempt->trace_length = attempt->trace == NULL ? 0 : trace->length;
    if (attempt->trace != NULL)
        memcpy(attempt->trace, trace->text, trace->length);
    return attempt->trace != NULL;
}

void report_modems_take(struct report_modems *modems, const struct log_attempt *attempt)
{
    const struct sbfota_attempt *const facts = &attempt->facts;
    struct report_modem *const modem = find(modems, attempt->number);
    if (modem == NULL)
        return;
    if (modem->last == NULL)
        modem->last = calloc(REPORT_KEPT, sizeof *modem->last);
    if (modem->last == NULL) {
        modems->no_memory = true;
        return;
    }
    struct report_attempt *const kept = &modem->last[modem->attempts++ % REPORT_KEPT];
    modem->updated += facts->outcome == SBFOTA_OUTCOME_UPDATED;
    kept->started =
        attempt->from->clock == CLOCK_EPOCH ? facts->started / MILLISECONDS : SBFOTA_NO_TIME;
    if (!failure_of(facts, &kept->ending))
        kept->ending.phase = facts->phase;
    kept->report_code = facts->has & SBFOTA_HAS_REPORT_CODE ? facts->report_code : 0;
    kept->problems = facts->problems;
    kept->percent = facts->percent;
    modems->no_memory = !copy_trace(kept, &modem->trace) || modems->no_memory;
}

void report_modems_stand(struct report_modems *modems, const struct fleet_member *member)
{
    struct report_modem *const modem = find(modems, member->number);
    if (modem == NULL)
        return;
    modem->name = member->name.length > 0 ? member->name : (struct bytes){NULL, 0};
    modem->unnamed = !member->named;
    modem->stopped = sbfota_session_polling_stopped(member->session);
}

const struct report_attempt *report_modem_attempt(const struct report_modem *modem, unsigned back)
{
    return &modem->last[(modem->attempts - 1 - back) % REPORT_KEPT];
}

/* A modem with what it is ordered by. */
struct place {
    uint32_t number;
    uint32_t rank; /* the greater, the worse */
    uint64_t failed;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *const first = a;
    const struct place *const second = b;
    if (first->rank != second->rank)
        return first->rank > second->rank ? -1 : 1;
    if (first->failed != second->failed)
        return first->failed > second->failed ? -1 : 1;
    return (first->number > second->number) - (first->number < second->number);
}

static struct place place_of(const struct report_modem *modem, uint32_t number)
{
    struct place place = {.number = number};
    if (modem->attempts == 0)
        return place;
    place.rank = 1 + fleet_outcome_rank(report_modem_attempt(modem, 0)->ending.outcome);
    place.failed = modem->attempts - modem->updated;
    return place;
}

uint32_t *report_modems_order(const struct report_modems *modems)
{
    const uint32_t count = modems->count;
    uint32_t *const order = count == 0 ? NULL : malloc(count * sizeof *order);
    struct place *const places = order == NULL ? NULL : malloc(count * sizeof *places);
    if (places == NULL) {
        free(order);
        return NULL;
    }
    for (uint32_t number = 0; number < count; number++)
        places[number] = place_of(&modems->list[number], number);
    qsort(places, count, sizeof *places, compare_places);
    for (uint32_t i = 0; i < count; i++)
        order[i] = places[i].number;
    free(places);
    return order;
}

void report_modems_free(struct report_modems *modems)
{
    for (uint32_t number = 0; number < modems->count; number++) {
        struct report_modem *const modem = &modems->list[number];
        for (unsigned i = 0; modem->last != NULL && i < REPORT_KEPT; i++)
            free(modem->last[i].trace);
        free(modem->last);
    }
    free(modems->list);
}
