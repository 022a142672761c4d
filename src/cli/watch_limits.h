/* SPDX-License-Identifier: MIT
 *
 * How long a module may say nothing, by what it is at. */
#ifndef SBFOTA_CLI_WATCH_LIMITS_H
#define SBFOTA_CLI_WATCH_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

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

#endif
