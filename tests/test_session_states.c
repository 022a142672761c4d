/* SPDX-License-Identifier: MIT
 *
 * Sessions under every event in every state that short histories lead to: never stuck, never out
 * of bounds, saved and loaded alike. */
#include <criterion/criterion.h>

#include "session/internal.h"
#include "session_support.h"
#include "stride.h"

/* Where a message leads, whatever came before. */
static const struct {
    enum sbfota_kind kind;
    int32_t value;
    enum sbfota_phase phase;
} messages[] = {
    {SBFOTA_POLLING_ERROR, -1, SBFOTA_PHASE_POLLING},
    {SBFOTA_HTTP_START, 0, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_DOWNLOADING, 20, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_HTTP_END, 0, SBFOTA_PHASE_DELAY},
    {SBFOTA_HTTP_END, 702, SBFOTA_PHASE_DOWNLOAD},
    {SBFOTA_UPDATE_TIMEOUT, 30, SBFOTA_PHASE_DELAY},
    {SBFOTA_START, 0, SBFOTA_PHASE_UPDATE},
    {SBFOTA_UPDATING, 20, SBFOTA_PHASE_UPDATE},
    {SBFOTA_RESTORE, 20, SBFOTA_PHASE_RESTORE},
    {SBFOTA_RESUME, 0, SBFOTA_PHASE_RESTORE},
    {SBFOTA_END, 0, SBFOTA_PHASE_END},
    {SBFOTA_END, 504, SBFOTA_PHASE_END},
    {SBFOTA_REPORT_START, 0, SBFOTA_PHASE_REPORT},
    {SBFOTA_REPORT_END, 0, SBFOTA_PHASE_REPORT},
    /* from here on they are no messages of the procedure */
    {SBFOTA_RDY, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_APP_RDY, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_POLLING_TIME, 407, SBFOTA_PHASE_NONE},
    {SBFOTA_ACCEPT, 1, SBFOTA_PHASE_NONE},
    {SBFOTA_SET_DELAY, 20, SBFOTA_PHASE_NONE},
    {SBFOTA_ERROR, 0, SBFOTA_PHASE_NONE},
};
enum {
    MESSAGES = sizeof messages / sizeof messages[0]
};

static void expect_sound_attempt(const struct sbfota_attempt *attempt)
{
    cr_assert_lt(attempt->outcome, SBFOTA_OUTCOME_COUNT);
    cr_assert_lt(attempt->phase, SBFOTA_PHASE_COUNT);
    cr_assert_neq(attempt->phase, SBFOTA_PHASE_NONE);
    cr_assert(attempt->percent <= 100 || attempt->percent == SBFOTA_NO_PERCENT);
    cr_assert_eq(attempt->problems & ~(unsigned)SBFOTA_PROBLEM_ALL, 0U);
    if (attempt->outcome == SBFOTA_OUTCOME_UPDATED)
        cr_assert((attempt->has & SBFOTA_HAS_UPDATE_CODE) && attempt->update_code == 0);
    if (attempt->outcome == SBFOTA_OUTCOME_UPDATE_FAILED)
        cr_assert_neq(attempt->update_code, 0);
    if (attempt->outcome == SBFOTA_OUTCOME_DOWNLOAD_FAILED)
        cr_assert_neq(attempt->http_code, 0);
}

static void expect_sound(const struct sbfota_session *session)
{
    uint8_t saved[SBFOTA_SESSION_SAVED], again[SBFOTA_SESSION_SAVED];
    struct sbfota_session loaded;
    sbfota_session_save(session, saved);
    cr_assert(sbfota_session_load(&loaded, saved));
    sbfota_session_save(&loaded, again);
    cr_assert(memcmp(saved, again, sizeof saved) == 0);
}

static void expect_change(const struct sbfota_session *before, const struct sbfota_session *after,
                          size_t message, const struct sbfota_change *change)
{
    struct sbfota_attempt attempt;
    cr_assert_eq(change->phase, (unsigned)sbfota_session_phase(after));
    cr_assert_eq((change->what & SBFOTA_CHANGE_PHASE) != 0,
                 sbfota_session_phase(before) != sbfota_session_phase(after));
    if (messages[message].phase != SBFOTA_PHASE_NONE)
        cr_assert_eq(change->phase, (unsigned)messages[message].phase);
    if (change->what & SBFOTA_CHANGE_FINISHED) {
        cr_assert(change->what & SBFOTA_CHANGE_BEGAN);
        expect_sound_attempt(&change->finished);
    }
    if (sbfota_session_attempt(after, &attempt))
        expect_sound_attempt(&attempt);
    /* May the power be cut? Then nothing is lost by it. */
    struct sbfota_session cut = *after;
    const struct sbfota_event rdy = {.kind = SBFOTA_RDY};
    struct sbfota_change boot;
    sbfota_session_feed(&cut, &rdy, SBFOTA_NO_TIME, &boot);
    if (sbfota_session_power(after) == SBFOTA_POWER_SAFE)
        cr_assert_eq(boot.problems & SBFOTA_PROBLEM_REBOOT, 0U);
}

