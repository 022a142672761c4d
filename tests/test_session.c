/* SPDX-License-Identifier: MIT
 *
 * The session of one modem: stories, and what is told of them. */
#include <criterion/criterion.h>

#include "session_support.h"

/* The attempts of a story, in their order, "a; b". */
static void tell_story(const char *story, char text[TEXT_MAX])
{
    static struct moment moments[STORY_MAX];
    const size_t count = read_story(story, moments);
    struct sbfota_session session;
    struct sbfota_attempt last;
    text[0] = '\0';
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            add_attempt(text, &change.finished);
    }
    if (sbfota_session_attempt(&session, &last))
        add_attempt(text, &last);
}

struct story_case {
    const char *name;
    const char *story;
    const char *expected;
};

static void expect_stories(const struct story_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char got[TEXT_MAX];
        tell_story(cases[i].story, got);
        cr_expect_str_eq(got, cases[i].expected, "%s: %s\n  expected %s\n  got      %s",
                         cases[i].name, cases[i].story, cases[i].expected, got);
    }
}
#define EXPECT_STORIES(cases) expect_stories((cases), sizeof(cases) / sizeof((cases)[0]))

/* The beginning of most stories, up to what it names. */
#define DOWNLOAD "http_start downloading=10 downloading=60 "
#define DELAY DOWNLOAD "downloading=100 http_end=0 update_timeout=30 "
#define UPDATE DELAY "start updating=6 updating=50 "
#define RESTORE UPDATE "updating=100 restore=4 restore=40 "
#define END RESTORE "restore=100 end=0 "

