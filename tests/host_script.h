/* SPDX-License-Identifier: MIT
 *
 * Scripts of what the module says and the caller of a host does, and what is sent then. */
#ifndef SBFOTA_TESTS_HOST_SCRIPT_H
#define SBFOTA_TESTS_HOST_SCRIPT_H

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
static inline void poll_run(struct run *run)
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
static inline void pass(struct run *run, int64_t ms)
{
    const int64_t end = run->now + ms;
    while (run->next != SBFOTA_NO_TIME && run->next <= end) {
        run->now = run->next;
        poll_run(run);
    }
    run->now = end;
    poll_run(run);
}

static inline bool is_word(const char *script, const char *word)
{
    const size_t length = strlen(word);
    return strncmp(script, word, length) == 0 && (script[length] == ' ' || script[length] == '\0');
}

/* What the caller does, by its word; false if it is none of these. */
static inline bool act(struct run *run, const char *script)
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
static inline const char *step(struct run *run, const char *script)
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

static inline void run_script(struct run *run, unsigned delay, const char *script)
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

static inline void expect_scripts(const struct script_case *cases, size_t count)
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

#endif