/* Which message has been tried in which state of the machine. */
static bool tried_in[STATES][MESSAGES];

static size_t try_all(const struct sbfota_session *session, unsigned depth)
{
    size_t tried = 0;
    for (size_t i = 0; i < MESSAGES; i++) {
        struct sbfota_session next = *session;
        const struct sbfota_event event = {.kind = (uint8_t)messages[i].kind,
                                           .value = messages[i].value};
        struct sbfota_change change;
        tried_in[session->state][i] = true;
        sbfota_session_feed(&next, &event, 1000 * depth, &change);
        expect_change(session, &next, i, &change);
        expect_sound(&next);
        tried += 1 + (depth > 1 ? try_all(&next, depth - 1) : 0);
    }
    return tried;
}

Test(states, all_histories_of_up_to_five_events)
{
    const unsigned longest = STRIDE == 1 ? 5 : 4;
    struct sbfota_session session;
    size_t histories = 0;
    for (unsigned length = 0; length < longest; length++)
        histories = (histories + 1) * MESSAGES;
    sbfota_session_init(&session);
    cr_assert_eq(try_all(&session, longest), histories);
    for (size_t state = 0; state < STATES; state++)
        for (size_t i = 0; i < MESSAGES; i++)
            cr_expect(tried_in[state][i], "message %zu in state %zu", i, state);
}

Test(states, any_bytes_do_no_harm)
{
    unsigned state = 3;
    size_t loaded = 0;
    for (unsigned round = 0; round < 200000 / STRIDE; round++) {
        uint8_t saved[SBFOTA_SESSION_SAVED], again[SBFOTA_SESSION_SAVED];
        struct sbfota_session session;
        for (size_t i = 0; i < sizeof saved; i++)
            saved[i] = (uint8_t)random_number(&state);
        if (round % 4 != 0) {
            /* nearly right: a saved session with a few bytes changed */
            sbfota_session_init(&session);
            for (unsigned i = 0; i < round % 7; i++) {
                struct sbfota_change change;
                const size_t message = random_number(&state) % MESSAGES;
                const struct sbfota_event event = {.kind = (uint8_t)messages[message].kind,
                                                   .value = messages[message].value};
                sbfota_session_feed(&session, &event, i, &change);
            }
            sbfota_session_save(&session, saved);
            for (unsigned i = 0; i < round % 3; i++)
                saved[random_number(&state) % sizeof saved] = (uint8_t)random_number(&state);
        }
        if (!sbfota_session_load(&session, saved))
            continue;
        loaded++;
        sbfota_session_save(&session, again);
        cr_assert(memcmp(saved, again, sizeof saved) == 0);
        try_all(&session, 1);
    }
    cr_assert_gt(loaded, (size_t)1000);
}

/* The session behind a story, as saved. */
static void save_story(const char *story, uint8_t saved[SBFOTA_SESSION_SAVED])
{
    static struct moment moments[STORY_MAX];
    const size_t count = read_story(story, moments);
    struct sbfota_session session;
    struct sbfota_change change;
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++)
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
    sbfota_session_save(&session, saved);
}

