/* SPDX-License-Identifier: MIT
 *
 * The host's side of the dialogue: which answers are its own, a port that others use, restarts, the power. */
#include "host_script.h"

Test(answers, first_result_code_behind_the_command)
{
    static const struct script_case cases[] = {
        {"an OK without a delay is another's", 30, "ok +200 delay=30 ok", "query@0 verified"},
        {"an OK behind the pause is late", 30, "+300 delay=30 ok +1000 ok +100 delay=30 ok",
         "query@0 query@1300 verified"},
        {"an OK behind a delay that was not asked for", 30,
         "+100 delay=0 ok delay=0 ok ok delay=30 ok", "query@0 set=30@100 query@100 verified"},
        {"URCs stand inside the answer", 30, "other polling_time=100 delay=30 other http_start ok",
         "query@0 verified"},
        {"two results", 30, "delay=0 ok ok ok delay=30 ok", "query@0 set=30@0 query@0 verified"},
        {"the echo", 30, "query_delay delay=0 ok set_delay=30 ok query_delay delay=30 ok",
         "query@0 set=30@0 query@0 verified"},
        {"an OK before the echo is another's", 30, "query_delay delay=0 ok ok set_delay=30 +200",
         "query@0 set=30@0 pending"},
        {"a delay before the echo is another's", 30,
         "query_delay delay=0 ok set_delay=30 ok delay=30 ok query_delay delay=30 +100 ok",
         "query@0 set=30@0 query@0 verified"},
        {"the echo is off by now", 30, "query_delay delay=0 ok ok +1300 ok delay=30 ok",
         "query@0 set=30@0 set=30@1300 query@1300 verified"},
        {"half an echo", 30, "query_delay delay=0 ok other ok +1300 ok",
         "query@0 set=30@0 set=30@1300 query@1300 pending"},
        {"the echo comes late", 30, "+400 query_delay delay=30 ok +900 query_delay delay=30 ok",
         "query@0 query@1300 verified"},
        {"the echo comes later still", 30, "+1700 query_delay +3900 query_delay delay=30 ok",
         "query@0 query@1300 query@5600 verified"},
        {"a command of another that sets the same", 30, "delay=30 ok set_delay=30 ok +60000",
         "query@0 verified"},
        {"an answer that came in time is taken late", 30, "delay=30 ok", "query@0 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(port, is_claimed_by_the_caller)
{
    static const struct script_case cases[] = {
        {"while a command is under way", 30, "claim", "query@0 busy pending"},
        {"behind it", 30, "delay=30 ok claim", "query@0 claimed verified"},
        {"in a pause", 30, "+300 claim +60000 release", "query@0 claimed query@60300 pending"},
        {"nothing is sent meanwhile", 30,
         "ready delay=30 ok claim http_end=0 update_timeout=30 +10000", "query@0 claimed verified"},
        {"but then", 30, "ready delay=30 ok claim http_end=0 update_timeout=30 +10000 ok release",
         "query@0 claimed accept@10000 verified"},
        {"its results are its own", 30, "+300 claim error delay=30 ok ok +5000 release delay=30 ok",
         "query@0 claimed query@5300 verified"},
        {"a query of its own is no late echo", 30,
         "+300 claim query_delay delay=30 ok +5000 release", "query@0 claimed query@5300 pending"},
        {"released unclaimed", 30, "release delay=30 ok release", "query@0 verified"},
        {"a boot leaves it claimed", 30, "delay=30 ok claim rdy app_rdy +60000",
         "query@0 claimed pending"},
    };
    EXPECT_SCRIPTS(cases);
}

/* After a restart of the host. */
Test(restart, goes_on)
{
    static const struct script_case cases[] = {
        {"the delay is seen to anew", 30, VERIFIED "+1000 restart delay=30 ok",
         "query@0 query@1000 verified"},
        {"in the window", 30, WINDOW "restart +1000 ready ok +1000",
         WINDOW_TEXT "accept@2000 pending"},
        {"accepted before", 30, "ready " WINDOW "ok restart ready +20000",
         WINDOW_TEXT "accept@1000 pending"},
        {"sent twice before", 30, "ready " WINDOW "+5000 restart ready +20000",
         WINDOW_TEXT "accept@1000 accept@2300 accept@6000 pending"},
    };
    EXPECT_SCRIPTS(cases);
}

/* "yes" or "no" to each "?": may the power be cut? */
static void ask_power(const char *script, char text[TEXT_MAX])
{
    static struct run run;
    memset(&run, 0, sizeof run);
    sbfota_host_init(&run.host, SBFOTA_NO_DELAY);
    text[0] = '\0';
    while (*script != '\0') {
        if (*script == '?') {
            strcat(text, sbfota_host_may_cut(&run.host) ? "yes " : "no ");
            script += 1 + strspn(script + 1, " ");
        } else {
            script = step(&run, script);
        }
    }
}

Test(power, may_be_cut_when_a_message_says_so)
{
    static const struct script_case cases[] = {
        {"nothing is known", 0, "? rdy ? app_rdy ? ok ?", "no no no no "},
        {"idle", 0, "polling_time=1000 ?", "yes "},
        {"an update", 0,
         "polling_time=1000 http_start ? downloading=100 ? http_end=0 ? update_timeout=30 ? start "
         "? "
         "updating=100 ? restore=1 ? end=0 ? rdy app_rdy report_start report_end=0 ?",
         "no no no no no no no yes yes "},
        {"a command is under way", 0, "polling_time=1000 want=30 ? delay=0 ok ? ok ? delay=30 ok ?",
         "no no no yes "},
        {"a restart", 0, "polling_time=1000 ? restart ? rdy app_rdy ? polling_time=990 ?",
         "yes no no yes "},
        {"a restart in the update", 0, "start updating=5 restart ? end=0 ?", "no yes "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[TEXT_MAX];
        ask_power(cases[i].script, got);
        cr_expect_str_eq(got, cases[i].expected, "%s: %s\n  expected %s\n  got      %s",
                         cases[i].name, cases[i].script, cases[i].expected, got);
    }
}
