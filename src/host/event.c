/* SPDX-License-Identifier: MIT
 *
 * Events of the port: whose they are, and what they mean to the dialogue. */
#include "internal.h"

/* 96 bytes or less, whoever compiles it. */
typedef char host_is_small[sizeof(struct sbfota_host) <= 96 ? 1 : -1];

/* What is fed to the session in place of what it is not to see. */
static const struct sbfota_event unseen = {0};

static bool is_command(unsigned kind)
{
    return kind == SBFOTA_QUERY_DELAY || kind == SBFOTA_SET_DELAY || kind == SBFOTA_ACCEPT ||
           kind == SBFOTA_TEST_QCFGEXT;
}

/* Does the message say what the module is at, whatever came before? */
static bool tells_all(unsigned kind)
{
    return kind >= SBFOTA_POLLING_TIME && kind <= SBFOTA_REPORT_END;
}

/* A command has come back. The one that is under way is an echo, and so is the last one while
 * nothing else can have been sent. */
static bool take_echo(struct sbfota_host *host, const struct sbfota_event *event)
{
    const bool is_last = event->kind == host->command &&
                         (event->kind != SBFOTA_SET_DELAY || event->value == host->wanted);
    if (is_last && host->wait == WAIT_ANSWER && !sbfota_host_has(host, HOST_ECHOED)) {
        sbfota_host_flag(host, HOST_ECHOES | HOST_ECHOED);
        return true;
    }
    if (is_last && (host->wait == WAIT_SHORT || host->wait == WAIT_LONG) &&
        !sbfota_host_has(host, HOST_CLAIMED))
        return true;
    sbfota_host_flag(host, HOST_FOREIGN);
    /* Somebody else has changed the delay. */
    if (event->kind == SBFOTA_SET_DELAY && event->value != host->wanted)
        sbfota_host_begin(host);
    return false;
}

static bool take_delay(struct sbfota_host *host, const struct sbfota_event *event)
{
    if (host->wait != WAIT_ANSWER)
        return false;
    if (host->command != SBFOTA_QUERY_DELAY ||
        (sbfota_host_has(host, HOST_ECHOES) && !sbfota_host_has(host, HOST_ECHOED))) {
        sbfota_host_flag(host, HOST_OTHERS);
        return false;
    }
    sbfota_host_flag(host, HOST_TOLD);
    host->told = event->value >= 0 && event->value <= HOST_DELAY_MAX ? (uint8_t)event->value
                                                                     : HOST_DELAY_ODD;
    return true;
}

/* A result code: is it the answer to our command? */
static bool take_result(struct sbfota_host *host, const struct sbfota_event *event, int64_t now)
{
    const bool accepted = event->kind == SBFOTA_OK;
    if (host->wait != WAIT_ANSWER)
        return false;
    if (sbfota_host_has(host, HOST_OTHERS)) {
        sbfota_host_unflag(host, HOST_OTHERS);
        return false;
    }
    if (sbfota_host_has(host, HOST_ECHOES) && !sbfota_host_has(host, HOST_ECHOED))
        return false;
    if (host->command == SBFOTA_QUERY_DELAY && accepted && !sbfota_host_has(host, HOST_TOLD))
        return false;
    sbfota_host_answer(host, accepted, now);
    return true;
}

/* See to the delay anew, unless the last command for it, which has no answer, is what the module boots at
 * each time. */
static void begin_behind_boot(struct sbfota_host *host)
{
    const unsigned rounds = sbfota_host_has(host, HOST_OWED) ? host->rounds + 1U : 0;
    sbfota_host_begin(host);
    host->rounds = (uint8_t)rounds;
    if (rounds >= HOST_TRIES)
        host->step = STEP_REBOOTS;
}

/* The module has booted: what was sent to it before is gone. APP RDY behind RDY is of the same boot. */
static void take_boot(struct sbfota_host *host, unsigned wait, int64_t now)
{
    if (host->wait != WAIT_BOOT || wait == WAIT_BOOT)
        begin_behind_boot(host);
    sbfota_host_unflag(host, HOST_ECHOES | HOST_FOREIGN | HOST_OWED | HOST_COMMAND_FLAGS);
    sbfota_host_wait(host, wait, now);
}

/* What the event means to the dialogue. Returns whether it is of it; *seen is what the session is to
 * see. */
static bool take(struct sbfota_host *host, const struct sbfota_event *event, int64_t now,
                 const struct sbfota_event **seen)
{
    bool ours = false;
    switch (event->kind) {
    case SBFOTA_RDY: take_boot(host, WAIT_BOOT, now); break;
    case SBFOTA_APP_RDY: take_boot(host, WAIT_READY, now); break;
    case SBFOTA_DELAY: return take_delay(host, event);
    case SBFOTA_OK:
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR:
        ours = take_result(host, event, now);
        if (!ours && !sbfota_host_has(host, HOST_FOREIGN))
            *seen = &unseen;
        sbfota_host_unflag(host, HOST_FOREIGN);
        break;
    case SBFOTA_QUERY_DELAY:
    case SBFOTA_SET_DELAY:
    case SBFOTA_ACCEPT:
    case SBFOTA_TEST_QCFGEXT:
        ours = take_echo(host, event);
        if (ours)
            *seen = &unseen;
        break;
    case SBFOTA_UPDATE_TIMEOUT: host->accepts = 0; break;
    case SBFOTA_POLLING_TIME:
        /* The module tells it at start-up too: the boot may have been missed. */
        if (host->step > STEP_VERIFIED && host->step != STEP_REBOOTS)
            sbfota_host_begin(host);
        break;
    }
    return ours;
}

/* Does it change something that must be saved? A percentage does where it is the first of its phase. */
static bool is_news(const struct sbfota_host *host, const struct sbfota_event *event)
{
    if (sbfota_is_percentage(event->kind))
        return sbfota_session_target(event->kind, event->value) != host->session.state;
    return event->kind >= SBFOTA_POLLING_TIME && event->kind < SBFOTA_UNKNOWN;
}

/* All of it but the session. Returns what the session is to see. */
HOST_APART const struct sbfota_event *follow(struct sbfota_host *host,
                                             const struct sbfota_event *event, int64_t now)
{
    const struct sbfota_event *seen = event;
    const bool ours = take(host, event, now, &seen);
    sbfota_host_unflag(host, HOST_OURS);
    if (ours)
        sbfota_host_flag(host, HOST_OURS | HOST_UNSAVED);
    if (seen == event && is_news(host, event))
        sbfota_host_flag(host, HOST_UNSAVED);
    if (tells_all(event->kind))
        sbfota_host_unflag(host, HOST_STALE);
    /* A command that is not an echo may be the caller's own word. */
    if (event->kind != SBFOTA_NONE && (ours || !is_command(event->kind)) && now != SBFOTA_NO_TIME)
        host->heard = now;
    return seen;
}

bool sbfota_host_event(struct sbfota_host *host, const struct sbfota_event *event, int64_t now,
                       struct sbfota_change *change)
{
    const unsigned plain = SBFOTA_CHANGE_BELONGS | SBFOTA_CHANGE_REPEAT;
    sbfota_session_step(&host->session, follow(host, event, now), now, change, NULL);
    if (change->problems != 0 || (change->what & ~plain) != 0)
        sbfota_host_flag(host, HOST_UNSAVED);
    return sbfota_host_has(host, HOST_OURS);
}
