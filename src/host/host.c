/* SPDX-License-Identifier: MIT
 *
 * What the caller says to the host, and asks it. */
#include "internal.h"

static bool is_delay_wish(unsigned delay)
{
    return delay <= HOST_DELAY_MAX || delay == SBFOTA_NO_DELAY;
}

static void want_delay(struct sbfota_host *host, unsigned delay)
{
    host->wanted = (uint8_t)(delay <= HOST_DELAY_MAX ? delay : HOST_DELAY_ANY);
    sbfota_host_begin(host);
}

bool sbfota_host_init(struct sbfota_host *host, unsigned delay)
{
    sbfota_session_init(&host->session);
    host->heard = host->begun = SBFOTA_NO_TIME;
    host->flags = 0;
    host->told = HOST_DELAY_ODD;
    host->command = SBFOTA_NONE;
    host->wait = WAIT_NONE;
    host->accepts = 0;
    want_delay(host, delay);
    return is_delay_wish(delay);
}

bool sbfota_host_set_delay(struct sbfota_host *host, unsigned delay)
{
    if (!is_delay_wish(delay))
        return false;
    want_delay(host, delay);
    return true;
}

void sbfota_host_ready(struct sbfota_host *host, bool tasks_stopped)
{
    sbfota_host_unflag(host, HOST_READY);
    if (tasks_stopped)
        sbfota_host_flag(host, HOST_READY);
}

bool sbfota_host_claim(struct sbfota_host *host)
{
    if (host->wait == WAIT_ANSWER)
        return false;
    sbfota_host_flag(host, HOST_CLAIMED);
    return true;
}

void sbfota_host_release(struct sbfota_host *host)
{
    sbfota_host_unflag(host, HOST_CLAIMED | HOST_FOREIGN);
}

bool sbfota_host_may_cut(const struct sbfota_host *host)
{
    return host->wait != WAIT_ANSWER && !sbfota_host_has(host, HOST_STALE) &&
           sbfota_session_power(&host->session) == SBFOTA_POWER_SAFE;
}

const struct sbfota_session *sbfota_host_session(const struct sbfota_host *host)
{
    return &host->session;
}

uint32_t sbfota_host_silence(const struct sbfota_host *host, int64_t now)
{
    if (host->heard == SBFOTA_NO_TIME)
        return SBFOTA_NO_DURATION;
    const uint64_t passed = now > host->heard ? (uint64_t)now - (uint64_t)host->heard : 0;
    return passed < SBFOTA_NO_DURATION ? (uint32_t)passed : SBFOTA_NO_DURATION - 1;
}

enum sbfota_host_delay sbfota_host_delay_state(const struct sbfota_host *host)
{
    switch (host->step) {
    case STEP_ANY: return SBFOTA_HOST_DELAY_ANY;
    case STEP_VERIFIED: return SBFOTA_HOST_DELAY_VERIFIED;
    case STEP_MUTE: return SBFOTA_HOST_DELAY_MUTE;
    case STEP_REFUSED: return SBFOTA_HOST_DELAY_REFUSED;
    case STEP_DIFFERS: return SBFOTA_HOST_DELAY_DIFFERS;
    case STEP_REBOOTS: return SBFOTA_HOST_DELAY_REBOOTS;
    default: return SBFOTA_HOST_DELAY_PENDING;
    }
}

bool sbfota_host_unsaved(const struct sbfota_host *host)
{
    return sbfota_host_has(host, HOST_UNSAVED);
}
