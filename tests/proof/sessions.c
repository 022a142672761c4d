/* SPDX-License-Identifier: MIT
 *
 * Every reachable state of a session under every kind of event, through the library itself; then, with times, all sequences
 * of events up to a length.
 *
 * The states are whole structs, but for three things. The count of resumes is taken as two when it is more: it is counted
 * and told and decides nothing (tried with all). Problems that are only told are left out (each step is done without and
 * with them). What is known of the modem and not of its attempt, polls and the delay, is explored by itself, and each step
 * of each attempt is done with several quite different contents of it: neither decides anything of the other. Times are
 * left out of the first part and stand in the second: none decides anything but durations, repeats and when the next poll is
 * due. A number is one of each class that the procedure tells apart, and of some two of a class where they are compared
 * with each other: percentages and delays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof.h"
#include "session/internal.h"

struct symbol {
    uint8_t kind;
    int32_t value;
    uint8_t phase; /* where it leads, whatever came before; none: it depends */
};
static const struct symbol symbols[] = {
    {SBFOTA_POLLING_ERROR, -1, SBFOTA_PHASE_POLLING},
    {SBFOTA_POLLING_ERROR, -2, SBFOTA_PHASE_POLLING},
    {SBFOTA_POLLING_ERROR, -5, SBFOTA_PHASE_POLLING},
    {SBFOTA_HTTP_START, 0, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_DOWNLOADING, 20, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_DOWNLOADING, 80, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_HTTP_END, 0, SBFOTA_PHASE_DELAY},
    {SBFOTA_HTTP_END, 702, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_UPDATE_TIMEOUT, 30, SBFOTA_PHASE_DELAY},
    {SBFOTA_UPDATE_TIMEOUT, -1, SBFOTA_PHASE_DELAY},
    {SBFOTA_START, 0, SBFOTA_PHASE_UPDATE},
    {SBFOTA_UPDATING, 20, SBFOTA_PHASE_UPDATE},
    {SBFOTA_UPDATING, 101, SBFOTA_PHASE_UPDATE},
    {SBFOTA_RESTORE, 20, SBFOTA_PHASE_RESTORE},
    {SBFOTA_RESUME, 0, SBFOTA_PHASE_RESTORE},
    {SBFOTA_END, 0, SBFOTA_PHASE_END},
    {SBFOTA_END, 504, SBFOTA_PHASE_END},
    {SBFOTA_REPORT_START, 0, SBFOTA_PHASE_REPORT},
    {SBFOTA_REPORT_END, 0, SBFOTA_PHASE_REPORT},
    {SBFOTA_POLLING_TIME, 407, SBFOTA_PHASE_NONE},
    {SBFOTA_RDY, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_APP_RDY, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_ACCEPT, 1, SBFOTA_PHASE_NONE},
    {SBFOTA_SET_DELAY, 20, SBFOTA_PHASE_NONE},
    {SBFOTA_ERROR, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_OK, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_MALFORMED, 0, SBFOTA_PHASE_NONE},
    /* from here on: as one of those above, or nothing at all; not in the sequences */
    {SBFOTA_CME_ERROR, 3, SBFOTA_PHASE_NONE},
    {SBFOTA_DELAY, 30, SBFOTA_PHASE_NONE},
    {SBFOTA_DELAY, 70000, SBFOTA_PHASE_NONE},
    {SBFOTA_SET_DELAY, 61, SBFOTA_PHASE_NONE},
    {SBFOTA_ACCEPT, 2, SBFOTA_PHASE_NONE},
    {SBFOTA_RANGE, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_QUERY_DELAY, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_TEST_QCFGEXT, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_UNKNOWN, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_OVERLONG, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_OTHER, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_BLANK, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_NONE, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_KIND_COUNT, 0, SBFOTA_PHASE_NONE},
};
enum {
    SYMBOLS = sizeof symbols / sizeof symbols[0],
    SEQUENCE_SYMBOLS = 27,
    SEQUENCE_LENGTH = 4,
    SESSIONS_MOST = 1 << 21,
    /* Problems that are told, and that nothing else goes by. */
    TOLD_ONLY = SBFOTA_PROBLEM_OUT_OF_ORDER | SBFOTA_PROBLEM_PERCENT_BACK |
                SBFOTA_PROBLEM_DELAY_DIFFERS | SBFOTA_PROBLEM_ACCEPT_MISPLACED |
                SBFOTA_PROBLEM_MALFORMED | SBFOTA_PROBLEM_UNENDED
};

struct exploration {
    const struct library *library;
    struct sbfota_session *found;
    uint32_t *table;
    size_t count;
    unsigned long long steps, sequences;
    uint64_t told; /* a sum over all that the library tells: the same of every object */
};

