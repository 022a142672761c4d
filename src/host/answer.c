/* SPDX-License-Identifier: MIT
 *
 * What follows on the answer to a command, and on none. */
#include "internal.h"

/* A command has failed `times` times: the pause behind it grows. */
static void pause_behind(struct sbfota_host *host, unsigned times, int64_t now)
{
    sbfota_host_wait(host, times < 2 ? WAIT_SHORT : WAIT_LONG, now);
}

/* Is the command that was under way still the one to be sent? Meanwhile another delay may be
 * wanted. */
static bool is_of_step(const struct sbfota_host *host)
{
    return host->command == SBFOTA_SET_DELAY
               ? host->step == STEP_SET
               : host->step == STEP_QUERY || host->step == STEP_VERIFY;
}

static void fail_step(struct sbfota_host *host, unsigned last, int64_t now)
{
    if (++host->tries >= HOST_TRIES)
        host->step = (uint8_t)last;
    pause_behind(host, host->tries, now);
}

/* The module has told its delay. */
static void compare_delay(struct sbfota_host *host, int64_t now)
{
    const bool was_set = host->step == STEP_VERIFY;
    host->tries = 0;
    if (host->told == host->wanted) {
        host->step = STEP_VERIFIED;
        return;
    }
    host->step = STEP_SET;
    if (!was_set)
        return;
    if (++host->rounds >= HOST_TRIES)
        host->step = STEP_DIFFERS;
    pause_behind(host, host->rounds, now);
}

void sbfota_host_answer(struct sbfota_host *host, bool accepted, int64_t now)
{
    host->wait = WAIT_NONE;
    if (host->command == SBFOTA_ACCEPT) {
        host->accepts = HOST_TRIES;
        return;
    }
    sbfota_host_unflag(host, HOST_OWED);
    if (!is_of_step(host))
        return;
    if (!accepted) {
        fail_step(host, STEP_REFUSED, now);
    } else if (host->command == SBFOTA_SET_DELAY) {
        host->step = STEP_VERIFY;
        host->tries = 0;
    } else {
        compare_delay(host, now);
    }
}

void sbfota_host_give_up(struct sbfota_host *host, int64_t now)
{
    /* The module may have been told meanwhile not to echo. */
    if (!sbfota_host_has(host, HOST_ECHOED))
        sbfota_host_unflag(host, HOST_ECHOES);
    if (host->command != SBFOTA_ACCEPT) {
        if (is_of_step(host))
            fail_step(host, STEP_MUTE, now);
        else
            pause_behind(host, 1, now);
        return;
    }
    pause_behind(host, host->accepts, now);
}
