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
    {SBFOTA_OK, 0, SBFOTA_PHASE_NONE},
    {SBFOTA_MALFORMED, 0, SBFOTA_PHASE_NONE},
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
        sbfota_session_feed(&next, &event, 1500 * depth, &change);
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

/* Where the layout has what; of a flag, the byte that has it, and what it is there. */
enum {
    STATE = 1,
    FLAGS = 2,
    PROBLEMS = 5,
    PERCENT = 7,
    STARTED = 8,
    LATEST = 16,
    DUE = 24,
    SPENT = 32,
    WAITED = 44,
    CODE = 48,
    REPORT_CODE = 52,
    TIMEOUT = 56,
    DELAY = 58,
    RESUMES = 60,
    OUTCOME = 61,
    LAST = 62,
    SPELLING = 63
};
#define FLAG_AT(flag) (FLAGS + ((flag) > 0xffff ? 2 : (flag) > 0xff ? 1 : 0))
#define FLAG_IN(flag) ((flag) > 0xffff ? (flag) >> 16 : (flag) > 0xff ? (flag) >> 8 : (flag))
#define SET(flag)                    \
    {                                \
        FLAG_AT(flag), FLAG_IN(flag) \
    }
#define PROBLEM(bit)                                                 \
    {                                                                \
        PROBLEMS + ((bit) > 0xff), (bit) > 0xff ? (bit) >> 8 : (bit) \
    }

