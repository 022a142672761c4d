/* SPDX-License-Identifier: MIT
 *
 * What is asked of watch. */
#ifndef SBFOTA_CLI_WATCH_OPTIONS_H
#define SBFOTA_CLI_WATCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/watch/serial.h"

/* How long a module may say nothing, by what it is at. */

/* What a module is at, as far as silence goes. */
enum limit {
    LIMIT_IDLE, /* no update is under way */
    LIMIT_DOWNLOAD,
    LIMIT_DELAY,
    LIMIT_UPDATE,
    LIMIT_RESTORE,
    LIMIT_END,
    LIMIT_REPORT,
    LIMITS
};

struct limit_row {
    const char *name;
    uint32_t seconds; /* unless the user has it otherwise */
    const char *why;
};

const struct limit_row *limit_row(enum limit limit);

/* The limit that holds in a phase (enum sbfota_phase) behind a message of this kind, the last one of the procedure. */
enum limit limit_of(unsigned phase, unsigned last_kind);

/* The limit with this name; LIMITS if there is none. */
enum limit limit_find(const char *name, unsigned length);

enum {
    WATCH_ON_MOST = 32 /* --on on one command line */
};

/* --on: what is run, and when. */
struct watch_on {
    uint64_t alarms; /* bits 1 << enum alarm */
    const char *command;
};

struct watch_options {
    struct serial_settings port;
    bool wait;          /* a port that is not there yet is waited for */
    unsigned delay;     /* to be set, in seconds, or SBFOTA_NO_DELAY */
    const char *accept; /* the command that tells when the update may begin, or NULL */
    struct watch_on on[WATCH_ON_MOST];
    unsigned on_count;
    uint64_t until; /* alarms that end the watching of a port */
    bool bell;
    uint32_t limits[LIMITS]; /* seconds; 0: none */
    const char *durations;   /* or NULL, as those that follow */
    const char *log;
    uint64_t log_size;
    unsigned log_keep;
    const char *metrics;
};

#endif
