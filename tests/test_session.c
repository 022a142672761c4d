/* SPDX-License-Identifier: MIT
 *
 * The session of one modem: stories, and what is told of them. */
#include <criterion/criterion.h>

#include "session_stories.h"

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
        {"polling time", UPDATE "rdy app_rdy polling_time=5",
         "rolled_back update 50% http=0 delay=30 !reboot"},
        {"reported behind the polling time", UPDATE "rdy polling_time=5 report_start report_end=0",
         "rolled_back report 50% http=0 report=0 delay=30 !reboot"},
        {"resumes behind the polling time", UPDATE "rdy polling_time=5 rdy resume restore=1 end=0",
         "updated end 1% http=0 update=0 resumes=1 delay=30 !out_of_order"},
        {"updates anew behind the polling time", UPDATE "rdy polling_time=5 updating=60",
         "rolled_back update 50% http=0 delay=30 !reboot; "
         "in_progress update 60% !out_of_order !missing_start"},
    };
    EXPECT_STORIES(cases);
}

/* Modules of the sibling family boot by themselves in the middle of the update. */
Test(power_loss, during_the_update_may_go_on)
{
    static const struct story_case cases[] = {
        {"updating", UPDATE "rdy app_rdy updating=60",
         "in_progress update 60% http=0 delay=30 !reboot"},
        {"from the beginning", UPDATE "rdy updating=1 restore=1 end=0",
         "updated end 1% http=0 update=0 delay=30 !reboot"},
        {"restoring", UPDATE "rdy restore=1 end=0",
         "updated end 1% http=0 update=0 delay=30 !reboot"},
        {"failing", UPDATE "rdy end=504",
         "update_failed end 50% http=0 update=504 delay=30 !reboot"},
        {"updated without a restore", UPDATE "rdy end=0",
         "updated end 50% http=0 update=0 delay=30 !out_of_order !reboot"},
        {"twice", UPDATE "rdy updating=60 rdy updating=70 restore=1 end=0",
         "updated end 1% http=0 update=0 delay=30 !reboot"},
        {"without its download", "start updating=7 updating=47 rdy updating=60 updating=96 end=0",
         "updated end 96% update=0 !out_of_order !reboot !missing_start"},
        {"starting over is another attempt", UPDATE "rdy start",
         "rolled_back update 50% http=0 delay=30 !reboot; "
         "in_progress update !out_of_order !missing_start"},
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
        {"reported without an end", RESTORE "restore=100 rdy app_rdy report_start report_end=0",
         "unknown report 100% http=0 report=0 delay=30 !missing_end"},
        {"polling time", RESTORE "rdy app_rdy polling_time=5",
         "interrupted restore 40% http=0 delay=30"},
        {"polling time and report", RESTORE "rdy polling_time=5 report_start",
         "unknown report 40% http=0 delay=30 !missing_end"},
        {"resumes behind the polling time", RESTORE "rdy polling_time=5 rdy resume end=0",
         "updated end http=0 update=0 resumes=1 delay=30 !out_of_order"},
    };
    EXPECT_STORIES(cases);
}

