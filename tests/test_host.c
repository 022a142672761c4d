/* SPDX-License-Identifier: MIT
 *
 * The host's side of the dialogue: scripts of what the module says and the caller does, and what is
 * sent then. */
#include <criterion/criterion.h>

#include <sbfota/host.h>

#include "session_support.h"

/* A script runs on a clock of its own, from 0 ms. */
struct run {
    struct sbfota_host host;
    int64_t now;
    int64_t next; /* to be polled then, or SBFOTA_NO_TIME */
    char text[TEXT_MAX];
};

/* Send what is to be sent: "query@ms", "set=30@ms", "accept@ms". */
static void poll_run(struct run *run)
{
    struct sbfota_event event;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again = 0;
    const size_t length = sbfota_host_poll(&run->host, run->now, out, sizeof out, &again);
    run->next = again == SBFOTA_NO_DURATION ? SBFOTA_NO_TIME : run->now + again;
    if (length == 0)
        return;
    cr_expect_eq(out[length - 1], '\r');
    sbfota_decode_line(out, length, &event);
    const size_t used = strlen(run->text);
    char *const to = run->text + used;
    const char *const gap = used > 0 ? " " : "";
    const long at = (long)run->now;
    if (event.kind == SBFOTA_QUERY_DELAY)
        snprintf(to, TEXT_MAX - used, "%squery@%ld", gap, at);
    else if (event.kind == SBFOTA_SET_DELAY)
        snprintf(to, TEXT_MAX - used, "%sset=%d@%ld", gap, (int)event.value, at);
    else if (event.kind == SBFOTA_ACCEPT && event.value == 1)
        snprintf(to, TEXT_MAX - used, "%saccept@%ld", gap, at);
    else
        snprintf(to, TEXT_MAX - used, "%s?%.*s", gap, (int)length, out);
}

/* Let time pass, polling when it is asked for. */
static void pass(struct run *run, int64_t ms)
{
    const int64_t end = run->now + ms;
    while (run->next != SBFOTA_NO_TIME && run->next <= end) {
        run->now = run->next;
        poll_run(run);
    }
    run->now = end;
    poll_run(run);
}

static bool is_word(const char *script, const char *word)
{
    const size_t length = strlen(word);
    return strncmp(script, word, length) == 0 && (script[length] == ' ' || script[length] == '\0');
}

/* What the caller does, by its word; false if it is none of these. */
static bool act(struct run *run, const char *script)
{
    if (is_word(script, "ready") || is_word(script, "unready"))
        sbfota_host_ready(&run->host, script[0] == 'r');
    else if (is_word(script, "claim"))
        strcat(run->text, sbfota_host_claim(&run->host) ? " claimed" : " busy");
    else if (is_word(script, "release"))
        sbfota_host_release(&run->host);
    else if (strncmp(script, "want=", 5) == 0)
        sbfota_host_set_delay(&run->host, (unsigned)atoi(script + 5));
    else if (is_word(script, "restart")) {
        uint8_t saved[SBFOTA_HOST_SAVED];
        const unsigned wanted = run->host.wanted == 255 ? SBFOTA_NO_DELAY : run->host.wanted;
        sbfota_host_save(&run->host, saved);
        memset(&run->host, 0xa5, sizeof run->host);
        sbfota_host_init(&run->host, wanted);
        cr_expect(sbfota_host_load(&run->host, saved));
    } else
        return false;
    return true;
}

/* "+ms", what the caller does, or an event. */
static const char *step(struct run *run, const char *script)
{
    struct moment moment;
    struct sbfota_change change;
    char *end;
    if (*script == '+') {
        pass(run, strtol(script + 1, &end, 10));
        return end + strspn(end, " ");
    }
    if (act(run, script)) {
        script += strcspn(script, " ");
        script += strspn(script, " ");
    } else {
        moment.time = SBFOTA_NO_TIME;
        script = read_moment(script, &moment);
        sbfota_host_event(&run->host, &moment.event, run->now, &change);
    }
    poll_run(run);
    return script;
}

static const char *const delay_states[] = {"any",     "pending", "verified", "mute",
                                           "refused", "differs", "reboots"};

