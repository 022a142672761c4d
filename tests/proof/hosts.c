/* SPDX-License-Identifier: MIT
 *
 * Every reachable state of the host's side of the dialogue under every kind of event, every call, and time that passes
 * or not, through the library itself. Each step is watched by the observer of tests/host_rules.h, whose state is part
 * of the key.
 *
 * Times are taken out of the key: a wait has begun just now, and it is over by the next poll or it is not. The numbers
 * of the session decide nothing of the dialogue, but for the length of the window (tests/test_host.c); they are set to
 * one content after each step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../host_rules.h"
#include "host/internal.h"
#include "proof.h"

enum {
    HOSTS_MOST = 1 << 21,
    SESSIONS_MET_MOST = 1024,
    POLLS_MOST = 24, /* until there is nothing to wait for */
    LATER = 10000,   /* each wait is over */
    WANTED = 30
};

/* What may happen in a step. */
enum deed {
    EVENT,
    POLL,
    POLL_LATER,
    READY,
    UNREADY,
    CLAIM,
    RELEASE,
    WISH,
    RESTART
};

static const struct step {
    uint8_t deed;
    uint8_t kind;
    int32_t value;
} steps[] = {
    {EVENT, SBFOTA_OK, 0},
    {EVENT, SBFOTA_ERROR, 0},
    {EVENT, SBFOTA_CME_ERROR, 3},
    {EVENT, SBFOTA_DELAY, WANTED},
    {EVENT, SBFOTA_DELAY, 7},
    {EVENT, SBFOTA_DELAY, 61},
    {EVENT, SBFOTA_QUERY_DELAY, 0},
    {EVENT, SBFOTA_SET_DELAY, WANTED},
    {EVENT, SBFOTA_SET_DELAY, 7},
    {EVENT, SBFOTA_ACCEPT, 1},
    {EVENT, SBFOTA_TEST_QCFGEXT, 0},
    {EVENT, SBFOTA_RANGE, 0},
    {EVENT, SBFOTA_OTHER, 0},
    {EVENT, SBFOTA_MALFORMED, 0},
    {EVENT, SBFOTA_NONE, 0},
    {EVENT, SBFOTA_RDY, 0},
    {EVENT, SBFOTA_APP_RDY, 0},
    {EVENT, SBFOTA_POLLING_TIME, 407},
    {EVENT, SBFOTA_POLLING_ERROR, -1},
    {EVENT, SBFOTA_HTTP_START, 0},
    {EVENT, SBFOTA_HTTP_END, 0},
    {EVENT, SBFOTA_UPDATE_TIMEOUT, 30},
    {EVENT, SBFOTA_START, 0},
    {EVENT, SBFOTA_RESTORE, 20},
    {EVENT, SBFOTA_RESUME, 0},
    {EVENT, SBFOTA_END, 0},
    {EVENT, SBFOTA_REPORT_START, 0},
    {POLL, 0, 0},
    {POLL_LATER, 0, 0},
    {READY, 0, 0},
    {UNREADY, 0, 0},
    {CLAIM, 0, 0},
    {RELEASE, 0, 0},
    {WISH, 0, 0},
    {RESTART, 0, 0},
};
enum {
    STEPS_MOST = sizeof steps / sizeof steps[0]
};

struct place_of_host {
    struct sbfota_host host;
    struct host_rules rules;
};

struct hosts {
    const struct library *library;
    struct place_of_host *found;
    uint32_t *table;
    size_t count;
    struct sbfota_session sessions[SESSIONS_MET_MOST];
    size_t session_count;
    unsigned long long taken, sent, polls;
};

static void host_differs(const struct place_of_host *before, const struct step *step,
                         const char *what)
{
    differ("host: session %u, step %u, command %u, wait %u, flags %x; deed %u, event %u %d: %s",
           before->host.session.state, before->host.step, before->host.command, before->host.wait,
           before->host.flags, step->deed, step->kind, (int)step->value, what);
}

/* The flags of a session that decide something: that a poll was told of, where nothing else has been; what became of
 * accept, in its window. */
static uint32_t session_flags(const struct sbfota_session *session)
{
    if (session->state == IN_UNKNOWN)
        return FLAG_POLL_TOLD;
    return session->state == IN_DELAY ? FLAGS_ACCEPT | FLAG_ASKING : 0;
}

