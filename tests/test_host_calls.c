/* SPDX-License-Identifier: MIT
 *
 * The calls of the host one by one: events, times, what is saved, bytes and lines, a struct that was written to. */
#include <criterion/criterion.h>

#include <sbfota/host.h>

#include "session_support.h"

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

/* Nobody else can have sent it. */
Test(events, echo_that_comes_late_is_of_the_dialogue)
{
    struct sbfota_host host;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again;
    int64_t now = 0;
    sbfota_host_init(&host, 30);
    for (unsigned times = 0; times < 3; times++) {
        cr_expect_gt(sbfota_host_poll(&host, now, out, sizeof out, &again), 0);
        now += again;
        cr_expect_eq(sbfota_host_poll(&host, now, out, sizeof out, &again), 0);
        cr_expect_eq(again, times == 0 ? 1000 : 4000);
        cr_expect(give(&host, SBFOTA_QUERY_DELAY, 0, now));
        cr_expect_not(give(&host, SBFOTA_SET_DELAY, 30, now));
        now += again;
    }
    cr_expect(sbfota_host_claim(&host));
    cr_expect_not(give(&host, SBFOTA_QUERY_DELAY, 0, now), "it is the caller's by now");
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
        {SBFOTA_UPDATE_TIMEOUT, 30, true}, {SBFOTA_MALFORMED, 0, true},
        {SBFOTA_START, 0, true},           {SBFOTA_UPDATING, 1, false},
        {SBFOTA_RESTORE, 1, true},         {SBFOTA_RDY, 0, true},
        {SBFOTA_RESUME, 0, true},          {SBFOTA_RESTORE, 2, true},
        {SBFOTA_RESTORE, 3, false},        {SBFOTA_END, 0, true},
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
        {"another version", "start", {{0, 2}}},
        {"none at all", "start", {{0, 255}}},
        {"too many accepts", "start", {{1, 4}}},
        {"the first of the rest", "start", {{2, 1}}},
        {"rest", "start", {{3, 1}}},
        {"the last of the rest", "start", {{7, 1}}},
        {"no session", "start", {{8, 0}}},
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