Test(power_loss, in_the_delay_is_not_in_the_note)
{
    static const struct story_case cases[] = {
        {"boot", DELAY "rdy app_rdy", "download_lost delay 100% http=0 delay=30 !reboot"},
        {"goes on", DELAY "rdy app_rdy update_timeout=30 start",
         "in_progress update http=0 delay=30 !reboot"},
        {"goes on behind the polling time", DELAY "rdy polling_time=5 update_timeout=30 start",
         "in_progress update http=0 delay=30 !reboot"},
        {"goes on unseen", DELAY "rdy updating=5",
         "in_progress update 5% http=0 delay=30 !out_of_order !reboot"},
        {"ends unseen", DELAY "rdy end=0",
         "updated end 100% http=0 update=0 delay=30 !out_of_order !reboot"},
        {"resumes: the boot was in the restore", DELAY "rdy resume",
         "in_progress restore http=0 resumes=1 delay=30 !out_of_order"},
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
        {"percent out of range is no other one", DOWNLOAD "downloading=101 downloading=20",
         "in_progress download 20% !percent_back"},
        {"percent out of range leaves the last one", DOWNLOAD "downloading=-1",
         "in_progress download 60%"},
        {"percent out of range in another phase", UPDATE "restore=101",
         "in_progress restore http=0 delay=30"},
        {"percent from the beginning behind a boot", UPDATE "rdy updating=1",
         "in_progress update 1% http=0 delay=30 !reboot"},
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
        {"accept behind a failed poll", "polling_error=-1 accept error",
         "poll_failed polling poll=-1 !accept_misplaced"},
        {"accept behind a failed download", "http_start http_end=701 accept error",
         "download_failed download http=701 !accept_misplaced"},
        {"accept behind a download that is lost", DOWNLOAD "rdy accept error",
         "download_lost download 60% !reboot !accept_misplaced"},
        {"accept behind the end", RESTORE "end=0 accept error",
         "updated end 40% http=0 update=0 delay=30 !accept_misplaced"},
        {"accept behind the report", RESTORE "end=0 rdy report_start report_end=0 accept error",
         "updated report 40% http=0 update=0 report=0 delay=30 !accept_misplaced"},
        {"timeout that is none", DELAY "update_timeout=70000",
         "in_progress delay 100% http=0 !out_of_order"},
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
         "unknown update 50% http=0 delay=30 !missing_end; "
         "in_progress download 3% !out_of_order !missing_start"},
        {"no end", UPDATE "http_start",
         "unknown update 50% http=0 delay=30 !missing_end; in_progress download"},
        {"report without an end", UPDATE "report_start",
         "unknown report 50% http=0 delay=30 !out_of_order !missing_end"},
        {"report without its start", END "rdy report_end=0",
         "updated report 100% http=0 update=0 report=0 delay=30 !out_of_order"},
        {"nothing to report", "polling_error=-1 report_start",
         "poll_failed polling poll=-1; unknown report !out_of_order !missing_start !missing_end"},
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
        {"report", "rdy report_start report_end=0",
         "unknown report report=0 !missing_start !missing_end"},
        {"end of a report", "report_end=0", "unknown report report=0 !missing_start !missing_end"},
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
        {"no times in the middle", "http_start@100 downloading=50@ http_end=702@120",
         "download_failed download 50% http=702 started=100 ended=120"},
        {"a restore with a power loss",
         "updating=99@90 restore=1@100 rdy@110 app_rdy@111 resume@112 restore=1@113 end=0@150",
         "updated end 1% update=0 resumes=1 started=90 ended=150 restore=50 !missing_start"},
        {"an update with a boot",
         "start@100 updating=1@110 rdy@115 updating=1@120 updating=9@130 restore=1@140",
         "in_progress restore 1% started=100 ended=140 updating=40 restore=0 !reboot "
         "!missing_start"},
        {"a boot behind the end of the story", "http_start@10 http_end=701@20 rdy@30 app_rdy@31",
         "download_failed download http=701 started=10 ended=20 downloading=10"},
    };
    EXPECT_STORIES(cases);
}

Test(times, a_phase_without_its_end_lasts_to_its_last_message)
{
    static const struct story_case cases[] = {
        {"download, and a boot", "http_start@10 downloading=5@20 rdy@21610",
         "download_lost download 5% started=10 ended=21610 downloading=10 !reboot"},
        {"download, and a hole", "http_start@10 downloading=5@20 start@900",
         "in_progress update started=10 ended=900 downloading=10 updating=0 !out_of_order"},
        {"download of one message", "http_start@10 rdy@900",
         "download_lost download started=10 ended=900 downloading=0 !reboot"},
        {"update, and a boot", "start@10 updating=5@20 rdy@21610",
         "rolled_back update 5% started=10 ended=21610 updating=10 !reboot !missing_start"},
        {"update, and a failure", "start@10 updating=5@20 end=504@25",
         "update_failed end 5% update=504 started=10 ended=25 updating=10 !missing_start"},
        {"restore, and a boot", "updating=99@0 restore=5@20 restore=6@30 rdy@21610",
         "interrupted restore 6% started=0 ended=21610 restore=10 !missing_start"},
        {"restore, and a report", "updating=99@0 restore=5@20 restore=6@30 report_start@99",
         "unknown report 6% started=0 ended=99 restore=10 !out_of_order !missing_start "
         "!missing_end"},
    };
    EXPECT_STORIES(cases);
}

