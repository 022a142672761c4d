/* SPDX-License-Identifier: MIT
 *
 * What to send, and when. */
#include <string.h>

#include "internal.h"

/* How much of the wait is left, in milliseconds. */
static uint32_t wait_left(struct sbfota_host *host, int64_t now)
{
    static const uint16_t waits[WAITS] = {
        [WAIT_ANSWER] = 300, /* source: 4.2 */
        [WAIT_SHORT] = 1000, [WAIT_LONG] = 4000, [WAIT_READY] = 1000, [WAIT_BOOT] = 5000,
    };
    const unsigned wait = host->wait < WAITS ? waits[host->wait] : 0;
    /* A clock that was set back has not taken anything off the wait. */
    if (host->begun == SBFOTA_NO_TIME || now < host->begun)
        host->begun = now;
    const uint64_t passed = (uint64_t)now - (uint64_t)host->begun;
    return passed >= wait ? 0 : wait - (uint32_t)passed;
}

/* May the module be asked for its delay now, or told? Not while it updates or is about to: it has
 * other things to do, and a boot follows, behind which the delay is seen to. */
static bool is_idle(const struct sbfota_session *session)
{
    switch (sbfota_session_phase(session)) {
    case SBFOTA_PHASE_DELAY:
    case SBFOTA_PHASE_UPDATE:
    case SBFOTA_PHASE_RESTORE: return sbfota_session_power(session) == SBFOTA_POWER_SAFE;
    case SBFOTA_PHASE_END: return false;
    default: return true;
    }
}

/* Is `accept` to be sent? In the last second of the window it would come too late, and might come
 * behind START. */
static bool is_to_accept(const struct sbfota_host *host, int64_t now)
{
    uint32_t seconds;
    if (!sbfota_host_has(host, HOST_READY) || host->accepts >= HOST_TRIES ||
        !sbfota_session_accept_allowed(&host->session))
        return false;
    return !sbfota_session_starts_in(&host->session, now, &seconds) || seconds > 1;
}

static unsigned next_command(const struct sbfota_host *host, int64_t now)
{
    if (sbfota_host_has(host, HOST_CLAIMED))
        return SBFOTA_NONE;
    if (is_to_accept(host, now))
        return SBFOTA_ACCEPT;
    if (!is_idle(&host->session))
        return SBFOTA_NONE;
    switch (host->step) {
    case STEP_QUERY:
    case STEP_VERIFY: return SBFOTA_QUERY_DELAY;
    case STEP_SET: return SBFOTA_SET_DELAY;
    default: return SBFOTA_NONE;
    }
}

static void begin_command(struct sbfota_host *host, unsigned kind, int64_t now,
                          struct sbfota_event *command)
{
    memset(command, 0, sizeof *command);
    command->kind = (uint8_t)kind;
    if (kind == SBFOTA_ACCEPT) {
        command->value = 1;
        host->accepts++;
    } else {
        command->value = kind == SBFOTA_SET_DELAY ? host->wanted : 0;
        sbfota_host_flag(host, HOST_OWED);
    }
    host->command = (uint8_t)kind;
    sbfota_host_unflag(host, HOST_COMMAND_FLAGS);
    if (kind != SBFOTA_QUERY_DELAY)
        sbfota_host_flag(host, HOST_UNSAVED);
    sbfota_host_wait(host, WAIT_ANSWER, now);
}

/* Which command is under way from now on; if any. */
HOST_APART bool choose(struct sbfota_host *host, int64_t now, struct sbfota_event *command,
                       uint32_t *again)
{
    if (host->wait == WAIT_ANSWER && wait_left(host, now) == 0)
        sbfota_host_give_up(host, now);
    if (host->wait != WAIT_NONE && (*again = wait_left(host, now)) > 0)
        return false;
    host->wait = WAIT_NONE;
    *again = SBFOTA_NO_DURATION;
    const unsigned kind = next_command(host, now);
    if (kind == SBFOTA_NONE)
        return false;
    begin_command(host, kind, now, command);
    *again = wait_left(host, now);
    return true;
}

bool sbfota_host_next(struct sbfota_host *host, int64_t now, struct sbfota_event *command,
                      struct sbfota_change *change, uint32_t *again)
{
    if (!choose(host, now, command, again))
        return false;
    /* The session sees what is sent, not its echo. It is sent now, when the wait for its answer begins. */
    sbfota_session_step(&host->session, command, host->begun, change, NULL);
    return true;
}