/* Of the sessions that differ in nothing but what decides nothing of the dialogue, the first that was met: codes, times,
 * percentages, when the module polls. */
static void represent_session(struct hosts *hosts, struct sbfota_session *session)
{
    const uint32_t in = session_flags(session);
    for (size_t i = 0; i < hosts->session_count; i++) {
        const struct sbfota_session *const met = &hosts->sessions[i];
        if (met->state == session->state && ((met->flags ^ session->flags) & in) == 0) {
            *session = *met;
            return;
        }
    }
    if (hosts->session_count == SESSIONS_MET_MOST)
        differ("more sessions than there is room for");
    hosts->sessions[hosts->session_count++] = *session;
}

/* Does the number of accepts count now, and not only when it has begun anew? */
static bool counts_accepts(const struct sbfota_host *host)
{
    return host->session.state == IN_DELAY ||
           (host->wait == WAIT_ANSWER && host->command == SBFOTA_ACCEPT);
}

/* Is the delay seen to no more, until that begins anew? */
static bool has_ended(const struct sbfota_host *host)
{
    return host->step == STEP_ANY || host->step >= STEP_VERIFIED;
}

/* One content of all that decides nothing. */
static void normalise(struct hosts *hosts, struct place_of_host *place)
{
    struct sbfota_host *const host = &place->host;
    represent_session(hosts, &host->session);
    host->heard = SBFOTA_NO_TIME;
    host->begun = host->wait == WAIT_NONE ? SBFOTA_NO_TIME : 0;
    sbfota_host_unflag(host, HOST_UNSAVED | HOST_OURS);
    if (host->wait != WAIT_ANSWER)
        sbfota_host_unflag(host, HOST_COMMAND_FLAGS);
    if (host->wait != WAIT_ANSWER && host->wait != WAIT_SHORT && host->wait != WAIT_LONG)
        host->command = SBFOTA_NONE;
    if (!sbfota_host_has(host, HOST_TOLD))
        host->told = HOST_DELAY_ODD;
    if (!counts_accepts(host))
        host->accepts = 0;
    if (has_ended(host))
        host->tries = 0;
    if (has_ended(host) && !sbfota_host_has(host, HOST_OWED))
        host->rounds = 0;
    if (!place->rules.window) {
        place->rules.accepts = 0;
        place->rules.answered = place->rules.earlier = false;
    }
    place->rules.sent = place->rules.kind == SBFOTA_NONE ? SBFOTA_NO_TIME : 0;
    place->rules.settings = 0;
    struct host_rules idle = place->rules;
    idle.kind = SBFOTA_NONE;
    /* What the last message was, is told apart only as far as the rules do. */
    if (rules_cut(&idle, true) == NULL)
        place->rules.last = SBFOTA_POLLING_TIME;
    else if (!place->rules.stale)
        place->rules.last = SBFOTA_NONE;
}

/* Another content of it. */
static void disturb(struct place_of_host *place)
{
    struct sbfota_host *const host = &place->host;
    host->session.started = host->session.latest = host->session.poll_due = 77;
    host->session.spent[0] = host->session.spent[1] = host->session.spent[2] = 5;
    host->session.percent = 50;
    host->session.problems = SBFOTA_PROBLEM_ALL;
    host->session.resumes = 9;
    host->session.code = 504;
    host->session.report_code = 702;
    host->session.delay = 12;
    host->session.flags ^= FLAGS_ALL & ~session_flags(&host->session);
    host->heard = 99;
    if (host->wait == WAIT_NONE)
        host->begun = 55;
    sbfota_host_flag(host, HOST_UNSAVED | HOST_OURS);
    if (host->wait != WAIT_ANSWER)
        sbfota_host_flag(host, HOST_COMMAND_FLAGS);
    if (host->wait != WAIT_ANSWER && host->wait != WAIT_SHORT && host->wait != WAIT_LONG)
        host->command = SBFOTA_SET_DELAY;
    if (!sbfota_host_has(host, HOST_TOLD))
        host->told = WANTED;
    if (!counts_accepts(host))
        host->accepts = 2;
    if (has_ended(host))
        host->tries = 2;
    if (has_ended(host) && !sbfota_host_has(host, HOST_OWED))
        host->rounds = 2;
}