Test(times, a_phase_without_its_first_message_has_no_duration)
{
    static const struct story_case cases[] = {
        {"download", "downloading=5@10 http_end=701@20",
         "download_failed download 5% http=701 started=10 ended=20 !missing_start"},
        {"update", "http_start@0 http_end=0@5 updating=5@10 restore=1@20 end=0@30",
         "updated end 1% http=0 update=0 started=0 ended=30 downloading=5 restore=10 "
         "!out_of_order"},
        {"restore", "restore=5@10 end=0@20",
         "updated end 5% update=0 started=10 ended=20 !missing_start"},
        {"restore, behind a hole", "update_timeout=5@0 restore=5@10 end=0@20",
         "updated end 5% update=0 delay=5 started=0 ended=20 !out_of_order !missing_start"},
        {"restore that is resumed", "updating=99@0 rdy@5 resume@6 restore=5@10 end=0@20",
         "updated end 5% update=0 resumes=1 started=0 ended=20 !missing_start"},
        {"one without a time", "http_start http_end=701@20",
         "download_failed download http=701 ended=20"},
    };
    EXPECT_STORIES(cases);
}

Test(times, a_clock_that_jumps_tells_no_duration)
{
    static const struct story_case cases[] = {
        {"going back", "http_start@100 downloading=50@90 http_end=0@95",
         "in_progress delay 50% http=0 started=100 ended=95 !clock_jump"},
        {"a late line", "http_start@100 downloading=50@110 downloading=60@109 http_end=0@120",
         "in_progress delay 60% http=0 started=100 ended=120 !clock_jump"},
        {"from 1970", "http_start@100 http_end=0@1767225600",
         "in_progress delay http=0 started=100 ended=1767225600 !clock_jump"},
        {"a day is no leap", "http_start@0 http_end=0@86400",
         "in_progress delay http=0 started=0 ended=86400 downloading=86400"},
        {"over a day is one", "http_start@0 http_end=0@86401",
         "in_progress delay http=0 started=0 ended=86401 !clock_jump"},
        {"two days in steps", "http_start@0 downloading=1@86000 http_end=0@172000",
         "in_progress delay 1% http=0 started=0 ended=172000 downloading=172000"},
        {"only of its phase",
         "http_start@100 http_end=0@110 start@120 updating=5@90 restore=1@99 end=0@103",
         "updated end 1% http=0 update=0 delay=0 started=100 ended=103 downloading=10 restore=4 "
         "!clock_jump"},
        {"between the phases", "http_start@100 http_end=0@110 start@20 restore=1@30",
         "in_progress restore 1% http=0 delay=0 started=100 ended=30 downloading=10 updating=10 "
         "restore=0"},
        {"at a boot that the restore goes on behind",
         "updating=9@90 restore=1@100 rdy@5 resume@6 end=0@9",
         "updated end update=0 resumes=1 started=90 ended=9 !missing_start !clock_jump"},
        {"at a boot that ends it", "http_start@100 downloading=3@110 rdy@5",
         "download_lost download 3% started=100 ended=5 downloading=10 !reboot"},
        {"days off in the restore",
         "updating=9@0 restore=1@10 rdy@900000 resume@900001 end=0@900009",
         "updated end update=0 resumes=1 started=0 ended=900009 !missing_start !clock_jump"},
    };
    EXPECT_STORIES(cases);
}

Test(times, a_duration_that_has_no_number_is_the_greatest)
{
    struct sbfota_session session = session_after("http_start@0");
    struct sbfota_attempt attempt;
    for (int64_t day = 1; day <= 60; day++) {
        const struct sbfota_event event = {.kind = SBFOTA_DOWNLOADING, .value = (int32_t)day};
        struct sbfota_change change;
        sbfota_session_feed(&session, &event, day * 86400000, &change);
        cr_assert(sbfota_session_attempt(&session, &attempt));
        cr_assert_eq(attempt.downloading_ms,
                     day < 50 ? (uint32_t)day * 86400000U : SBFOTA_NO_DURATION - 1);
    }
}