static void add_up(struct exploration *exploration, const void *bytes, size_t length)
{
    const unsigned char *const byte = bytes;
    for (size_t i = 0; i < length; i++)
        exploration->told = (exploration->told ^ byte[i]) * 0x100000001b3ULL;
}

static void add_session(struct exploration *exploration, struct sbfota_session session)
{
    uint64_t sum = 0xcbf29ce484222325ULL;
    if (session.resumes > 2)
        session.resumes = 2;
    for (size_t i = 0; i < sizeof session; i++)
        sum = (sum ^ ((const unsigned char *)&session)[i]) * 0x100000001b3ULL;
    size_t slot = (size_t)(sum ^ sum >> 32) % (2 * SESSIONS_MOST);
    for (; exploration->table[slot] != 0; slot = (slot + 1) % (2 * SESSIONS_MOST))
        if (memcmp(&exploration->found[exploration->table[slot] - 1], &session, sizeof session) ==
            0)
            return;
    if (exploration->count == SESSIONS_MOST)
        differ("more sessions than there is room for");
    exploration->found[exploration->count++] = session;
    exploration->table[slot] = (uint32_t)exploration->count;
}

static void expect(bool right, const char *what, const struct sbfota_session *session,
                   const struct symbol *symbol)
{
    if (!right)
        differ("session in state %u, event %u %d: %s", session->state, symbol->kind,
               (int)symbol->value, what);
}

bool attempt_is_sound(const struct sbfota_attempt *attempt)
{
    if (attempt->outcome >= SBFOTA_OUTCOME_COUNT || attempt->phase >= SBFOTA_PHASE_COUNT ||
        attempt->phase == SBFOTA_PHASE_NONE || (attempt->problems & ~SBFOTA_PROBLEM_ALL) != 0 ||
        (attempt->percent > 100 && attempt->percent != SBFOTA_NO_PERCENT))
        return false;
    switch ((enum sbfota_outcome)attempt->outcome) {
    case SBFOTA_OUTCOME_UPDATED:
        return (attempt->has & SBFOTA_HAS_UPDATE_CODE) && attempt->update_code == 0;
    case SBFOTA_OUTCOME_UPDATE_FAILED:
        return (attempt->has & SBFOTA_HAS_UPDATE_CODE) && attempt->update_code != 0;
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED:
        return (attempt->has & SBFOTA_HAS_HTTP_CODE) && attempt->http_code != 0;
    case SBFOTA_OUTCOME_POLL_FAILED: return (attempt->has & SBFOTA_HAS_POLL_CODE) != 0;
    case SBFOTA_OUTCOME_UNKNOWN: return (attempt->problems & SBFOTA_PROBLEM_MISSING_END) != 0;
    case SBFOTA_OUTCOME_IN_PROGRESS:
    case SBFOTA_OUTCOME_INTERRUPTED:
        return attempt->phase != SBFOTA_PHASE_REPORT && attempt->phase != SBFOTA_PHASE_END;
    case SBFOTA_OUTCOME_ROLLED_BACK: return (attempt->problems & SBFOTA_PROBLEM_REBOOT) != 0;
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
    case SBFOTA_OUTCOME_COUNT: break;
    }
    return true;
}

