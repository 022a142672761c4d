/* SPDX-License-Identifier: MIT
 *
 * What the files of the host share. */
#ifndef SBFOTA_HOST_INTERNAL_H
#define SBFOTA_HOST_INTERNAL_H

#include <sbfota/host.h>

#include "../session/internal.h"

/* Not made part of its caller: its stack would stand below the session's. */
#ifdef __GNUC__
#define HOST_APART static __attribute__((noinline))
#else
#define HOST_APART static
#endif

/* sbfota_host.flags. */
enum {
    HOST_READY = 1 << 0,   /* the tasks have stopped */
    HOST_CLAIMED = 1 << 1, /* the port is the caller's */
    HOST_ECHOES = 1 << 2,  /* the module echoes: no result code counts before the echo */
    HOST_ECHOED = 1 << 3,  /* the echo of the command has come */
    HOST_TOLD = 1 << 4,    /* a delay has been told behind the query */
    HOST_OTHERS = 1 << 5,  /* the next result code ends the answer to another's command */
    HOST_FOREIGN = 1 << 6, /* it answers an sbfota command of another's: the session is to see it */
    HOST_OWED = 1 << 7,  /* the last command for the delay has no answer, and no boot came since */
    HOST_STALE = 1 << 8, /* no message has come since the session was loaded */
    HOST_UNSAVED = 1 << 9,
    HOST_OURS = 1 << 10, /* the last event was of the dialogue: no register is left to keep it in */
    HOST_COMMAND_FLAGS = HOST_ECHOED | HOST_TOLD | HOST_OTHERS /* of the command under way */
};

/* sbfota_host.step. */
enum {
    STEP_ANY,    /* the delay is left alone */
    STEP_QUERY,  /* ask for it */
    STEP_SET,    /* it is another: set it */
    STEP_VERIFY, /* ask again */
    STEP_VERIFIED,
    STEP_MUTE, /* given up, for the lack of an answer */
    STEP_REFUSED,
    STEP_DIFFERS,
    STEP_REBOOTS,
    STEPS
};

/* sbfota_host.wait. */
enum {
    WAIT_NONE,
    WAIT_ANSWER, /* a command is under way */
    WAIT_SHORT,  /* pauses behind one that has failed */
    WAIT_LONG,
    WAIT_READY, /* behind APP RDY */
    WAIT_BOOT,  /* behind RDY */
    WAITS
};

enum {
    HOST_TRIES = 3,
    HOST_DELAY_MAX = 60,  /* the greatest that the module accepts (source: 4.2) */
    HOST_DELAY_ANY = 255, /* sbfota_host.wanted: it is left alone */
    HOST_DELAY_ODD = 255  /* sbfota_host.told: it is out of range */
};

static inline void sbfota_host_flag(struct sbfota_host *host, unsigned flags)
{
    host->flags = (uint16_t)(host->flags | flags);
}

static inline void sbfota_host_unflag(struct sbfota_host *host, unsigned flags)
{
    host->flags = (uint16_t)(host->flags & ~flags);
}

static inline bool sbfota_host_has(const struct sbfota_host *host, unsigned flags)
{
    return (host->flags & flags) != 0;
}

static inline void sbfota_host_wait(struct sbfota_host *host, unsigned wait, int64_t now)
{
    host->wait = (uint8_t)wait;
    host->begun = now;
}

/* See to the delay from the beginning. */
static inline void sbfota_host_begin(struct sbfota_host *host)
{
    host->step = host->wanted == HOST_DELAY_ANY ? STEP_ANY : STEP_QUERY;
    host->tries = host->rounds = 0;
}

/* The command under way is answered, or, in `silence`, is not. */
void sbfota_host_answer(struct sbfota_host *host, bool accepted, int64_t now);
void sbfota_host_give_up(struct sbfota_host *host, int64_t now);

#endif
