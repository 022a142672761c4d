/* SPDX-License-Identifier: MIT
 *
 * Every reachable state of a session under every kind of event, through the library itself; then, with times, all sequences
 * of events up to a length.
 *
 * The states are whole structs, but for the count of resumes, which is taken as two when it is more: it is counted and told
 * and decides nothing (tried with all). Times are left out of the first part and stand in the second: none decides
 * anything but durations and when the next poll is due. A number is one of each class that the procedure tells apart, and
 * of some two of a class where they are compared with each other: percentages and delays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof.h"

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
    {SBFOTA_MALFORMED, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_OVERLONG, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_OTHER, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_BLANK, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_NONE, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_KIND_COUNT, 0, SBFOTA_PHASE_NONE},
};
enum {
    SYMBOLS = sizeof symbols / sizeof symbols[0],
    SEQUENCE_SYMBOLS = 26,
    SEQUENCE_LENGTH = 4,
    SESSIONS_MOST = 1 << 21
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

static bool is_sound(const struct sbfota_attempt *attempt)
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
    case SBFOTA_OUTCOME_IN_PROGRESS:
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
    case SBFOTA_OUTCOME_ROLLED_BACK:
    case SBFOTA_OUTCOME_INTERRUPTED:
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
               ((change.what & SBFOTA_CHANGE_BEGAN) && is_sound(&change.finished)),
           "the attempt finished", before, symbol);
    expect(symbol->phase == SBFOTA_PHASE_NONE || (change.what & SBFOTA_CHANGE_BELONGS),
           "belongs to no attempt", before, symbol);
    const bool has_attempt = library->session_attempt(&after, &attempt);
    expect(has_attempt == (phase != SBFOTA_PHASE_NONE), "attempt", before, symbol);
    expect(!has_attempt || (is_sound(&attempt) && attempt.outcome == change.outcome), "outcome",
           before, symbol);

    const unsigned power = library->session_power(&after);
    const unsigned percent = library->session_percent(&after);
    const bool allowed = library->session_accept_allowed(&after);
    expect(percent <= 100 || percent == SBFOTA_NO_PERCENT, "percent", before, symbol);
    expect(power <= SBFOTA_POWER_FORCES_UPDATE, "power", before, symbol);
    expect(!allowed || phase == SBFOTA_PHASE_DELAY, "accept", before, symbol);
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
                             power,       percent,         allowed};
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

void prove_sessions(const struct library *library)
{
    struct exploration exploration = {.library = library, .told = 0xcbf29ce484222325ULL};
    struct sbfota_session first;
    exploration.found = malloc(SESSIONS_MOST * sizeof first);
    exploration.table = calloc(2 * SESSIONS_MOST, sizeof *exploration.table);
    if (exploration.found == NULL || exploration.table == NULL)
        differ("no memory");
    memset(&first, 0, sizeof first);
    library->session_init(&first);
    add_session(&exploration, first);
    bool seen[256] = {false};
    for (size_t next = 0; next < exploration.count; next++) {
        const struct sbfota_session before = exploration.found[next];
        for (unsigned i = 0; i < SYMBOLS; i++)
            add_session(&exploration, take(&exploration, &before, &symbols[i], SBFOTA_NO_TIME));
        if (before.resumes < 2 || seen[before.state])
            continue;
        /* However often it has resumed: the first such session of each state. */
        for (unsigned resumes = 2; resumes < 256; resumes++) {
            for (unsigned i = 0; i < SYMBOLS; i++) {
                struct sbfota_session more = before, same = before;
                more.resumes = (uint8_t)resumes;
                same.resumes = 2;
                more = take(&exploration, &more, &symbols[i], SBFOTA_NO_TIME);
                same = take(&exploration, &same, &symbols[i], SBFOTA_NO_TIME);
                more.resumes = same.resumes;
                if (memcmp(&more, &same, sizeof more) != 0)
                    differ("the count of resumes decides something in state %u", before.state);
            }
        }
        seen[before.state] = true;
    }
    const unsigned long long steps = exploration.steps;
    const size_t count = exploration.count;
    try_sequences(&exploration, &first, 1);
    printf(
        "%s: sessions: %zu states, %llu steps, %llu sequences of up to %d events, told %016llx\n",
        under_proof, count, steps, exploration.sequences, SEQUENCE_LENGTH,
        (unsigned long long)exploration.told);
    free(exploration.found);
    free(exploration.table);
}