Test(loading, refuses_what_no_session_saves)
{
    static const struct damage cases[] = {
        {"the version is ours", "", {{0, 1}}},
        {"states have numbers", "", {{STATE, STATES}}},
        {"outcomes have numbers", "", {{OUTCOME, SBFOTA_OUTCOME_COUNT}}},
        {"flags have names", "", {{FLAGS + 2, (FLAGS_ALL + 1) >> 16}}},
        {"problems have names", "http_start", {{PROBLEMS + 1, (SBFOTA_PROBLEM_ALL + 1) >> 8}}},
        {"percent is 100 at most", "http_start downloading=1", {{PERCENT, 101}}},
        {"percent is 100 at most, or none", "http_start downloading=1", {{PERCENT, 253}}},
        {"no time of a poll that nothing told of", "", {{DUE, 1}}},
        {"no span of a poll that nothing told of", "", {SET(FLAG_POLL_SPAN)}},
        {"nothing settled that nothing told of", "", {SET(FLAG_POLL_SETTLED)}},
        {"polls that have stopped are settled",
         "polling_error=-4",
         {SET(FLAG_POLL_TOLD | FLAG_POLL_STOPPED)}},
        {"no span of polls that have stopped",
         "polling_error=-4",
         {SET(FLAG_POLL_TOLD | FLAG_POLL_SETTLED | FLAG_POLL_STOPPED | FLAG_POLL_SPAN)}},
        {"no time of polls that have stopped", "polling_error=-4", {{DUE, 1}}},
        {"a delay that is being set is in range", "set_delay=60", {{DELAY, DELAY_MAX + 1}}},
        {"no code without its flag", "http_start", {{CODE, 1}}},
        {"no code of a report without its flag", "http_start", {{REPORT_CODE, 1}}},
        {"the outcome is the state's", "http_start", {{OUTCOME, SBFOTA_OUTCOME_DOWNLOAD_LOST}}},
        {"no attempt: no flags of one", "", {SET(FLAG_WINDOW)}},
        {"no attempt: no start", "", {{STARTED, 1}}},
        {"no attempt: no end", "", {{LATEST, 1}}},
        {"no attempt: no download", "", {{SPENT, 1}}},
        {"no attempt: no update", "", {{SPENT + 4, 1}}},
        {"no attempt: no restore", "", {{SPENT + 8, 1}}},
        {"no attempt: no wait", "", {{WAITED, 1}}},
        {"no attempt: no timeout", "", {{TIMEOUT, 0}, {TIMEOUT + 1, 0}}},
        {"no attempt: no problems", "", {PROBLEM(SBFOTA_PROBLEM_OUT_OF_ORDER)}},
        {"no attempt: no percent", "", {{PERCENT, 50}}},
        {"no attempt: no resumes", "", {{RESUMES, 1}}},
        {"what is reported has a report's code", "report_end=0", {{FLAGS, 0}}},
        {"only what is reported has one", "http_start", {SET(FLAG_REPORT_CODE)}},
        {"what is reported has an outcome", "end=0 report_start", {{OUTCOME, 0}}},
        {"what is reported is not interrupted",
         "restore=1 report_start",
         {{OUTCOME, SBFOTA_OUTCOME_INTERRUPTED}}},
        {"what is reported rolled back was booted",
         "updating=1 rdy report_start",
         {PROBLEM(SBFOTA_PROBLEM_MISSING_START)}},
        {"updated: the code is 0", "end=0 report_start", {{CODE, 1}}},
        {"failed to update: the code is not 0", "end=504 report_start", {{CODE, 0}, {CODE + 1, 0}}},
        {"ended: with its code", "end=0", {{FLAGS, 0}}},
        {"failed to download: with its code",
         "http_end=702 report_start",
         {{FLAGS, 0}, {CODE, 0}, {CODE + 1, 0}}},
        {"failed to download: the code is not 0", "http_end=702", {{CODE, 0}, {CODE + 1, 0}}},
        {"downloaded: with its code", "http_end=0", {{FLAGS, 0}}},
        {"downloaded: the code is 0", "http_end=0", {{CODE, 1}}},
        {"failed to poll: with its code alone",
         "polling_error=-9",
         {{FLAGS, FLAG_POLL_CODE | FLAG_HTTP_CODE}}},
        {"under way: no code of a poll", "downloading=1", {SET(FLAG_POLL_CODE)}},
        {"under way: no code of the download", "downloading=1", {SET(FLAG_HTTP_CODE)}},
        {"under way: no code of an update", "downloading=1", {SET(FLAG_UPDATE_CODE)}},
        {"under way: no missing end", "http_start", {PROBLEM(SBFOTA_PROBLEM_MISSING_END)}},
        {"unknown: with a missing end", "report_start", {PROBLEM(SBFOTA_PROBLEM_MISSING_START)}},
        {"no reboot in the download", "http_start", {PROBLEM(SBFOTA_PROBLEM_REBOOT)}},
        {"no reboot that it went on behind to no UPDATE_TIMEOUT",
         "http_end=0 rdy",
         {PROBLEM(SBFOTA_PROBLEM_REBOOT)}},
        {"no accept refused without an UPDATE_TIMEOUT",
         "http_start",
         {PROBLEM(SBFOTA_PROBLEM_ACCEPT_REFUSED)}},
        {"no accept without an UPDATE_TIMEOUT", "http_start", {SET(FLAG_SENT)}},
        {"no earlier accept without an UPDATE_TIMEOUT", "http_start", {SET(FLAG_ACCEPTED)}},
        {"no UPDATE_TIMEOUT in the download", "downloading=1", {SET(FLAG_WINDOW)}},
        {"no delay without an UPDATE_TIMEOUT", "start", {{TIMEOUT, 30}, {TIMEOUT + 1, 0}}},
        {"no delay before an update", "http_end=0", {{TIMEOUT, 0}, {TIMEOUT + 1, 0}}},
        {"no delay that was refused", "update_timeout=30", {{TIMEOUT, 254}, {TIMEOUT + 1, 255}}},
        {"a delay has its UPDATE_TIMEOUT", "update_timeout=30", {{FLAGS + 1, 0}}},
        {"what is refused is a problem",
         "update_timeout=30 accept",
         {SET(FLAG_WINDOW | FLAG_REFUSED)}},
        {"only what was sent is waited for", "update_timeout=30", {SET(FLAG_ASKING), {LAST, 0}}},
        {"a boot ends the wait for accept", "update_timeout=30 accept rdy", {SET(FLAG_ASKING)}},
        {"no time of an update before it", "http_start", {SET(FLAG_TIMED << 1)}},
        {"nothing spent in an update before it", "http_start", {{SPENT + 4, 1}}},
        {"nothing broken in a restore before it", "start", {SET(FLAG_BROKEN << 2)}},
        {"no duration that is none",
         "updating=1",
         {{SPENT + 4, 255}, {SPENT + 5, 255}, {SPENT + 6, 255}, {SPENT + 7, 255}}},
        {"a download that began late is not timed", "downloading=1@1", {SET(FLAG_TIMED)}},
        {"a clock that jumped has broken a phase",
         "http_start@1",
         {PROBLEM(SBFOTA_PROBLEM_CLOCK_JUMP)}},
        {"waited only behind a boot", "restore=1", {{WAITED, 1}}},
        {"waited a day at most", "restore=1@1 rdy@2", {{WAITED + 3, 254}}},
        {"waited without times", "restore=1 rdy", {{WAITED, 0}}},
        {"resumed at least once", "resume", {{RESUMES, 0}}},
        {"resumed without a percentage", "resume", {{PERCENT, 1}}},
        {"resumes in a restore only", "updating=1", {{RESUMES, 1}}},
        {"the last message is a message", "http_start", {{LAST, SBFOTA_RDY}}},
        {"the last message has led here", "http_start", {{LAST, SBFOTA_START}}},
        {"the last message has led here with its code", "http_end=0", {{LAST, SBFOTA_END}}},
        {"the last message has left its code", "end=0 report_start", {{LAST, SBFOTA_REPORT_END}}},
        {"HTTPSTART leaves no percentage", "downloading=5", {{LAST, SBFOTA_HTTP_START}}},
        {"START leaves no percentage", "updating=5", {{LAST, SBFOTA_START}}},
        {"UPDATE_TIMEOUT leaves no accept",
         "update_timeout=30 accept",
         {{LAST, SBFOTA_UPDATE_TIMEOUT}}},
        {"no spelling of nothing", "rdy", {{SPELLING, 1}}},
        {"not of a part: superseded", "downloading=1", {SET(FLAG_SUPERSEDED)}},
        {"not of a part: unsure", "update_timeout=30", {{FLAGS, FLAG_UNSURE}}},
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
    memset(saved + DUE, 0xff, 7);
    saved[DUE + 7] = 0x7f;
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
        2,    8,    0x02, 0x12, 0x0a, 0x26, 0, 80, /* http code, broken, window, polls at */
        0xe8, 3,    0,    0,    0,    0,    0, 0,  /* started at 1 s */
        0xd0, 7,    0,    0,    0,    0,    0, 0,  /* latest at 2 s */
        0x48, 0xe8, 1,    0,    0,    0,    0, 0,  /* polls at 125 s */
        0xf4, 1,    0,    0,    0,    0,    0, 0,  /* half a second of download */
        0,    0,    0,    0,    0,    0,    0, 0,  /* restore, waited */
        0,    0,    0,    0,    0,    0,    0, 0,  /* codes */
        30,   0,    30,   0,    0,    0,    6, 1,  /* UPDATE_TIMEOUT, with a blank */
    };
    static struct moment moments[STORY_MAX];
    const size_t count =
        read_story("set_delay=20@0 ok polling_time=125 downloading=100@1 downloading=80@1.5 "
                   "http_end=0@ update_timeout=30@2",
                   moments);
    uint8_t saved[SBFOTA_SESSION_SAVED];
    struct sbfota_session session;
    struct sbfota_change change;
    moments[count - 1].event.spelling = SBFOTA_SPELLING_BLANK_1;
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++)
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
    sbfota_session_save(&session, saved);
    for (size_t i = 0; i < sizeof saved; i++)
        cr_expect_eq(saved[i], expected[i], "byte %zu: %u", i, saved[i]);
    cr_assert_leq(sizeof(struct sbfota_session), (size_t)64);
}