Test(loading, refuses_what_no_session_saves)
{
    enum {
        POLL = FLAG_POLL_CODE,
        HTTP = FLAG_HTTP_CODE,
        UPDATE = FLAG_UPDATE_CODE
    };
    static const struct damage cases[] = {
        {"the version is ours", "", {{0, 2}}},
        {"the rest is 0", "", {{57, 1}}},
        {"the rest is 0 to its end", "", {{63, 1}}},
        {"states have numbers", "", {{1, STATES}}},
        {"outcomes have numbers", "", {{56, SBFOTA_OUTCOME_COUNT}}},
        {"flags have names", "", {{3, (FLAGS_ALL + 1) >> 8}}},
        {"problems have names", "http_start", {{4, SBFOTA_PROBLEM_ALL + 1}}},
        {"percent is 100 at most", "http_start", {{6, 101}}},
        {"percent is 100 at most, or none", "http_start", {{6, PERCENT_NONE - 1}}},
        {"no time of a poll that nothing told of", "", {{24, 1}}},
        {"no span of a poll that nothing told of", "", {{3, FLAG_POLL_SPAN >> 8}}},
        {"no span of polls that have stopped",
         "polling_error=-4",
         {{3, (FLAG_POLL_STOPPED | FLAG_POLL_SPAN) >> 8}}},
        {"no time of polls that have stopped", "polling_error=-4", {{24, 1}}},
        {"a delay that is being set is in range", "set_delay=60", {{54, DELAY_MAX + 1}}},
        {"no code without its flag", "http_start", {{44, 1}}},
        {"no code of a report without its flag", "http_start", {{48, 1}}},
        {"the outcome is the state's", "http_start", {{56, SBFOTA_OUTCOME_DOWNLOAD_LOST}}},
        {"no attempt: no flags of one", "", {{2, FLAG_ACCEPTED}}},
        {"no attempt: no start", "", {{8, 1}}},
        {"no attempt: no end", "", {{16, 1}}},
        {"no attempt: no download", "", {{32, 0}}},
        {"no attempt: no update", "", {{36, 0}}},
        {"no attempt: no restore", "", {{40, 0}}},
        {"no attempt: no timeout", "", {{52, 0}}},
        {"no attempt: no problems", "", {{4, 1}}},
        {"no attempt: no percent", "", {{6, 50}}},
        {"no attempt: no resumes", "", {{7, 1}}},
        {"what is reported has a report's code", "report_end=0", {{2, 0}}},
        {"what is reported has a good outcome", "end=504 report_end=0", {{44, 0}, {45, 0}}},
        {"updated: with its code", "end=0 report_start", {{2, HTTP}}},
        {"updated: the code is 0", "end=0 report_start", {{44, 1}}},
        {"failed to update: with its code", "end=504 report_start", {{2, HTTP}}},
        {"failed to update: the code is not 0", "end=504 report_start", {{44, 0}, {45, 0}}},
        {"failed to download: with its code alone", "http_end=702", {{2, HTTP | UPDATE}}},
        {"failed to download: the code is not 0", "http_end=702", {{44, 0}, {45, 0}}},
        {"failed to poll: with its code alone", "polling_error=-9", {{2, POLL | HTTP}}},
        {"under way: no code of a poll", "downloading=1", {{2, POLL}}},
        {"under way: no code of an update", "downloading=1", {{2, UPDATE}}},
        {"not of a part: superseded", "downloading=1", {{2, FLAG_SUPERSEDED}}},
        {"not of a part: unsure", "update_timeout=30", {{2, FLAG_UNSURE}}},
    };
    struct sbfota_session empty, session;
    uint8_t as_new[SBFOTA_SESSION_SAVED], again[SBFOTA_SESSION_SAVED];
    sbfota_session_init(&empty);
    sbfota_session_save(&empty, as_new);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t saved[SBFOTA_SESSION_SAVED];
        save_story(cases[i].story, saved);
        cr_expect(sbfota_session_load(&session, saved), "%s: undamaged", cases[i].rule);
        apply_damage(&cases[i], saved);
        cr_expect_not(sbfota_session_load(&session, saved), "%s", cases[i].rule);
        sbfota_session_save(&session, again);
        cr_expect_arr_eq(again, as_new, sizeof again, "%s: not as new", cases[i].rule);
    }
}

/* A clock may have been wrong; what it gave is saved all the same. */
Test(loading, a_poll_at_the_end_of_time_is_not_past_it)
{
    uint8_t saved[SBFOTA_SESSION_SAVED];
    struct sbfota_session session;
    int64_t earliest, latest;
    save_story("http_start@0", saved);
    memset(saved + 24, 0xff, 7);
    saved[31] = 0x7f;
    cr_assert(sbfota_session_load(&session, saved));
    cr_assert(sbfota_session_next_poll(&session, &earliest, &latest));
    cr_assert_eq(earliest, INT64_MAX);
    cr_assert_eq(latest, INT64_MAX);
}

/* A state that somebody has written over is taken for a new one. */
Test(states, bytes_of_anything_in_the_session_itself)
{
    unsigned state = 5;
    for (unsigned round = 0; round < 100000; round++) {
        struct sbfota_session session;
        struct sbfota_attempt attempt;
        struct sbfota_change change;
        uint8_t bytes[sizeof session];
        int64_t earliest, latest;
        uint32_t seconds;
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (uint8_t)random_number(&state);
        memcpy(&session, bytes, sizeof bytes);
        sbfota_session_power(&session);
        sbfota_session_percent(&session);
        sbfota_session_starts_in(&session, 5, &seconds);
        sbfota_session_next_poll(&session, &earliest, &latest);
        sbfota_session_attempt(&session, &attempt);
        const struct sbfota_event event = {.kind = (uint8_t)random_number(&state),
                                           .value = (int32_t)random_number(&state)};
        sbfota_session_feed(&session, &event, (int64_t)random_number(&state), &change);
        cr_assert_lt(change.phase, SBFOTA_PHASE_COUNT);
    }
}

Test(layout, is_the_documented_one)
{
    static const uint8_t expected[SBFOTA_SESSION_SAVED] = {
        1,    7,    0x82, 0,    0x24, 0,    100,  0, /* delay, http code, poll told */
        0xe8, 3,    0,    0,    0,    0,    0,    0, /* started at 1 s */
        0xd0, 7,    0,    0,    0,    0,    0,    0, /* latest at 2 s */
        0x48, 0xe8, 1,    0,    0,    0,    0,    0, /* polls at 125 s */
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, /* durations */
        0,    0,    0,    0,    0,    0,    0,    0,                            /* codes */
        30,   0,    30,   0,    0,    0,    0,    0,    0,    0,    0,    0,
    };
    uint8_t saved[SBFOTA_SESSION_SAVED];
    save_story("set_delay=20@0 ok polling_time=125 downloading=100@1 http_end=0@ "
               "update_timeout=30@2",
               saved);
    for (size_t i = 0; i < sizeof saved; i++)
        cr_expect_eq(saved[i], expected[i], "byte %zu: %u", i, saved[i]);
    cr_assert_leq(sizeof(struct sbfota_session), (size_t)64);
}
