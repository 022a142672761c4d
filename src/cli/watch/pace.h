/* SPDX-License-Identifier: MIT
 *
 * How long an update still takes: of the pace of the phase under way, and of how long the phases of a fleet take. No clock and
 * no state but what the caller holds. Times are milliseconds of one clock that does not go back. */
#ifndef SBFOTA_CLI_WATCH_PACE_H
#define SBFOTA_CLI_WATCH_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include <sbfota/session.h>

/* The phases that take their time, in their order. */
enum pace_phase {
    PACE_DOWNLOAD,
    PACE_UPDATE,
    PACE_RESTORE,
    PACE_PHASES
};

/* How long a phase takes in a fleet, in milliseconds. */
struct pace_spread {
    bool known;
    uint32_t median;
    uint32_t p95;
    uint32_t most;
};

struct pace_fleet {
    struct pace_spread phases[PACE_PHASES];
};

/* How the phase under way went so far: begin with pace_begin. */
struct pace {
    int64_t begun;  /* its first message; INT64_MIN if that has not been seen */
    int64_t first;  /* the percentage that counting begins with; INT64_MIN if there is none yet */
    int64_t latest; /* the last one that was higher than those before */
    uint8_t first_percent;
    uint8_t percent;
    uint8_t phase; /* enum sbfota_phase */
};

/* What is left, in milliseconds. */
struct pace_left {
    uint32_t likely;
    uint32_t most; /* 95 of 100 of the fleet are done by then; `likely` where no fleet is known */
    bool overdue;  /* it has taken longer than any of the fleet, or than its pace so far says */
};

/* A phase begins. `seen`: with its first message, not amid it. */
void pace_begin(struct pace *pace, unsigned phase, bool seen, int64_t now);

/* It has told how far it is. A percentage under the last one begins anew: a module that has lost its power. */
void pace_tell(struct pace *pace, unsigned percent, int64_t now);

/* What is left of the phase under way. With a percentage and a fleet both count, the pace the more the further it is. False if
 * nothing is known, or if the phase is none of the three. */
bool pace_of_phase(const struct pace *pace, const struct pace_fleet *fleet, int64_t now,
                   struct pace_left *left);

/* The same to the end of the update. `delay`: milliseconds between the download and the update; in the phase of the delay, what
 * is left of them. False if of any phase to come nothing is known. */
bool pace_of_update(const struct pace *pace, const struct pace_fleet *fleet, uint32_t delay,
                    int64_t now, struct pace_left *left);

/* How long the phases of a fleet take, from what stats --fleet has told. */

/* Read the JSON of "sbfota stats --fleet -f jsonl". False if it is none, which has been told. */
bool durations_read(const char *path, struct pace_fleet *fleet);

#endif