/* Take an event; all that must hold then. */
static struct sbfota_session take(struct exploration *exploration,
                                  const struct sbfota_session *before, const struct symbol *symbol,
                                  int64_t time)
{
    const struct library *const library = exploration->library;
    const struct sbfota_event event = {.kind = symbol->kind, .value = symbol->value};
    struct sbfota_session after = *before, loaded;
    struct sbfota_attempt attempt;
    struct sbfota_change change, boot;
    uint8_t saved[SBFOTA_SESSION_SAVED], again[SBFOTA_SESSION_SAVED];
    memset(&change, 0, sizeof change);
    memset(&attempt, 0, sizeof attempt);
    library->session_feed(&after, &event, time, &change);

    const unsigned phase = library->session_phase(&after);
    expect(phase < SBFOTA_PHASE_COUNT && change.phase == phase, "phase", before, symbol);
    expect(symbol->phase == SBFOTA_PHASE_NONE || symbol->phase == phase, "leads elsewhere", before,
           symbol);
    expect(((change.what & SBFOTA_CHANGE_PHASE) != 0) == (library->session_phase(before) != phase),
           "phase changed", before, symbol);
    expect((change.problems & ~SBFOTA_PROBLEM_ALL) == 0, "problems", before, symbol);
    expect(!(change.what & SBFOTA_CHANGE_FINISHED) ||
               ((change.what & SBFOTA_CHANGE_BEGAN) && attempt_is_sound(&change.finished)),
           "the attempt finished", before, symbol);
    expect(symbol->phase == SBFOTA_PHASE_NONE || (change.what & SBFOTA_CHANGE_BELONGS),
           "belongs to no attempt", before, symbol);
    const bool has_attempt = library->session_attempt(&after, &attempt);
    expect(has_attempt == (phase != SBFOTA_PHASE_NONE), "attempt", before, symbol);
    expect(!has_attempt || (attempt_is_sound(&attempt) && attempt.outcome == change.outcome),
           "outcome", before, symbol);

    const unsigned power = library->session_power(&after);
    const unsigned percent = library->session_percent(&after);
    const bool allowed = library->session_accept_allowed(&after);
    expect(percent <= 100 || percent == SBFOTA_NO_PERCENT, "percent", before, symbol);
    const unsigned accept = library->session_accept(&after);
    expect(power < SBFOTA_POWER_COUNT, "power", before, symbol);
    expect(accept < SBFOTA_ACCEPT_COUNT &&
               (!allowed || (phase == SBFOTA_PHASE_DELAY && accept != SBFOTA_ACCEPT_ACKNOWLEDGED)),
           "accept", before, symbol);
    expect(!has_attempt || attempt.accepted ||
               (accept != SBFOTA_ACCEPT_SENT && accept != SBFOTA_ACCEPT_ACKNOWLEDGED),
           "accepted", before, symbol);
    /* What is safe to cut loses nothing when it is. */
    struct sbfota_session cut = after;
    const struct sbfota_event rdy = {.kind = SBFOTA_RDY};
    library->session_feed(&cut, &rdy, SBFOTA_NO_TIME, &boot);
    expect(power != SBFOTA_POWER_SAFE || (boot.problems & SBFOTA_PROBLEM_REBOOT) == 0,
           "power is not safe", before, symbol);

    library->session_save(&after, saved);
    expect(library->session_load(&loaded, saved), "cannot be loaded", before, symbol);
    library->session_save(&loaded, again);
    expect(memcmp(saved, again, sizeof saved) == 0 && memcmp(&loaded, &after, sizeof after) == 0,
           "loaded as another", before, symbol);

    const unsigned told[] = {change.what, change.problems, phase,  change.outcome,
                             power,       percent,         accept, allowed};
    add_up(exploration, saved, sizeof saved);
    add_up(exploration, told, sizeof told);
    add_up(exploration, &attempt.problems, sizeof attempt.problems);
    add_up(exploration, &attempt.outcome, sizeof attempt.outcome);
    exploration->steps++;
    return after;
}

static void try_sequences(struct exploration *exploration, const struct sbfota_session *session,
                          unsigned depth)
{
    for (unsigned i = 0; i < SEQUENCE_SYMBOLS; i++) {
        const int64_t time = i % 7 == 3 ? SBFOTA_NO_TIME : 1000 * (int64_t)depth * (1 + i % 3);
        const struct sbfota_session after = take(exploration, session, &symbols[i], time);
        exploration->sequences++;
        if (depth < SEQUENCE_LENGTH)
            try_sequences(exploration, &after, depth + 1);
    }
}

/* The attempt of one session, and what another knows of its modem. */
static struct sbfota_session compose(const struct sbfota_session *attempt,
                                     const struct sbfota_session *modem)
{
    struct sbfota_session both = *attempt;
    both.flags = (attempt->flags & FLAGS_ATTEMPT) | (modem->flags & ~FLAGS_ATTEMPT);
    both.poll_due = modem->poll_due;
    both.delay = modem->delay;
    return both;
}

/* Quite different things that may be known of a modem. */
enum {
    MODEMS = 6
};

static void make_modems(struct exploration *exploration, struct sbfota_session modems[MODEMS])
{
    static const struct symbol stories[MODEMS][2] = {
        {{SBFOTA_NONE, 0, 0}, {SBFOTA_NONE, 0, 0}},
        {{SBFOTA_POLLING_TIME, 407, 0}, {SBFOTA_SET_DELAY, 20, 0}},
        {{SBFOTA_POLLING_ERROR, -2, 0}, {SBFOTA_DELAY, 30, 0}},
        {{SBFOTA_HTTP_START, 0, 0}, {SBFOTA_SET_DELAY, 30, 0}},
        {{SBFOTA_POLLING_ERROR, -1, 0}, {SBFOTA_DELAY, 20, 0}},
        {{SBFOTA_SET_DELAY, 20, 0}, {SBFOTA_ERROR, 0, 0}},
    };
    for (size_t i = 0; i < MODEMS; i++) {
        struct sbfota_session fresh;
        memset(&fresh, 0, sizeof fresh);
        exploration->library->session_init(&fresh);
        struct sbfota_session told = fresh;
        for (size_t at = 0; at < 2; at++)
            told = take(exploration, &told, &stories[i][at], SBFOTA_NO_TIME);
        modems[i] = compose(&fresh, &told);
    }
}

