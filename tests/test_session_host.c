/* SPDX-License-Identifier: MIT
 *
 * What a session tells a host beside its attempts: whether the power may be cut, when to ask again, what has changed. */
#include <criterion/criterion.h>

#include "session_stories.h"

/* What came last, and whether the power may be cut. SAFE is told only behind a message that says that
 * no update is under way. */
Test(host, may_the_power_be_cut)
{
    static const struct {
        const char *story;
        enum sbfota_power power;
    } cases[] = {
        {"", SBFOTA_POWER_UNKNOWN},
        {"rdy app_rdy", SBFOTA_POWER_UNKNOWN},
        {"rdy app_rdy polling_time=407", SBFOTA_POWER_SAFE},
        {"polling_time=407 rdy", SBFOTA_POWER_SAFE},
        {"polling_error=-1", SBFOTA_POWER_SAFE},
        {"http_start", SBFOTA_POWER_ENDS_PROCESS},
        {DOWNLOAD, SBFOTA_POWER_ENDS_PROCESS},
        {DOWNLOAD "polling_time=407", SBFOTA_POWER_ENDS_PROCESS},
        {DOWNLOAD "rdy", SBFOTA_POWER_UNKNOWN},
        {DOWNLOAD "rdy polling_time=407", SBFOTA_POWER_SAFE},
        {DOWNLOAD "rdy polling_time=407 http_start", SBFOTA_POWER_ENDS_PROCESS},
        {DOWNLOAD "rdy report_start", SBFOTA_POWER_SAFE},
        {DOWNLOAD "http_end=702", SBFOTA_POWER_SAFE},
        {DOWNLOAD "http_end=0", SBFOTA_POWER_FORBIDDEN},
        {DOWNLOAD "http_end=0 rdy", SBFOTA_POWER_UNKNOWN},
        {DOWNLOAD "http_end=0 rdy polling_time=407", SBFOTA_POWER_SAFE},
        {DELAY, SBFOTA_POWER_FORBIDDEN},
        {DELAY "polling_time=407", SBFOTA_POWER_FORBIDDEN},
        {DELAY "accept ok", SBFOTA_POWER_FORBIDDEN},
        {DELAY "rdy", SBFOTA_POWER_UNKNOWN},
        {DELAY "rdy polling_time=407", SBFOTA_POWER_SAFE},
        {DELAY "rdy polling_time=407 update_timeout=30", SBFOTA_POWER_FORBIDDEN},
        {DELAY "rdy polling_time=407 start", SBFOTA_POWER_ROLLS_BACK},
        {DELAY "start", SBFOTA_POWER_ROLLS_BACK},
        {UPDATE, SBFOTA_POWER_ROLLS_BACK},
        {UPDATE "updating=100 rdy", SBFOTA_POWER_UNKNOWN},
        {UPDATE "updating=100 rdy resume", SBFOTA_POWER_FORCES_UPDATE},
        {UPDATE "rdy updating=60", SBFOTA_POWER_ROLLS_BACK},
        {UPDATE "rdy app_rdy rdy app_rdy", SBFOTA_POWER_UNKNOWN},
        {UPDATE "rdy polling_time=407", SBFOTA_POWER_SAFE},
        {UPDATE "rdy polling_time=407 resume", SBFOTA_POWER_FORCES_UPDATE},
        {UPDATE "rdy report_start", SBFOTA_POWER_SAFE},
        {UPDATE "rdy http_start", SBFOTA_POWER_ENDS_PROCESS},
        {RESTORE, SBFOTA_POWER_FORCES_UPDATE},
        {RESTORE "polling_time=407", SBFOTA_POWER_FORCES_UPDATE},
        {RESTORE "rdy app_rdy", SBFOTA_POWER_UNKNOWN},
        {RESTORE "rdy app_rdy polling_time=407", SBFOTA_POWER_SAFE},
        {RESTORE "rdy app_rdy report_start", SBFOTA_POWER_SAFE},
        {RESTORE "rdy app_rdy resume", SBFOTA_POWER_FORCES_UPDATE},
        {RESTORE "rdy resume app_rdy polling_time=407", SBFOTA_POWER_FORCES_UPDATE},
        {RESTORE "rdy resume rdy polling_time=407", SBFOTA_POWER_SAFE},
        {END, SBFOTA_POWER_SAFE},
        {END "rdy report_start", SBFOTA_POWER_SAFE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sbfota_session session = session_after(cases[i].story);
        cr_expect_eq(sbfota_session_power(&session), cases[i].power, "%s: %s", cases[i].story,
                     sbfota_power_name(sbfota_session_power(&session)));
    }
}

Test(host, seconds_until_the_update_starts)
{
    struct sbfota_session session = session_after("http_end=0@100 update_timeout=30@101");
    uint32_t seconds = 99;
    cr_assert(sbfota_session_starts_in(&session, 101000, &seconds));
    cr_assert_eq(seconds, 30);
    cr_assert(sbfota_session_starts_in(&session, 101001, &seconds));
    cr_assert_eq(seconds, 30);
    cr_assert(sbfota_session_starts_in(&session, 130000, &seconds));
    cr_assert_eq(seconds, 1);
    cr_assert(sbfota_session_starts_in(&session, 131000, &seconds));
    cr_assert_eq(seconds, 0);
    cr_assert(sbfota_session_starts_in(&session, INT64_MAX, &seconds));
    cr_assert_eq(seconds, 0);
    cr_assert(sbfota_session_starts_in(&session, 0, &seconds));
    cr_assert_eq(seconds, 30);
    cr_assert_not(sbfota_session_starts_in(&session, SBFOTA_NO_TIME, &seconds));
    session = session_after("http_end=0@100 update_timeout=30@101 start");
    cr_assert_not(sbfota_session_starts_in(&session, 101000, &seconds));
    session = session_after("http_end=0 update_timeout=30");
    cr_assert_not(sbfota_session_starts_in(&session, 101000, &seconds));
    session = session_after("update_timeout=30@101 rdy@102");
    cr_assert_not(sbfota_session_starts_in(&session, 101000, &seconds));
    /* An UPDATE_TIMEOUT that is none leaves nothing of the one before. */
    session = session_after("update_timeout=30@101 update_timeout=70000@102");
    cr_assert_not(sbfota_session_starts_in(&session, 101000, &seconds));
    /* Accept: once it is acknowledged the update starts, whatever the time. */
    session = session_after("update_timeout=30@101 accept");
    cr_assert(sbfota_session_starts_in(&session, 102000, &seconds));
    cr_assert_eq(seconds, 29);
    session = session_after("update_timeout=30 accept ok");
    cr_assert(sbfota_session_starts_in(&session, SBFOTA_NO_TIME, &seconds));
    cr_assert_eq(seconds, 0);
    session = session_after("update_timeout=30@101 accept error");
    cr_assert(sbfota_session_starts_in(&session, 102000, &seconds));
    cr_assert_eq(seconds, 29);
}

Test(host, next_poll)
{
    static const struct {
        const char *story;
        bool stopped, known;
        int64_t earliest, latest; /* seconds */
    } cases[] = {
        {"", false, false, 0, 0},
        {"polling_time=407@1000", false, true, 1407, 1407},
        {"polling_time=407", false, false, 0, 0},
        {"polling_time=407@1000 polling_error=-1@1407", false, true, 1407 + 1209600,
         1407 + 1296000},
        {"polling_error=-3@0", false, true, 1209600, 1296000},
        {"polling_time=407@1000 polling_error=-2@1407", true, false, 0, 0},
        {"polling_error=-4@1407", true, false, 0, 0},
        {"polling_error=-4@1407 polling_time=5", false, true, 1412, 1412},
        {"polling_error=-9@1407", false, false, 0, 0},
        /* What has stopped is not started by a download or by a code that nobody has defined. */
        {"polling_error=-2@1 http_start@10", true, false, 0, 0},
        {"polling_error=-2@1 polling_error=-9@10", true, false, 0, 0},
        {"polling_error=-4@1 polling_error=-1@10", false, true, 10 + 1209600, 10 + 1296000},
        {"polling_error=-4@1 polling_error=-3@10", false, true, 10 + 1209600, 10 + 1296000},
        {"polling_error=-1@1 polling_error=-9@10", false, false, 0, 0},
        {"polling_time=-5@10", false, true, 10, 10},
        {"polling_time=407@1000 http_start@1407 downloading=5@1500", false, true, 1407 + 1209600,
         1407 + 1296000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sbfota_session session = session_after(cases[i].story);
        int64_t earliest = 0;
        int64_t latest = 0;
        cr_expect_eq(sbfota_session_polling_stopped(&session), cases[i].stopped, "%s",
                     cases[i].story);
        cr_expect_eq(sbfota_session_next_poll(&session, &earliest, &latest), cases[i].known, "%s",
                     cases[i].story);
        cr_expect_eq(earliest, cases[i].earliest * 1000, "%s", cases[i].story);
        cr_expect_eq(latest, cases[i].latest * 1000, "%s", cases[i].story);
    }
}

Test(host, delay)
{
    static const struct {
        const char *story;
        unsigned delay;
    } cases[] = {
        {"", SBFOTA_NO_DELAY},           {"set_delay=30", 30},
        {"set_delay=30 ok", 30},         {"set_delay=30 error", SBFOTA_NO_DELAY},
        {"query_delay delay=45 ok", 45}, {"update_timeout=20", 20},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sbfota_session session = session_after(cases[i].story);
        cr_expect_eq(sbfota_session_delay(&session), cases[i].delay, "%s", cases[i].story);
    }
}

Test(host, times_at_the_ends_of_their_range)
{
    static const int64_t times[] = {SBFOTA_NO_TIME, INT64_MIN + 1, -1, 0, INT64_MAX - 1, INT64_MAX};
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++) {
        for (size_t i = 0; i < 36; i++) {
            struct sbfota_session session = session_after("http_start downloading=1");
            struct sbfota_event event = {.kind = (uint8_t)kind, .value = INT32_MAX};
            struct sbfota_change change;
            int64_t earliest, latest;
            uint32_t seconds;
            sbfota_session_feed(&session, &event, times[i / 6], &change);
            event.value = INT32_MIN;
            sbfota_session_feed(&session, &event, times[i % 6], &change);
            if (sbfota_session_next_poll(&session, &earliest, &latest))
                cr_assert_leq(earliest, latest);
            sbfota_session_starts_in(&session, times[i / 6], &seconds);
        }
    }
}

Test(changes, are_told_with_their_event)
{
    static const struct {
        const char *event;
        unsigned what;
        enum sbfota_phase phase;
        enum sbfota_outcome outcome;
        unsigned problems;
    } cases[] = {
        {"rdy", 0, SBFOTA_PHASE_NONE, SBFOTA_OUTCOME_IN_PROGRESS, 0},
        {"accept", 0, SBFOTA_PHASE_NONE, SBFOTA_OUTCOME_IN_PROGRESS, 0},
        {"http_start", SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_BELONGS | SBFOTA_CHANGE_PHASE,
         SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_IN_PROGRESS, 0},
        {"downloading=5", SBFOTA_CHANGE_BELONGS, SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_IN_PROGRESS,
         0},
        {"downloading=4", SBFOTA_CHANGE_BELONGS, SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_IN_PROGRESS,
         SBFOTA_PROBLEM_PERCENT_BACK},
        {"downloading=5", SBFOTA_CHANGE_BELONGS, SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_IN_PROGRESS,
         0},
        {"accept", 0, SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_IN_PROGRESS,
         SBFOTA_PROBLEM_ACCEPT_MISPLACED},
        {"rdy", SBFOTA_CHANGE_BELONGS | SBFOTA_CHANGE_OUTCOME, SBFOTA_PHASE_DOWNLOAD,
         SBFOTA_OUTCOME_DOWNLOAD_LOST, SBFOTA_PROBLEM_REBOOT},
        {"app_rdy", 0, SBFOTA_PHASE_DOWNLOAD, SBFOTA_OUTCOME_DOWNLOAD_LOST, 0},
        {"polling_error=-1",
         SBFOTA_CHANGE_FINISHED | SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_BELONGS |
             SBFOTA_CHANGE_PHASE | SBFOTA_CHANGE_OUTCOME,
         SBFOTA_PHASE_POLLING, SBFOTA_OUTCOME_POLL_FAILED, 0},
        {"polling_error=-1",
         SBFOTA_CHANGE_FINISHED | SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_BELONGS |
             SBFOTA_CHANGE_OUTCOME,
         SBFOTA_PHASE_POLLING, SBFOTA_OUTCOME_POLL_FAILED, 0},
        {"accept", 0, SBFOTA_PHASE_POLLING, SBFOTA_OUTCOME_POLL_FAILED,
         SBFOTA_PROBLEM_ACCEPT_MISPLACED},
        {"other", 0, SBFOTA_PHASE_POLLING, SBFOTA_OUTCOME_POLL_FAILED, 0},
    };
    struct sbfota_session session;
    sbfota_session_init(&session);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct moment moment = {.time = SBFOTA_NO_TIME};
        struct sbfota_change change;
        read_moment(cases[i].event, &moment);
        sbfota_session_feed(&session, &moment.event, moment.time, &change);
        cr_expect_eq(change.what, cases[i].what, "%zu: %s: %x", i, cases[i].event, change.what);
        cr_expect_eq(change.phase, cases[i].phase, "%zu: %s", i, cases[i].event);
        cr_expect_eq(change.outcome, cases[i].outcome, "%zu: %s", i, cases[i].event);
        cr_expect_eq(change.problems, cases[i].problems, "%zu: %s", i, cases[i].event);
    }
}