Test(outcomes, each)
{
    static const struct story_case cases[] = {
        {"nothing", "rdy app_rdy ok polling_time=407 set_delay=30 ok", ""},
        {"updated", END, "updated end 100% http=0 update=0 delay=30"},
        {"updated and booted", END "rdy app_rdy", "updated reboot 100% http=0 update=0 delay=30"},
        {"updated and reported", END "rdy app_rdy report_start report_end=0 polling_time=1220654",
         "updated report 100% http=0 update=0 report=0 delay=30"},
        {"report failed", END "rdy app_rdy report_start report_end=702",
         "updated report 100% http=0 update=0 report=702 delay=30"},
        {"update failed", UPDATE "end=504", "update_failed end 50% http=0 update=504 delay=30"},
        {"restore failed", RESTORE "end=510 rdy report_start report_end=0",
         "update_failed report 40% http=0 update=510 report=0 delay=30"},
        {"download failed", DOWNLOAD "http_end=702", "download_failed download 60% http=702"},
        {"unknown code", DOWNLOAD "http_end=99999", "download_failed download 60% http=99999"},
        {"poll failed", "polling_error=-1", "poll_failed polling poll=-1"},
        {"poll failed twice", "polling_error=-1 polling_error=-2",
         "poll_failed polling poll=-1; poll_failed polling poll=-2"},
        {"downloading", DOWNLOAD, "in_progress download 60%"},
        {"waiting", DELAY, "in_progress delay 100% http=0 delay=30"},
        {"updating", UPDATE, "in_progress update 50% http=0 delay=30"},
        {"restoring", RESTORE, "in_progress restore 40% http=0 delay=30"},
        {"no delay", DOWNLOAD "http_end=0 start", "in_progress update http=0 delay=0"},
        {"accepted", DELAY "accept ok start updating=1",
         "in_progress update 1% http=0 accepted delay=30"},
        {"two attempts", DOWNLOAD "http_end=702 polling_time=1209600 " END,
         "download_failed download 60% http=702; updated end 100% http=0 update=0 delay=30"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, during_the_download_ends_the_process)
{
    static const struct story_case cases[] = {
        {"boot", DOWNLOAD "rdy app_rdy", "download_lost download 60% !reboot"},
        {"APP RDY alone", DOWNLOAD "app_rdy", "download_lost download 60% !reboot"},
        {"before the first percentage", "http_start rdy", "download_lost download !reboot"},
        {"starts over", DOWNLOAD "rdy app_rdy polling_time=1000 http_start downloading=3",
         "download_lost download 60% !reboot; in_progress download 3%"},
        {"silence until the next attempt", DOWNLOAD "http_start downloading=3",
         "download_lost download 60%; in_progress download 3%"},
        {"silence until the next timer", DOWNLOAD "polling_time=1209600",
         "download_lost download 60%"},
        {"silence until a poll that fails", DOWNLOAD "polling_error=-1",
         "download_lost download 60%; poll_failed polling poll=-1"},
        {"a timer in the middle", DOWNLOAD "polling_time=1209600 downloading=70 http_end=0",
         "in_progress delay 70% http=0"},
        {"does not go on behind a boot", DOWNLOAD "rdy downloading=70",
         "download_lost download 60% !reboot; "
         "in_progress download 70% !out_of_order !missing_start"},
        {"reported", DOWNLOAD "rdy app_rdy report_start report_end=0",
         "download_lost report 60% report=0 !reboot"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, during_the_update_rolls_back)
{
    static const struct story_case cases[] = {
        {"boot", UPDATE "rdy app_rdy", "rolled_back update 50% http=0 delay=30 !reboot"},
        {"before the first percentage", DELAY "start rdy app_rdy",
         "rolled_back update http=0 delay=30 !reboot"},
        {"starts over", UPDATE "rdy app_rdy http_start",
         "rolled_back update 50% http=0 delay=30 !reboot; in_progress download"},
        {"reported", UPDATE "rdy app_rdy report_start report_end=0",
         "rolled_back report 50% http=0 report=0 delay=30 !reboot"},
        {"was in the restore already", UPDATE "rdy app_rdy resume restore=1 end=0",
         "updated end 1% http=0 update=0 resumes=1 delay=30"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, during_the_restore_forces_the_update)
{
    static const struct story_case cases[] = {
        {"not resumed yet", RESTORE "rdy app_rdy", "interrupted restore 40% http=0 delay=30"},
        {"resumed", RESTORE "rdy app_rdy resume", "in_progress restore http=0 resumes=1 delay=30"},
        {"updated in the end", RESTORE "rdy app_rdy resume restore=1 restore=100 end=0",
         "updated end 100% http=0 update=0 resumes=1 delay=30"},
        {"twice", RESTORE "rdy app_rdy resume restore=1 rdy app_rdy resume restore=2 end=0",
         "updated end 2% http=0 update=0 resumes=2 delay=30"},
        {"APP RDY behind the resume", RESTORE "rdy resume app_rdy restore=1 end=0",
         "updated end 1% http=0 update=0 resumes=1 delay=30"},
        {"twice before any percentage", RESTORE "rdy resume rdy resume end=0",
         "updated end http=0 update=0 resumes=2 delay=30"},
        {"given up", RESTORE "rdy app_rdy http_start",
         "interrupted restore 40% http=0 delay=30; in_progress download"},
        {"without the resume", RESTORE "rdy restore=1 end=0",
         "updated end 1% http=0 update=0 delay=30 !out_of_order"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, in_the_delay_is_not_in_the_note)
{
    static const struct story_case cases[] = {
        {"boot", DELAY "rdy app_rdy", "download_lost delay 100% http=0 delay=30 !reboot"},
        {"goes on", DELAY "rdy app_rdy update_timeout=30 start",
         "in_progress update http=0 delay=30"},
        {"before the timeout", DOWNLOAD "http_end=0 rdy", "download_lost delay 60% http=0 !reboot"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, elsewhere_harms_nothing)
{
    static const struct story_case cases[] = {
        {"idle", "rdy app_rdy rdy app_rdy", ""},
        {"failed", DOWNLOAD "http_end=702 rdy", "download_failed download 60% http=702"},
        {"reporting", END "rdy report_start rdy report_start report_end=0",
         "updated report 100% http=0 update=0 report=0 delay=30"},
        {"poll failed", "polling_error=-3 rdy", "poll_failed polling poll=-3"},
    };
    EXPECT_STORIES(cases);
}

Test(problems, each)
{
    static const struct story_case cases[] = {
        {"percent going back", DOWNLOAD "downloading=59", "in_progress download 59% !percent_back"},
        {"percent the same", DOWNLOAD "downloading=60", "in_progress download 60%"},
        {"percent of another phase", UPDATE "restore=1", "in_progress restore 1% http=0 delay=30"},
        {"percent out of range", DOWNLOAD "downloading=101 downloading=70",
         "in_progress download 70%"},
        {"delay differs from the one set", "set_delay=20 ok " DELAY,
         "in_progress delay 100% http=0 delay=30 !delay_differs"},
        {"delay differs from the one told", "delay=20 " DELAY,
         "in_progress delay 100% http=0 delay=30 !delay_differs"},
        {"delay as set", "set_delay=30 ok " DELAY, "in_progress delay 100% http=0 delay=30"},
        {"setting the delay failed", "set_delay=30 ok set_delay=20 error " DELAY,
         "in_progress delay 100% http=0 delay=30"},
        {"setting the delay failed, with its echo",
         "delay=10 set_delay=20 set_delay=20 error " DELAY,
         "in_progress delay 100% http=0 delay=30"},
        {"setting the delay failed with a code", "set_delay=20 cme_error=3 " DELAY,
         "in_progress delay 100% http=0 delay=30"},
        {"another error", "set_delay=20 ok error " DELAY,
         "in_progress delay 100% http=0 delay=30 !delay_differs"},
        {"delay that the module does not take", "set_delay=61 " DELAY,
         "in_progress delay 100% http=0 delay=30"},
        {"accept during the download", DOWNLOAD "accept error",
         "in_progress download 60% !accept_misplaced"},
        {"accept before the timeout", DOWNLOAD "http_end=0 accept error",
         "in_progress delay 60% http=0 !accept_misplaced"},
        {"accept during the update", UPDATE "accept error",
         "in_progress update 50% http=0 delay=30 !accept_misplaced"},
        {"accept of something else", DELAY "accept=2 error",
         "in_progress delay 100% http=0 delay=30"},
        {"accept behind a boot", DELAY "rdy accept",
         "download_lost delay 100% http=0 delay=30 !reboot !accept_misplaced"},
        {"a message left out", DELAY "updating=3",
         "in_progress update 3% http=0 delay=30 !out_of_order"},
        {"twice", DELAY "update_timeout=30",
         "in_progress delay 100% http=0 delay=30 !out_of_order"},
        {"END,0 without a restore", UPDATE "end=0",
         "updated end 50% http=0 update=0 delay=30 !out_of_order"},
        {"backwards", UPDATE "downloading=3",
         "in_progress update 50% http=0 delay=30 !missing_end; "
         "in_progress download 3% !out_of_order !missing_start"},
        {"no end", UPDATE "http_start",
         "in_progress update 50% http=0 delay=30 !missing_end; in_progress download"},
        {"report without an end", UPDATE "report_start",
         "in_progress report 50% http=0 delay=30 !out_of_order"},
        {"report without its start", END "rdy report_end=0",
         "updated report 100% http=0 update=0 report=0 delay=30 !out_of_order"},
        {"nothing to report", "polling_error=-1 report_start",
         "poll_failed polling poll=-1; in_progress report !out_of_order !missing_start"},
    };
    EXPECT_STORIES(cases);
}

Test(problems, log_that_starts_late)
{
    static const struct story_case cases[] = {
        {"download", "downloading=50 http_end=702",
         "download_failed download 50% http=702 !missing_start"},
        {"its end", "http_end=0", "in_progress delay http=0 !missing_start"},
        {"delay", "update_timeout=5", "in_progress delay delay=5 !missing_start"},
        {"update", "updating=50 end=504", "update_failed end 50% update=504 !missing_start"},
        {"restore", "restore=50 end=0", "updated end 50% update=0 !missing_start"},
        {"resume", "rdy app_rdy resume restore=5 end=0",
         "updated end 5% update=0 resumes=1 !missing_start"},
        {"end", "end=0 rdy report_start", "updated report update=0 !missing_start"},
        {"report", "rdy report_start report_end=0", "in_progress report report=0 !missing_start"},
    };

    EXPECT_STORIES(cases);
}

Test(times, durations_of_the_phases)
{
    static const struct story_case cases[] = {
        {"each",
         "http_start@100 downloading=50@110 http_end=0@120 update_timeout=30 start@150 "
         "updating=1@151 restore=1@170 restore=9@180 end=0@200 rdy@205 report_start@220 "
         "report_end=0@221",
         "updated report 9% http=0 update=0 report=0 delay=30 started=100 ended=221 "
         "downloading=20 updating=20 restore=30"},
        {"clock going back", "http_start@100 downloading=50@90 http_end=0@95",
         "in_progress delay 50% http=0 started=100 ended=95 downloading=5"},
        {"no times in the middle", "http_start@100 downloading=50@ http_end=702@120",
         "download_failed download 50% http=702 started=100 ended=120"},
        {"a restore with a power loss",
         "restore=1@100 rdy@110 app_rdy@111 resume@112 restore=1@113 end=0@150",
         "updated end 1% update=0 resumes=1 started=100 ended=150 restore=50 !missing_start"},
        {"a boot behind the end of the story", "http_start@10 http_end=701@20 rdy@30 app_rdy@31",
         "download_failed download http=701 started=10 ended=20 downloading=10"},
    };
    EXPECT_STORIES(cases);
}

/* The session behind a story. */
static struct sbfota_session session_after(const char *story)
{
    static struct moment moments[STORY_MAX];
    const size_t count = read_story(story, moments);
    struct sbfota_session session;
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
    }
    return session;
}

Test(host, may_the_power_be_cut)
{
    static const struct {
        const char *story;
        enum sbfota_power power;
        bool accept;
    } cases[] = {
        {"", SBFOTA_POWER_UNKNOWN, false},
        {"rdy app_rdy", SBFOTA_POWER_UNKNOWN, false},
        {"rdy app_rdy polling_time=407", SBFOTA_POWER_SAFE, false},
        {"polling_error=-1", SBFOTA_POWER_SAFE, false},
        {"http_start", SBFOTA_POWER_ENDS_PROCESS, false},
        {DOWNLOAD, SBFOTA_POWER_ENDS_PROCESS, false},
        {DOWNLOAD "rdy", SBFOTA_POWER_SAFE, false},
        {DOWNLOAD "http_end=702", SBFOTA_POWER_SAFE, false},
        {DOWNLOAD "http_end=0", SBFOTA_POWER_FORBIDDEN, false},
        {DELAY, SBFOTA_POWER_FORBIDDEN, true},
        {DELAY "accept ok", SBFOTA_POWER_FORBIDDEN, true},
        {DELAY "start", SBFOTA_POWER_ROLLS_BACK, false},
        {UPDATE, SBFOTA_POWER_ROLLS_BACK, false},
        {UPDATE "rdy", SBFOTA_POWER_SAFE, false},
        {RESTORE, SBFOTA_POWER_FORCES_UPDATE, false},
        {RESTORE "rdy app_rdy", SBFOTA_POWER_FORCES_UPDATE, false},
        {RESTORE "rdy app_rdy resume", SBFOTA_POWER_FORCES_UPDATE, false},
        {END, SBFOTA_POWER_SAFE, false},
        {END "rdy report_start", SBFOTA_POWER_SAFE, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sbfota_session session = session_after(cases[i].story);
        cr_expect_eq(sbfota_session_power(&session), cases[i].power, "%s", cases[i].story);
        cr_expect_eq(sbfota_session_accept_allowed(&session), cases[i].accept, "%s",
                     cases[i].story);
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
}