/* Accept, as the session shows it, and what the attempt tells of it. */
Test(accept, is_sent_acknowledged_or_refused)
{
    static const struct {
        const char *story;
        enum sbfota_accept accept;
        bool allowed;
        const char *attempt;
    } cases[] = {
        {"http_start accept ok", SBFOTA_ACCEPT_UNSENT, false,
         "in_progress download !accept_misplaced"},
        {"update_timeout=30", SBFOTA_ACCEPT_UNSENT, true,
         "in_progress delay delay=30 !missing_start"},
        {"update_timeout=30 accept", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept ok", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept accept ok", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept ok accept error", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept ok start", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress update accepted delay=30 !missing_start"},
        {"update_timeout=30 accept error", SBFOTA_ACCEPT_REFUSED, true,
         "in_progress delay delay=30 !missing_start !accept_refused"},
        {"update_timeout=30 accept cme_error=3", SBFOTA_ACCEPT_REFUSED, true,
         "in_progress delay delay=30 !missing_start !accept_refused"},
        {"update_timeout=30 accept error accept ok", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress delay accepted delay=30 !missing_start !accept_refused"},
        /* messages come between a command and its answer */
        {"update_timeout=30 accept start ok", SBFOTA_ACCEPT_ACKNOWLEDGED, false,
         "in_progress update accepted delay=30 !missing_start"},
        {"update_timeout=30 accept start updating=1 error", SBFOTA_ACCEPT_REFUSED, false,
         "in_progress update 1% delay=30 !missing_start !accept_refused"},
        /* a boot and the next command end the wait */
        {"update_timeout=30 accept query_delay ok", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept test_qcfgext error", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept set_delay=30 error", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept=1 accept=2 error", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        {"update_timeout=30 accept rdy ok", SBFOTA_ACCEPT_SENT, false,
         "download_lost delay accepted delay=30 !reboot !missing_start"},
        {"update_timeout=30 accept app_rdy error", SBFOTA_ACCEPT_SENT, false,
         "download_lost delay accepted delay=30 !reboot !missing_start"},
        {"update_timeout=30 ok accept", SBFOTA_ACCEPT_SENT, true,
         "in_progress delay accepted delay=30 !missing_start"},
        /* the next UPDATE_TIMEOUT may be accepted anew */
        {"update_timeout=30 accept ok rdy update_timeout=30", SBFOTA_ACCEPT_UNSENT, true,
         "in_progress delay accepted delay=30 !reboot !missing_start"},
        {"update_timeout=30 accept rdy update_timeout=30 accept error", SBFOTA_ACCEPT_REFUSED, true,
         "in_progress delay accepted delay=30 !reboot !missing_start !accept_refused"},
        {"update_timeout=30 accept ok http_start", SBFOTA_ACCEPT_UNSENT, false,
         "unknown delay accepted delay=30 !missing_start !missing_end; in_progress download"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sbfota_session session = session_after(cases[i].story);
        char got[TEXT_MAX];
        tell_story(cases[i].story, got);
        cr_expect_eq(sbfota_session_accept(&session), cases[i].accept, "%s", cases[i].story);
        cr_expect_eq(sbfota_session_accept_allowed(&session), cases[i].allowed, "%s",
                     cases[i].story);
        cr_expect_str_eq(got, cases[i].attempt, "%s\n  got %s", cases[i].story, got);
    }
}

Test(repeats, are_no_news)
{
    static const struct story_case cases[] = {
        {"a millisecond apart", "http_start@1 http_start@1.001 downloading=5@2",
         "in_progress download 5% started=1 ended=2 downloading=1"},
        {"a second apart", "http_start@1 http_start@2 downloading=5@3",
         "in_progress download 5% started=1 ended=3 downloading=2"},
        {"over a second apart", "http_start@1 http_start@2.001",
         "download_lost download started=1 ended=1 downloading=0; "
         "in_progress download started=2 ended=2 downloading=0"},
        {"three times", "polling_error=-1@1 polling_error=-1@2 polling_error=-1@3",
         "poll_failed polling poll=-1 started=1 ended=3"},
        {"with the time of another way", "http_start@2 http_start@1.5 http_end=0@3",
         "in_progress delay http=0 started=2 ended=3 downloading=1"},
        {"of another value", "polling_error=-1@1 polling_error=-3@1",
         "poll_failed polling poll=-1 started=1 ended=1; "
         "poll_failed polling poll=-3 started=1 ended=1"},
        {"behind another message", "http_start@1 downloading=0@1 http_start@1",
         "download_lost download 0% started=1 ended=1 downloading=0; "
         "in_progress download started=1 ended=1 downloading=0"},
        {"behind a boot", "resume@1 rdy@1 resume@1",
         "in_progress restore resumes=2 started=1 ended=1 !missing_start"},
        {"behind a result code", "http_start@1 ok http_start@1",
         "in_progress download started=1 ended=1 downloading=0"},
        {"of a resume", "resume@1 resume@1.5",
         "in_progress restore resumes=1 started=1 ended=1 !missing_start"},
        {"of an end", "end=0@1 end=0@1", "updated end update=0 started=1 ended=1 !missing_start"},
        {"of another end", "end=0@1 end=504@1",
         "update_failed end update=504 started=1 ended=1 !out_of_order !missing_start"},
        {"of UPDATE_TIMEOUT", "update_timeout=30@1 update_timeout=30@1",
         "in_progress delay delay=30 started=1 ended=1 !missing_start"},
        {"of UPDATE_TIMEOUT with another delay", "update_timeout=30@1 update_timeout=20@1",
         "in_progress delay delay=20 started=1 ended=1 !out_of_order !delay_differs "
         "!missing_start"},
        {"of an UPDATE_TIMEOUT that is none", "update_timeout=-1@1 update_timeout=-1@1",
         "in_progress delay started=1 ended=1 !out_of_order !missing_start"},
        {"behind a command that sets the delay",
         "update_timeout=30@1 set_delay=20 ok update_timeout=30@1",
         "in_progress delay delay=30 started=1 ended=1 !delay_differs !missing_start"},
        {"of the end of a report", "report_end=0@1 report_end=0@1",
         "unknown report report=0 started=1 ended=1 !missing_start !missing_end"},
        {"without times", "polling_error=-1 polling_error=-1",
         "poll_failed polling poll=-1; poll_failed polling poll=-1"},
    };
    EXPECT_STORIES(cases);
    struct sbfota_session session = session_after("http_start@1");
    struct sbfota_event event = {.kind = SBFOTA_HTTP_START};
    struct sbfota_change change;
    sbfota_session_feed(&session, &event, 1001, &change);
    cr_expect_eq(change.what, (unsigned)SBFOTA_CHANGE_BELONGS | SBFOTA_CHANGE_REPEAT);
    event.spelling = SBFOTA_SPELLING_BLANK_1; /* another spelling is another message */
    sbfota_session_feed(&session, &event, 1002, &change);
    cr_expect(change.what & SBFOTA_CHANGE_BEGAN);
    event.flags = SBFOTA_FLAG_NONCANONICAL;
    sbfota_session_feed(&session, &event, 1003, &change);
    cr_expect(change.what & SBFOTA_CHANGE_BEGAN);
}

/* The attempt behind a story and one more event with these flags. */
static void expect_flagged(const char *story, const char *last, unsigned flags,
                           const char *expected)
{
    struct sbfota_session session = session_after(story);
    struct moment moment = {.time = SBFOTA_NO_TIME};
    struct sbfota_attempt attempt;
    struct sbfota_change change;
    char got[TEXT_MAX] = "";
    read_moment(last, &moment);
    moment.event.flags = (uint8_t)flags;
    sbfota_session_feed(&session, &moment.event, moment.time, &change);
    if (sbfota_session_attempt(&session, &attempt))
        add_attempt(got, &attempt);
    cr_expect_str_eq(got, expected, "%s %s: got %s", story, last, got);
}

Test(problems, of_lines_that_are_not_whole)
{
    enum {
        CUT = SBFOTA_FLAG_UNENDED
    };
    expect_flagged("", "malformed", 0, "");
    expect_flagged("http_start", "malformed", 0, "in_progress download !malformed");
    expect_flagged("http_start", "malformed", CUT, "in_progress download !malformed !unended");
    expect_flagged("http_start", "end=50", CUT,
                   "update_failed end update=50 !out_of_order !unended");
    expect_flagged("http_start", "downloading=5", CUT, "in_progress download 5% !unended");
    expect_flagged("http_start", "other", CUT, "in_progress download");
    expect_flagged("http_start", "rdy", CUT, "download_lost download !reboot");
    expect_flagged("", "polling_error=-1", CUT, "poll_failed polling poll=-1 !unended");
}