static void run_script(struct run *run, unsigned delay, const char *script)
{
    memset(run, 0, sizeof *run);
    sbfota_host_init(&run->host, delay);
    poll_run(run);
    while (*script != '\0')
        script = step(run, script);
    strcat(strcat(run->text, " "), delay_states[sbfota_host_delay_state(&run->host)]);
}

struct script_case {
    const char *name;
    unsigned delay;
    const char *script;
    const char *expected;
};

static void expect_scripts(const struct script_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        static struct run run;
        run_script(&run, cases[i].delay, cases[i].script);
        const char *const got = run.text + (run.text[0] == ' ');
        cr_expect_str_eq(got, cases[i].expected, "%s: %s\n  expected %s\n  got      %s",
                         cases[i].name, cases[i].script, cases[i].expected, got);
    }
}
#define EXPECT_SCRIPTS(cases) expect_scripts((cases), sizeof(cases) / sizeof((cases)[0]))

/* The module has the delay; and behind it, with the update's first half. */
#define VERIFIED "delay=30 ok "
#define WINDOW VERIFIED "+1000 http_start http_end=0 update_timeout=30 "
#define WINDOW_TEXT "query@0 "

Test(delay, is_set_if_it_differs)
{
    static const struct script_case cases[] = {
        {"it is right", 30, "delay=30 ok +60000", "query@0 verified"},
        {"it differs", 30, "delay=0 ok ok delay=30 ok +60000", "query@0 set=30@0 query@0 verified"},
        {"of 0", 0, "delay=60 ok ok delay=0 ok +60000", "query@0 set=0@0 query@0 verified"},
        {"of 60", 60, "delay=60 ok", "query@0 verified"},
        {"the module tells one out of range", 30, "delay=61 ok", "query@0 set=30@0 pending"},
        {"the module tells a negative one", 30, "delay=-226 ok", "query@0 set=30@0 pending"},
        {"left alone", SBFOTA_NO_DELAY, "rdy app_rdy +60000", "any"},
        {"one that no module has is left alone", 61, "rdy app_rdy +60000", "any"},
        {"another one is wanted", 30, "delay=30 ok want=20 delay=30 ok ok delay=20 ok",
         "query@0 query@0 set=20@0 query@0 verified"},
        {"another one is wanted while one is set", 30,
         "delay=0 ok want=20 ok delay=30 ok ok delay=20 ok",
         "query@0 set=30@0 query@0 set=20@0 query@0 verified"},
        {"none is wanted while one is set", 30, "delay=0 ok want=65535 ok +60000",
         "query@0 set=30@0 any"},
        {"another one is wanted while the module is mute", 30, "want=20 +1300",
         "query@0 query@1300 pending"},
        {"one that no module has changes nothing", 30, "delay=30 ok want=61 +60000",
         "query@0 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_seen_to_after_each_boot)
{
    static const struct script_case cases[] = {
        {"1 s behind APP RDY", 30, VERIFIED "+10000 rdy +2000 app_rdy +1000",
         "query@0 query@13000 pending"},
        {"5 s behind an RDY alone", 30, VERIFIED "+10000 rdy +5000", "query@0 query@15000 pending"},
        {"APP RDY alone", 30, VERIFIED "+10000 app_rdy +1100 delay=30 ok +4900 app_rdy +1000",
         "query@0 query@11000 query@17000 pending"},
        {"the module boots in the middle of a command", 30,
         "+200 rdy +300 app_rdy +2000 delay=30 ok", "query@0 query@1500 pending"},
        {"and in the middle of another", 30, "+200 rdy +300 app_rdy +1000 delay=30 ok",
         "query@0 query@1500 verified"},
        {"an answer from before the boot is none", 30, "rdy delay=30 ok app_rdy delay=30 ok +1000",
         "query@0 query@1000 pending"},
        {"tries begin anew", 30, "+10000 app_rdy +10000",
         "query@0 query@1300 query@5600 query@11000 query@12300 query@16600 mute"},
        {"given up before a boot that was missed", 30, "+10000 polling_time=1000 delay=30 ok",
         "query@0 query@1300 query@5600 query@10000 verified"},
        {"the module boots at the command", 30,
         "rdy app_rdy +1100 rdy app_rdy +1100 rdy app_rdy +60000",
         "query@0 query@1000 query@2100 reboots"},
        {"and behind a while", 30,
         "+20000 rdy app_rdy +20000 rdy app_rdy +20000 rdy +100 app_rdy polling_time=9 +60000",
         "query@0 query@1300 query@5600 query@21000 query@22300 query@26600 query@41000 "
         "query@42300 "
         "query@46600 reboots"},
        {"and then by itself", 30, "rdy +5100 rdy +5100 rdy +5100 rdy +5000 delay=30 ok",
         "query@0 query@5000 query@10100 query@20300 verified"},
        {"it answers the query only", 30,
         "rdy +5100 rdy +5100 delay=0 ok rdy +5100 rdy +5100 delay=30 ok",
         "query@0 query@5000 query@10100 set=30@10200 query@20300 verified"},
        {"a polling time alone is no boot", 30, VERIFIED "polling_time=1000 +60000",
         "query@0 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_given_up_after_three_tries)
{
    static const struct script_case cases[] = {
        {"no answer", 30, "+3600000", "query@0 query@1300 query@5600 mute"},
        {"no answer to the setting", 30, "delay=0 ok +3600000",
         "query@0 set=30@0 set=30@1300 set=30@5600 mute"},
        {"no answer to the second query", 30, "delay=0 ok ok +3600000",
         "query@0 set=30@0 query@0 query@1300 query@5600 mute"},
        {"refused", 30, "error +1000 cme_error=3 +4000 error +3600000",
         "query@0 query@1000 query@5000 refused"},
        {"the setting is refused", 30, "delay=0 ok error +1000 error +4000 error +3600000",
         "query@0 set=30@0 set=30@1000 set=30@5000 refused"},
        {"refused, then mute", 30, "error +1000 error +60000",
         "query@0 query@1000 query@5000 mute"},
        {"an answer at the third try", 30, "+5600 delay=30 ok",
         "query@0 query@1300 query@5600 verified"},
        {"tries are of one command", 30, "+5600 delay=0 ok +5600 ok +5600 delay=30 ok",
         "query@0 query@1300 query@5600 set=30@5600 set=30@6900 set=30@11200 query@11200 "
         "query@12500 query@16800 verified"},
        {"it stays another", 30,
         "delay=0 ok ok delay=0 ok +1000 ok delay=0 ok +4000 ok delay=0 ok +3600000",
         "query@0 set=30@0 query@0 set=30@1000 query@1000 set=30@5000 query@5000 differs"},
        {"it is set by another host", 30,
         VERIFIED "+1000 set_delay=10 ok delay=10 ok ok delay=30 ok",
         "query@0 query@1000 set=30@1000 query@1000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_not_touched_during_an_update)
{
    static const struct script_case cases[] = {
        {"it boots into the restore", 30,
         WINDOW
         "start updating=100 restore=4 rdy app_rdy resume +60000 restore=50 +1000 end=0 +60000",
         WINDOW_TEXT "pending"},
        {"and is done", 30,
         WINDOW
         "start updating=100 restore=4 rdy app_rdy resume restore=50 end=0 +5000 rdy app_rdy +1000",
         WINDOW_TEXT "query@7000 pending"},
        {"found in the restore", SBFOTA_NO_DELAY, "restore=4 want=30 +60000 end=0 rdy +60000 +1000",
         "query@65000 query@66300 query@70600 mute"},
        {"while it downloads", 30, "+10000 http_start downloading=2 want=20 delay=20 ok",
         "query@0 query@1300 query@5600 query@10000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(accept, is_sent_once_in_a_window)
{
    static const struct script_case cases[] = {
        {"in the window", 30, WINDOW "+1000 ready ok +25000", WINDOW_TEXT "accept@2000 verified"},
        {"ready before it", 30, "ready " WINDOW "ok +29000", WINDOW_TEXT "accept@1000 verified"},
        {"not ready", 30, WINDOW "+60000", WINDOW_TEXT "verified"},
        {"not ready any more", 30, "ready unready " WINDOW "+60000", WINDOW_TEXT "verified"},
        {"refused", 30, "ready " WINDOW "error +29000", WINDOW_TEXT "accept@1000 verified"},
        {"no answer", 30, "ready " WINDOW "+60000",
         WINDOW_TEXT "accept@1000 accept@2300 accept@6600 verified"},
        {"no answer, and it starts", 30, "ready " WINDOW "+500 start +60000",
         WINDOW_TEXT "accept@1000 verified"},
        {"it starts before the OK", 30, "ready " WINDOW "start ok +60000",
         WINDOW_TEXT "accept@1000 verified"},
        {"behind START", 30, WINDOW "start ready +60000", WINDOW_TEXT "verified"},
        {"START was lost", 30, WINDOW "updating=1 ready +60000", WINDOW_TEXT "verified"},
        {"without a window", 30, VERIFIED "ready http_start downloading=1 http_end=0 +60000",
         "query@0 verified"},
        {"behind a failed download", 30, WINDOW "http_end=702 ready +60000",
         WINDOW_TEXT "verified"},
        {"behind a boot", 30, WINDOW "rdy ready +4000", WINDOW_TEXT "pending"},
        {"in a window behind a boot", 30, "ready " WINDOW "ok rdy +3000 update_timeout=30 +2000",
         WINDOW_TEXT "accept@1000 accept@6000 pending"},
        {"not in its last second", 30, WINDOW "+28999 ready", WINDOW_TEXT "accept@29999 verified"},
        {"nor in it", 30, WINDOW "+29000 ready +60000", WINDOW_TEXT "verified"},
        {"a window of a second", 30, "ready " VERIFIED "http_end=0 update_timeout=1 +60000",
         "query@0 verified"},
        {"behind the query that is under way", 30, "ready http_end=0 update_timeout=30 delay=30 ok",
         "query@0 accept@0 verified"},
        {"behind the pause of a mute query", 30, "ready http_end=0 update_timeout=30 +1300",
         "query@0 accept@1300 pending"},
        {"again in the next window", 30,
         "ready " WINDOW
         "ok start updating=1 end=504 http_start http_end=0 update_timeout=30 error",
         WINDOW_TEXT "accept@1000 accept@1000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

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

static bool give(struct sbfota_host *host, unsigned kind, int32_t value, int64_t now)
{
    const struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
    struct sbfota_change change;
    return sbfota_host_event(host, &event, now, &change);
}

Test(events, of_the_dialogue_are_told_apart)
{
    struct sbfota_host host;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again;
    sbfota_host_init(&host, 30);
    cr_expect_not(give(&host, SBFOTA_OK, 0, 0));
    sbfota_host_poll(&host, 0, out, sizeof out, &again);
    cr_expect(give(&host, SBFOTA_QUERY_DELAY, 0, 0));
    cr_expect_not(give(&host, SBFOTA_QUERY_DELAY, 0, 0), "a second echo is another's command");
    cr_expect_not(give(&host, SBFOTA_OTHER, 0, 0));
    cr_expect_not(give(&host, SBFOTA_HTTP_START, 0, 0));
    cr_expect_not(give(&host, SBFOTA_OK, 0, 0), "no delay was told");
    cr_expect(give(&host, SBFOTA_DELAY, 30, 0));
    cr_expect(give(&host, SBFOTA_OK, 0, 0));
    cr_expect_not(give(&host, SBFOTA_OK, 0, 0));
    cr_expect_not(give(&host, SBFOTA_DELAY, 30, 0));
    cr_expect_not(give(&host, SBFOTA_NONE, 0, 0));
    cr_expect_not(give(&host, SBFOTA_ACCEPT, 1, 0));
}

Test(session, sees_only_what_is_the_dialogues)
{
    struct sbfota_host host;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again;
    struct sbfota_attempt attempt;
    sbfota_host_init(&host, SBFOTA_NO_DELAY);
    give(&host, SBFOTA_HTTP_END, 0, 0);
    give(&host, SBFOTA_UPDATE_TIMEOUT, 30, 0);
    sbfota_host_ready(&host, true);
    cr_assert_eq(sbfota_host_poll(&host, 0, out, sizeof out, &again), 29);
    give(&host, SBFOTA_ACCEPT, 1, 0);
    give(&host, SBFOTA_OK, 0, 0);
    give(&host, SBFOTA_ERROR, 0, 0);
    give(&host, SBFOTA_START, 0, 0);
    cr_assert(sbfota_session_attempt(sbfota_host_session(&host), &attempt));
    cr_expect(attempt.accepted);
    cr_expect_eq(attempt.problems & ~SBFOTA_PROBLEM_MISSING_START, 0, "%x", attempt.problems);
    cr_expect_eq(sbfota_session_phase(sbfota_host_session(&host)), SBFOTA_PHASE_UPDATE);
}

Test(poll, needs_room)
{
    struct sbfota_host host;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again = 0;
    sbfota_host_init(&host, 60);
    for (size_t capacity = 0; capacity < SBFOTA_HOST_ROOM; capacity++)
        cr_expect_eq(sbfota_host_poll(&host, 0, capacity > 0 ? out : NULL, capacity, &again),
                     SBFOTA_HOST_ROOM);
    cr_expect_eq(sbfota_host_poll(&host, 0, out, sizeof out, &again), 26);
    cr_expect_eq(memcmp(out, "AT+QCFGEXT=\"sbfota_delay\"\r", 26), 0);
    cr_expect_eq(again, 300);
    cr_expect_eq(sbfota_host_poll(&host, 100, out, sizeof out, &again), 0, "nothing is sent twice");
    cr_expect_eq(again, 200);
}

Test(clock, may_be_set_back_or_leap)
{
    struct sbfota_host host;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again = 0;
    sbfota_host_init(&host, 30);
    sbfota_host_poll(&host, 1000000, out, sizeof out, &again);
    cr_expect_eq(sbfota_host_poll(&host, 1000200, out, sizeof out, &again), 0);
    cr_expect_eq(again, 100);
    cr_expect_eq(sbfota_host_poll(&host, 5, out, sizeof out, &again), 0);
    cr_expect_eq(again, 300, "set back, the wait begins anew");
    cr_expect_eq(sbfota_host_poll(&host, SBFOTA_NO_TIME, out, sizeof out, &again), 0);
    cr_expect_eq(again, 300, "without a time nothing passes");
    cr_expect_eq(sbfota_host_poll(&host, INT64_MAX, out, sizeof out, &again), 0);
    cr_expect_eq(again, 300);
    cr_expect_eq(sbfota_host_poll(&host, INT64_MIN + 1, out, sizeof out, &again), 0);
    cr_expect_eq(sbfota_host_poll(&host, INT64_MAX, out, sizeof out, &again), 0, "the pause");
    cr_expect_eq(again, 1000);
}

Test(silence, since_the_last_event_of_the_module)
{
    struct sbfota_host host;
    sbfota_host_init(&host, SBFOTA_NO_DELAY);
    cr_expect_eq(sbfota_host_silence(&host, 1000), SBFOTA_NO_DURATION);
    give(&host, SBFOTA_ACCEPT, 1, 1000);
    cr_expect_eq(sbfota_host_silence(&host, 1000), SBFOTA_NO_DURATION,
                 "a command is not the module's");
    give(&host, SBFOTA_OTHER, 0, 1000);
    cr_expect_eq(sbfota_host_silence(&host, 1000), 0);
    cr_expect_eq(sbfota_host_silence(&host, 61000), 60000);
    cr_expect_eq(sbfota_host_silence(&host, 0), 0);
    cr_expect_eq(sbfota_host_silence(&host, SBFOTA_NO_TIME), 0);
    cr_expect_eq(sbfota_host_silence(&host, INT64_MAX), SBFOTA_NO_DURATION - 1);
    give(&host, SBFOTA_OTHER, 0, SBFOTA_NO_TIME);
    give(&host, SBFOTA_NONE, 0, 30000);
    cr_expect_eq(sbfota_host_silence(&host, 61000), 60000);
}

/* What of a host is saved, and when it is to be. */
Test(saving, when_more_than_a_percentage_has_changed)
{
    struct sbfota_host host;
    uint8_t saved[SBFOTA_HOST_SAVED];
    static const struct {
        uint8_t kind;
        int32_t value;
        bool unsaved;
    } steps[] = {
        {SBFOTA_OTHER, 0, false},          {SBFOTA_POLLING_TIME, 407, true},
        {SBFOTA_HTTP_START, 0, true},      {SBFOTA_DOWNLOADING, 5, false},
        {SBFOTA_DOWNLOADING, 6, false},    {SBFOTA_DOWNLOADING, 2, true},
        {SBFOTA_HTTP_END, 0, true},        {SBFOTA_OK, 0, false},
        {SBFOTA_UPDATE_TIMEOUT, 30, true}, {SBFOTA_MALFORMED, 0, false},
        {SBFOTA_START, 0, true},           {SBFOTA_UPDATING, 1, false},
        {SBFOTA_RESTORE, 1, true},         {SBFOTA_RDY, 0, true},
        {SBFOTA_RESUME, 0, true},          {SBFOTA_END, 0, true},
    };
    sbfota_host_init(&host, SBFOTA_NO_DELAY);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        give(&host, steps[i].kind, steps[i].value, 1000);
        cr_expect_eq(sbfota_host_unsaved(&host), steps[i].unsaved, "step %zu", i);
        sbfota_host_save(&host, saved);
        cr_expect_not(sbfota_host_unsaved(&host));
    }
}

Test(saving, refuses_what_is_none)
{
    static const struct damage cases[] = {
        {"another version", "start", {{0, 2}}},      {"none at all", "start", {{0, 255}}},
        {"a flag that is none", "start", {{2, 2}}},  {"rest", "start", {{3, 1}}},
        {"the last of the rest", "start", {{7, 1}}}, {"no session", "start", {{8, 0}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sbfota_host host, fresh;
        struct moment moment;
        uint8_t saved[SBFOTA_HOST_SAVED];
        sbfota_host_init(&host, 30);
        moment.time = SBFOTA_NO_TIME;
        read_moment(cases[i].story, &moment);
        give(&host, moment.event.kind, moment.event.value, 0);
        sbfota_host_save(&host, saved);
        memset(&host, 0, sizeof host);
        memset(&fresh, 0, sizeof fresh);
        sbfota_host_init(&host, 30);
        sbfota_host_init(&fresh, 30);
        cr_expect(sbfota_host_load(&host, saved));
        sbfota_host_init(&host, 30);
        if (cases[i].changes[0].at == 8)
            saved[8] = 0;
        apply_damage(&cases[i], saved);
        cr_expect_not(sbfota_host_load(&host, saved), "%s", cases[i].rule);
        cr_expect_eq(memcmp(&host, &fresh, sizeof host), 0, "%s", cases[i].rule);
    }
}

Test(input, bytes_and_lines)
{
    struct sbfota_host host;
    struct sbfota_parser parser;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again;
    static const char stream[] = "\r\nAPP RDY\r\n\r\n+QIND: \"SBFOTA\",\"UPDATE_TIMEOUT\",30\r\n";
    sbfota_host_init(&host, 30);
    sbfota_parser_init(&parser);
    sbfota_host_bytes(&host, &parser, stream, 20, 0);
    sbfota_host_bytes(&host, &parser, stream + 20, sizeof stream - 21, 0);
    cr_expect_eq(sbfota_session_phase(sbfota_host_session(&host)), SBFOTA_PHASE_DELAY);
    sbfota_host_ready(&host, true);
    cr_expect_eq(sbfota_host_poll(&host, 1000, out, sizeof out, &again), 29);
    cr_expect(sbfota_host_line(&host, "AT+QCFGEXT=\"sbfota_accept\",1\r", 29, 1000));
    cr_expect_not(sbfota_host_line(&host, "+CSQ: 20,99", 11, 1000));
    cr_expect(sbfota_host_line(&host, "OK", 2, 1000));
    cr_expect_not(sbfota_host_line(&host, "", 0, 1000));
}

/* A struct that somebody else has written to does no harm. */
Test(damage, ends)
{
    unsigned state = 1;
    for (unsigned round = 0; round < 20000; round++) {
        struct sbfota_host host;
        struct sbfota_change change;
        struct sbfota_event command;
        uint32_t again;
        unsigned char *const byte = (unsigned char *)&host;
        for (size_t i = 0; i < sizeof host; i++)
            byte[i] = (unsigned char)random_number(&state);
        int64_t now = 0;
        unsigned sent = 0;
        give(&host, random_number(&state) % SBFOTA_KIND_COUNT, (int32_t)random_number(&state), now);
        sbfota_host_may_cut(&host);
        sbfota_host_delay_state(&host);
        for (again = 0; again != SBFOTA_NO_DURATION && sent < 40; now += again) {
            memset(&change, 0, sizeof change);
            sent += sbfota_host_next(&host, now, &command, &change, &again);
        }
        cr_assert_lt(sent, 40);
    }
}