static void add_host(struct hosts *hosts, struct place_of_host place)
{
    uint64_t sum = 0xcbf29ce484222325ULL;
    normalise(hosts, &place);
    for (size_t i = 0; i < sizeof place; i++)
        sum = (sum ^ ((const unsigned char *)&place)[i]) * 0x100000001b3ULL;
    size_t slot = (size_t)(sum ^ sum >> 32) % (2 * HOSTS_MOST);
    for (; hosts->table[slot] != 0; slot = (slot + 1) % (2 * HOSTS_MOST))
        if (memcmp(&hosts->found[hosts->table[slot] - 1], &place, sizeof place) == 0)
            return;
    if (hosts->count == HOSTS_MOST)
        differ("more hosts than there is room for");
    hosts->found[hosts->count++] = place;
    hosts->table[slot] = (uint32_t)hosts->count;
}

/* How far the host is with the delay; it only grows, and with each command, until something begins anew. */
static unsigned rank(const struct sbfota_host *host)
{
    const unsigned far[STEPS] = {
        [STEP_QUERY] = 0,    [STEP_SET] = 1,     [STEP_VERIFY] = 2,
        [STEP_VERIFIED] = 3, [STEP_MUTE] = 3,    [STEP_REFUSED] = 3,
        [STEP_DIFFERS] = 3,  [STEP_REBOOTS] = 3, [STEP_ANY] = 3,
    };
    return far[host->step] == 3 ? 1000 : host->rounds * 100U + far[host->step] * 10U + host->tries;
}

static bool begins_anew(const struct step *step)
{
    return step->deed == WISH || step->deed == RESTART ||
           (step->deed == EVENT && (step->kind == SBFOTA_RDY || step->kind == SBFOTA_APP_RDY ||
                                    step->kind == SBFOTA_POLLING_TIME ||
                                    (step->kind == SBFOTA_SET_DELAY && step->value != WANTED)));
}

static const char *check_progress(const struct sbfota_host *before, const struct sbfota_host *after,
                                  const struct step *step)
{
    if (begins_anew(step))
        return NULL;
    if (rank(after) < rank(before))
        return "the delay is seen to anew";
    const bool ends = before->wait == WAIT_ANSWER && after->wait != WAIT_ANSWER;
    /* Another delay may have been wished for since it was sent. */
    const bool counts = before->command == SBFOTA_SET_DELAY
                            ? before->step == STEP_SET
                            : before->command == SBFOTA_QUERY_DELAY &&
                                  (before->step == STEP_QUERY || before->step == STEP_VERIFY);
    return ends && counts && rank(after) == rank(before) ? "a command may be sent for ever" : NULL;
}

static const char *poll_once(struct hosts *hosts, struct place_of_host *place, int64_t now,
                             uint32_t *again)
{
    struct sbfota_event command;
    struct sbfota_change change;
    memset(&change, 0, sizeof change);
    rules_poll(&place->rules, now);
    const bool sends = hosts->library->host_next(&place->host, now, &command, &change, again);
    hosts->polls++;
    if (!sends)
        return NULL;
    hosts->sent++;
    if (*again != 300)
        return "a command without its 300 ms";
    return rules_send(&place->rules, &command, now);
}

static const char *restart(struct hosts *hosts, struct place_of_host *place)
{
    uint8_t saved[SBFOTA_HOST_SAVED], again[SBFOTA_HOST_SAVED];
    struct sbfota_host loaded;
    memset(&loaded, 0, sizeof loaded);
    hosts->library->host_save(&place->host, saved);
    hosts->library->host_init(&loaded, WANTED);
    if (!hosts->library->host_load(&loaded, saved))
        return "cannot be loaded";
    hosts->library->host_save(&loaded, again);
    if (memcmp(saved, again, sizeof saved) != 0 ||
        memcmp(&loaded.session, &place->host.session, sizeof loaded.session) != 0)
        return "loaded as another";
    place->host = loaded;
    rules_restart(&place->rules);
    return NULL;
}

static const char *give_event(struct hosts *hosts, struct place_of_host *place,
                              const struct step *step)
{
    const struct sbfota_event event = {.kind = step->kind, .value = step->value};
    struct sbfota_change change;
    memset(&change, 0, sizeof change);
    const bool ours = hosts->library->host_event(&place->host, &event, SBFOTA_NO_TIME, &change);
    return rules_event(&place->rules, &event, ours);
}

