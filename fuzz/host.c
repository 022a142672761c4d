/* SPDX-License-Identifier: MIT
 *
 * The host's side of the dialogue under any events, calls and times: the rules of tests/host_rules.h hold, it comes to
 * rest when it is left alone, and no saved bytes do harm. */
#include "../tests/host_rules.h"

#include "fuzz.h"

enum {
    STEPS_MOST = 400,
    POLLS_MOST = 24
};

struct run {
    struct sbfota_host host;
    struct host_rules rules;
    int64_t now;
};

static void check_rule(const char *broken)
{
    if (broken == NULL)
        return;
    fprintf(stderr, "broken: %s\n", broken);
    abort();
}

/* Poll it now; what it waits for. */
static uint32_t poll_host(struct run *run)
{
    char out[SBFOTA_HOST_ROOM];
    struct sbfota_event command;
    uint32_t again = 0;
    rules_poll(&run->rules, run->now);
    const size_t length = sbfota_host_poll(&run->host, run->now, out, sizeof out, &again);
    CHECK(length <= sizeof out);
    if (length > 0) {
        CHECK(sbfota_decode_line(out, length, &command) == length && command.flags == 0);
        check_rule(rules_send(&run->rules, &command, run->now));
    }
    check_rule(rules_cut(&run->rules, sbfota_host_may_cut(&run->host)));
    return again;
}

static void check_saved(const struct run *run)
{
    struct sbfota_host host = run->host, loaded;
    uint8_t saved[SBFOTA_HOST_SAVED], again[SBFOTA_HOST_SAVED];
    sbfota_host_save(&host, saved);
    CHECK(!sbfota_host_unsaved(&host));
    sbfota_host_init(&loaded, 30);
    CHECK(sbfota_host_load(&loaded, saved));
    CHECK(!sbfota_host_may_cut(&loaded));
    sbfota_host_save(&loaded, again);
    CHECK(memcmp(saved, again, sizeof saved) == 0);
}

static void restart(struct run *run)
{
    uint8_t saved[SBFOTA_HOST_SAVED];
    sbfota_host_save(&run->host, saved);
    sbfota_host_init(&run->host, run->rules.wanted);
    CHECK(sbfota_host_load(&run->host, saved));
    rules_restart(&run->rules);
}

static void give_event(struct run *run, unsigned kind, int32_t value, bool timed)
{
    const struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
    struct sbfota_change change;
    const int64_t now = timed ? run->now : SBFOTA_NO_TIME;
    const bool ours = sbfota_host_event(&run->host, &event, now, &change);
    CHECK((change.problems & ~(unsigned)SBFOTA_PROBLEM_ALL) == 0);
    CHECK(change.phase == sbfota_session_phase(sbfota_host_session(&run->host)));
    check_rule(rules_event(&run->rules, &event, ours));
}

static void want(struct run *run, unsigned delay)
{
    const bool good = delay <= 60 || delay == SBFOTA_NO_DELAY;
    CHECK(sbfota_host_set_delay(&run->host, delay) == good);
    if (!good)
        return;
    run->rules.wanted = (uint16_t)delay;
    run->rules.settings = 0;
}

/* A call of the host. */
static void call(struct run *run, unsigned which, uint8_t argument)
{
    switch (which % 6) {
    case 0:
        sbfota_host_ready(&run->host, argument & 1);
        run->rules.ready = argument & 1;
        break;
    case 1: run->rules.claimed |= sbfota_host_claim(&run->host); break;
    case 2:
        sbfota_host_release(&run->host);
        run->rules.claimed = false;
        break;
    case 3: want(run, argument < 70 ? argument : SBFOTA_NO_DELAY); break;
    case 4: restart(run); break;
    case 5: check_saved(run); break;
    }
}

/* Four bytes are one step: a kind or a call, its value, how much time passes before it, and how. */
static void step(struct run *run, const uint8_t *data)
{
    static const int32_t values[] = {0,  1,  2,   3,   7,   30,   60,    61,        100,      101,
                                     -1, -2, 504, 702, 407, 4000, 70000, INT32_MAX, INT32_MIN};
    const int64_t passed = (int64_t)data[2] << (data[3] >> 4);
    run->now += data[3] & 1 ? -passed : passed;
    if (data[0] < 128)
        give_event(run, data[0] % (SBFOTA_KIND_COUNT + 1U),
                   values[data[1] % (sizeof values / sizeof values[0])], (data[3] & 2) == 0);
    else
        call(run, data[0] - 128U, data[1]);
    CHECK(sbfota_host_delay_state(&run->host) <= SBFOTA_HOST_DELAY_REBOOTS);
    sbfota_host_silence(&run->host, run->now);
    if ((data[3] & 4) == 0)
        poll_host(run);
}

static void rest(struct run *run)
{
    unsigned polls = 0;
    for (uint32_t again; (again = poll_host(run)) != SBFOTA_NO_DURATION; polls++) {
        CHECK(polls < POLLS_MOST);
        run->now += again;
    }
}

/* Whatever is loaded is saved as it was, and may be gone on with. */
static void check_bytes(const uint8_t *data, size_t size)
{
    uint8_t saved[SBFOTA_HOST_SAVED] = {0}, again[SBFOTA_HOST_SAVED];
    struct run run = {.now = 0};
    memcpy(saved, data, size < sizeof saved ? size : sizeof saved);
    sbfota_host_init(&run.host, 30);
    if (!sbfota_host_load(&run.host, saved))
        return;
    sbfota_host_save(&run.host, again);
    CHECK(memcmp(saved, again, sizeof saved) == 0);
    CHECK(!sbfota_host_may_cut(&run.host));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {.now = 0};
    const unsigned wanted = size > 0 && data[0] <= 60 ? data[0] : SBFOTA_NO_DELAY;
    check_bytes(data, size);
    sbfota_host_init(&run.host, wanted);
    rules_init(&run.rules, wanted);
    for (size_t at = 1, steps = 0; at + 4 <= size && steps < STEPS_MOST; at += 4, steps++)
        step(&run, data + at);
    rest(&run);
    check_saved(&run);
    return 0;
}
