/* SPDX-License-Identifier: MIT */
#include "cli/report/modems.h"

#include <stdlib.h>
#include <string.h>

enum {
    MILLISECONDS = 1000,
    BASE = 36,
    PIECE_MOST = 8 /* bytes of a letter and its seconds */
};

/* The last attempts of a modem. */
struct report_kept {
    struct report_kept *next;                    /* of another modem */
    struct report_attempt attempts[REPORT_KEPT]; /* the last one at (attempts - 1) % REPORT_KEPT */
};

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

static void follow_attempt(struct report_trace *trace, const struct fleet_event *event,
                           int64_t time, unsigned phase, unsigned changes, bool loss)
{
    static const char phases[] = REPORT_PHASES;
    const bool resume = event->event->kind == SBFOTA_RESUME;
    if (changes & SBFOTA_CHANGE_BEGAN)
        *trace = (struct report_trace){.marked = SBFOTA_NO_TIME};
    if (loss && trace->latest != SBFOTA_NO_TIME)
        trace_mark(trace, REPORT_TRACE_SILENCE, trace->latest);
    if (loss)
        trace_mark(trace, REPORT_TRACE_LOSS, time);
    else if ((changes & (SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_PHASE)) != 0 ||
             (trace->lost && !resume))
        trace_mark(trace, phases[phase], time);
    if (resume)
        trace_mark(trace, REPORT_TRACE_RESUME, time);
    trace->lost = loss;
    trace->latest = time;
}

void report_modem_see(struct report_modems *modems, const struct fleet *fleet,
                      struct report_modem *modem, const struct fleet_event *event, int64_t time,
                      const struct sbfota_session *session, unsigned changes)
{
    const uint32_t losses = modem->state.power_losses;
    modem_state_see(&modem->state, fleet, event, time, session);
    if ((changes & SBFOTA_CHANGE_BELONGS) == 0)
        return;
    if (event->event->kind == SBFOTA_RESUME) {
        modem->resumes++;
        modems->resumes++;
    }
    follow_attempt(&modem->trace, event, time, sbfota_session_phase(session), changes,
                   modem->state.power_losses > losses);
}

/* The text of a trace, up to its attempt's last event. */
static bool keep_trace(struct report_attempt *attempt, struct report_trace *trace)
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

/* Room for the attempts of a modem that has none yet. */
static bool keep_attempts(struct report_modems *modems, struct report_modem *modem)
{
    if (modem->kept != NULL)
        return true;
    modem->kept = calloc(1, sizeof *modem->kept);
    if (modem->kept == NULL)
        return false;
    modem->kept->next = modems->all;
    modems->all = modem->kept;
    return true;
}

void report_modem_take(struct report_modems *modems, const struct log_attempt *attempt)
{
    const struct sbfota_attempt *const facts = &attempt->facts;
    struct report_modem *const modem = attempt->extra;
    if (!keep_attempts(modems, modem)) {
        modems->no_memory = true;
        return;
    }
    modem_state_take(&modem->state, facts);
    struct report_attempt *const kept =
        &modem->kept->attempts[(modem->state.attempts - 1) % REPORT_KEPT];
    kept->started =
        attempt->from->clock == CLOCK_EPOCH ? facts->started / MILLISECONDS : SBFOTA_NO_TIME;
    if (!failure_of(facts, &kept->ending))
        kept->ending.phase = facts->phase;
    kept->report_code = facts->has & SBFOTA_HAS_REPORT_CODE ? facts->report_code : 0;
    kept->problems = facts->problems;
    kept->percent = facts->percent;
    modems->no_memory = !keep_trace(kept, &modem->trace) || modems->no_memory;
}

const struct report_attempt *report_modem_attempt(const struct report_modem *modem, unsigned back)
{
    return &modem->kept->attempts[(modem->state.attempts - 1 - back) % REPORT_KEPT];
}

/* A modem with what it is ordered by. */
struct report_row {
    size_t place;
    unsigned rank; /* the greater, the worse */
    uint32_t failed;
};

static int compare_rows(const void *a, const void *b)
{
    const struct report_row *const first = a;
    const struct report_row *const second = b;
    if (first->rank != second->rank)
        return first->rank > second->rank ? -1 : 1;
    if (first->failed != second->failed)
        return first->failed > second->failed ? -1 : 1;
    return (first->place > second->place) - (first->place < second->place);
}

size_t *report_modems_order(const struct fleet *fleet, size_t *count)
{
    const size_t most = (size_t)fleet->groups[0].count + fleet->groups[1].count;
    struct report_row *const rows = malloc((most + 1) * sizeof *rows);
    size_t *const order = rows == NULL ? NULL : malloc((most + 1) * sizeof *order);
    struct fleet_member member;
    size_t next = 0;
    *count = 0;
    while (order != NULL && fleet_next(fleet, &next, &member)) {
        const struct report_modem *const modem = member.extra;
        rows[next - 1] =
            (struct report_row){next - 1,
                                modem_rank(modem->state.attempts, modem->state.outcome,
                                           sbfota_session_polling_stopped(member.session)),
                                modem->state.attempts - modem->state.updated};
        *count = next;
    }
    if (order != NULL)
        qsort(rows, *count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < *count; i++)
        order[i] = rows[i].place;
    free(rows);
    return order;
}

void report_modems_free(struct report_modems *modems)
{
    while (modems->all != NULL) {
        struct report_kept *const kept = modems->all;
        modems->all = kept->next;
        for (unsigned i = 0; i < REPORT_KEPT; i++)
            free(kept->attempts[i].trace);
        free(kept);
    }
}