/* One step; what is wrong with it, or NULL. */
static const char *take_step(struct hosts *hosts, struct place_of_host *place,
                             const struct step *step)
{
    uint32_t again;
    switch ((enum deed)step->deed) {
    case EVENT: return give_event(hosts, place, step);
    case POLL: return poll_once(hosts, place, 0, &again);
    case POLL_LATER: return poll_once(hosts, place, LATER, &again);
    case READY:
    case UNREADY:
        place->rules.ready = step->deed == READY;
        hosts->library->host_ready(&place->host, step->deed == READY);
        return NULL;
    case CLAIM:
        if (hosts->library->host_claim(&place->host))
            place->rules.claimed = true;
        else if (place->rules.kind == SBFOTA_NONE)
            return "the port is refused, and no command is under way";
        return NULL;
    case RELEASE:
        place->rules.claimed = false;
        hosts->library->host_release(&place->host);
        return NULL;
    case WISH: return hosts->library->host_set_delay(&place->host, WANTED) ? NULL : "refused";
    case RESTART: return restart(hosts, place);
    }
    return NULL;
}

/* What is normalised decides nothing: with another content of it the step leads to the same. */
static const char *check_disturbed(struct hosts *hosts, struct place_of_host before,
                                   struct place_of_host after, const struct step *step)
{
    normalise(hosts, &after);
    disturb(&before);
    const char *const broken = take_step(hosts, &before, step);
    normalise(hosts, &before);
    if (broken == NULL && memcmp(&before, &after, sizeof after) != 0)
        return "what is left out decides something";
    return broken;
}

/* Left alone, with time passing, it comes to rest. */
static const char *check_end(struct hosts *hosts, struct place_of_host place)
{
    uint32_t again = 0;
    int64_t now = 0;
    for (unsigned polls = 0; polls < POLLS_MOST; polls++) {
        const char *const broken = poll_once(hosts, &place, now, &again);
        if (broken != NULL || again == SBFOTA_NO_DURATION)
            return broken;
        now += again;
    }
    return "no end";
}

static const char *check_place(struct hosts *hosts, const struct place_of_host *place)
{
    const struct library *const library = hosts->library;
    const bool may_cut = library->host_may_cut(&place->host);
    const char *broken = rules_cut(&place->rules, may_cut);
    if (broken == NULL && may_cut &&
        library->session_power(&place->host.session) != SBFOTA_POWER_SAFE)
        broken = "the power may be cut, and the session says that it may not";
    if (broken == NULL && library->host_delay_state(&place->host) > SBFOTA_HOST_DELAY_REBOOTS)
        broken = "state of the delay";
    return broken == NULL ? check_end(hosts, *place) : broken;
}

void prove_hosts(const struct library *library)
{
    static struct hosts hosts;
    struct place_of_host first;
    memset(&hosts, 0, sizeof hosts);
    hosts.library = library;
    hosts.found = malloc(HOSTS_MOST * sizeof first);
    hosts.table = calloc(2 * HOSTS_MOST, sizeof *hosts.table);
    if (hosts.found == NULL || hosts.table == NULL)
        differ("no memory");
    memset(&first, 0, sizeof first);
    library->host_init(&first.host, WANTED);
    rules_init(&first.rules, WANTED);
    add_host(&hosts, first);
    for (size_t next = 0; next < hosts.count; next++) {
        for (unsigned i = 0; i < STEPS_MOST; i++) {
            const struct place_of_host before = hosts.found[next];
            struct place_of_host after = before;
            const char *broken = take_step(&hosts, &after, &steps[i]);
            if (broken == NULL)
                broken = check_progress(&before.host, &after.host, &steps[i]);
            if (broken == NULL && steps[i].deed != RESTART)
                broken = check_disturbed(&hosts, before, after, &steps[i]);
            if (broken != NULL)
                host_differs(&before, &steps[i], broken);
            add_host(&hosts, after);
            hosts.taken++;
        }
        const char *const broken = check_place(&hosts, &hosts.found[next]);
        if (broken != NULL)
            host_differs(&hosts.found[next], &steps[0], broken);
    }
    uint64_t told = 0xcbf29ce484222325ULL;
    for (size_t i = 0; i < hosts.count * sizeof first; i++)
        told = (told ^ ((const unsigned char *)hosts.found)[i]) * 0x100000001b3ULL;
    printf("%s: hosts: %zu states, %llu steps, %llu commands, told %016llx\n", under_proof,
           hosts.count, hosts.taken, hosts.sent, (unsigned long long)told);
    free(hosts.found);
    free(hosts.table);
}