/* A capture of the manual, through the parser. */
static void tell_capture(const char *path, char text[TEXT_MAX])
{
    char bytes[4096];
    FILE *const file = fopen(path, "rb");
    cr_assert_not_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct sbfota_parser parser;
    struct sbfota_session session;
    struct sbfota_attempt attempt;
    const char *next = bytes;
    sbfota_parser_init(&parser);
    sbfota_session_init(&session);
    text[0] = '\0';
    while (length > 0) {
        struct sbfota_event event;
        struct sbfota_change change;
        const size_t used = sbfota_parse(&parser, next, length, &event);
        next += used;
        length -= used;
        sbfota_session_feed(&session, &event, SBFOTA_NO_TIME, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            add_attempt(text, &change.finished);
    }
    cr_assert(sbfota_session_attempt(&session, &attempt));
    add_attempt(text, &attempt);
}

Test(captures, of_the_manual)
{
    char text[TEXT_MAX];
    tell_capture(SBFOTA_CAPTURES "/manual-example.log", text);
    cr_assert_str_eq(text, "updated report 100% http=0 update=0 report=0 accepted delay=30");
    tell_capture(SBFOTA_CAPTURES "/manual-resume.log", text);
    cr_assert_str_eq(text, "updated end 100% update=0 resumes=1 !missing_start");
}

Test(names, are_words_and_complete)
{
    for (unsigned phase = 0; phase < SBFOTA_PHASE_COUNT; phase++)
        cr_assert_not_null(sbfota_phase_name(phase));
    for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
        cr_assert_not_null(sbfota_outcome_name(outcome));
    for (unsigned bit = 1; bit < SBFOTA_PROBLEM_ALL; bit <<= 1)
        cr_assert_not_null(sbfota_problem_name(bit));
    cr_assert_null(sbfota_phase_name(SBFOTA_PHASE_COUNT));
    cr_assert_null(sbfota_outcome_name(SBFOTA_OUTCOME_COUNT));
    cr_assert_null(sbfota_problem_name(0));
    cr_assert_null(sbfota_problem_name(SBFOTA_PROBLEM_ALL + 1));
    for (unsigned power = 0; power < SBFOTA_POWER_COUNT; power++)
        cr_assert_not_null(sbfota_power_name(power));
    for (unsigned accept = 0; accept < SBFOTA_ACCEPT_COUNT; accept++)
        cr_assert_not_null(sbfota_accept_name(accept));
    cr_assert_null(sbfota_power_name(SBFOTA_POWER_COUNT));
    cr_assert_null(sbfota_accept_name(SBFOTA_ACCEPT_COUNT));
    cr_assert_str_eq(sbfota_power_name(SBFOTA_POWER_FORCES_UPDATE), "forces_update");
    cr_assert_str_eq(sbfota_accept_name(SBFOTA_ACCEPT_ACKNOWLEDGED), "acknowledged");
}
