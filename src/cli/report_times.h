/* SPDX-License-Identifier: MIT
 *
 * Outcomes over time, in memory that grows with the hours in which attempts ended. */
#ifndef SBFOTA_CLI_REPORT_TIMES_H
#define SBFOTA_CLI_REPORT_TIMES_H

#include <sbfota/session.h>

#include "counters.h"
#include "log/fleet.h"

enum {
    REPORT_BINS = 60 /* at most */
};

/* Start with all zero; end with report_times_free. */
struct report_times {
    struct counters hours; /* by an hour since 1970 and an outcome */
    uint64_t undated;      /* attempts that have no date */
    struct report_edge {
        int64_t milliseconds;       /* since 1970 */
        uint8_t length;             /* of `text`; 0: none yet */
        char text[FLEET_TIME_SIZE]; /* as captured */
    } edges[2];                     /* the earliest and the latest event that have a date */
    bool no_memory;
};

/* The attempts that ended in as many hours as fit into the bins. */
struct report_bins {
    int64_t first; /* hour since 1970 when the first bin begins */
    int64_t hours; /* of a bin */
    unsigned count;
    uint64_t most; /* attempts of a bin */
    uint64_t outcomes[REPORT_BINS][SBFOTA_OUTCOME_COUNT];
};

/* An attempt that ended then, in milliseconds since 1970. */
void report_times_add(struct report_times *times, int64_t ended, unsigned outcome);

/* An event of the logs, which need not be read in the order of their times. */
void report_times_see(struct report_times *times, const struct fleet_event *event);

void report_times_bins(const struct report_times *times, struct report_bins *bins);
void report_times_free(struct report_times *times);

#endif