static void expect_same(const struct sbfota_session *one, const struct sbfota_session *other,
                        const char *what, const struct sbfota_session *before,
                        const struct symbol *symbol)
{
    expect(memcmp(one, other, sizeof *one) == 0, what, before, symbol);
}

/* A step of an attempt, with each modem, without and with the problems that are only told: the attempt is the same behind
 * it, and so is the modem, whatever the attempt. `modems_after` is what the modems are behind the event. */
static void step(struct exploration *exploration, const struct sbfota_session *attempt,
                 const struct symbol *symbol, const struct sbfota_session modems[MODEMS],
                 const struct sbfota_session modems_after[MODEMS])
{
    struct sbfota_session first;
    for (size_t i = 0; i < MODEMS; i++) {
        struct sbfota_session before = compose(attempt, &modems[i]);
        const bool is_attempt = before.state != IN_UNKNOWN;
        if (i % 2 == 1 && is_attempt)
            before.problems |= TOLD_ONLY;
        struct sbfota_session after = take(exploration, &before, symbol, SBFOTA_NO_TIME);
        const struct sbfota_session modem = compose(&modems[0], &after);
        expect_same(&modem, &modems_after[i], "the attempt decides on the modem", &before, symbol);
        after = compose(&after, &modems[0]);
        after.problems &= (uint16_t) ~(unsigned)TOLD_ONLY;
        if (i == 0)
            first = after;
        expect_same(&after, &first, "the modem or a problem decides on the attempt", &before,
                    symbol);
    }
    add_session(exploration, first);
}

/* However often it has resumed: the first such session of each state. */
static void try_resumes(struct exploration *exploration, const struct sbfota_session *before)
{
    for (unsigned resumes = 2; resumes < 256; resumes++) {
        for (unsigned i = 0; i < SYMBOLS; i++) {
            struct sbfota_session more = *before, same = *before;
            more.resumes = (uint8_t)resumes;
            same.resumes = 2;
            more = take(exploration, &more, &symbols[i], SBFOTA_NO_TIME);
            same = take(exploration, &same, &symbols[i], SBFOTA_NO_TIME);
            more.resumes = same.resumes;
            expect_same(&more, &same, "the count of resumes decides something", before,
                        &symbols[i]);
        }
    }
}

/* All that may be known of a modem, without an attempt. */
static size_t explore_modems(struct exploration *exploration, const struct sbfota_session *fresh)
{
    add_session(exploration, *fresh);
    for (size_t next = 0; next < exploration->count; next++) {
        const struct sbfota_session before = exploration->found[next];
        for (unsigned i = 0; i < SYMBOLS; i++) {
            const struct sbfota_session after =
                take(exploration, &before, &symbols[i], SBFOTA_NO_TIME);
            add_session(exploration, compose(fresh, &after));
        }
    }
    const size_t count = exploration->count;
    exploration->count = 0;
    memset(exploration->table, 0, 2 * SESSIONS_MOST * sizeof *exploration->table);
    return count;
}

void prove_sessions(const struct library *library)
{
    static struct sbfota_session modems[MODEMS], modems_after[SYMBOLS][MODEMS];
    struct exploration exploration = {.library = library, .told = 0xcbf29ce484222325ULL};
    struct sbfota_session first;
    exploration.found = malloc(SESSIONS_MOST * sizeof first);
    exploration.table = calloc(2 * SESSIONS_MOST, sizeof *exploration.table);
    if (exploration.found == NULL || exploration.table == NULL)
        differ("no memory");
    memset(&first, 0, sizeof first);
    library->session_init(&first);
    const size_t modem_count = explore_modems(&exploration, &first);
    make_modems(&exploration, modems);
    for (unsigned i = 0; i < SYMBOLS; i++)
        for (size_t at = 0; at < MODEMS; at++) {
            const struct sbfota_session after =
                take(&exploration, &modems[at], &symbols[i], SBFOTA_NO_TIME);
            modems_after[i][at] = compose(&first, &after);
        }
    add_session(&exploration, first);
    bool seen[256] = {false};
    for (size_t next = 0; next < exploration.count; next++) {
        const struct sbfota_session before = exploration.found[next];
        for (unsigned i = 0; i < SYMBOLS; i++)
            step(&exploration, &before, &symbols[i], modems, modems_after[i]);
        if (before.resumes == 2 && !seen[before.state])
            try_resumes(&exploration, &before);
        seen[before.state] = seen[before.state] || before.resumes == 2;
    }
    const unsigned long long steps = exploration.steps;
    const size_t count = exploration.count;
    try_sequences(&exploration, &first, 1);
    printf(
        "%s: sessions: %zu states, %zu of modems, %llu steps, %llu sequences of up to %d events, "
        "told %016llx\n",
        under_proof, count, modem_count, steps, exploration.sequences, SEQUENCE_LENGTH,
        (unsigned long long)exploration.told);
    free(exploration.found);
    free(exploration.table);
}
