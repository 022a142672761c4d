/* SPDX-License-Identifier: MIT
 *
 * The time of a record as a number, for what lies between two of them. */
#ifndef SBFOTA_CAPTURE_CLOCK_H
#define SBFOTA_CAPTURE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"

/* What the milliseconds of a time count from. */
enum clock {
    CLOCK_NONE = 0, /* there is no time, or none that is understood */
    CLOCK_EPOCH,    /* 1970; without a zone, of wherever the log was written */
    CLOCK_YEAR,     /* some year's beginning: the log does not say which */
    CLOCK_DAY,      /* midnight */
    CLOCK_START     /* some event that the log does not tell, such as a boot */
};

/* The day that was read last: mostly the next one's too. Start with all zero. */
struct clock_day {
    char date[10];
    int64_t milliseconds;
};

/* Read a time as time_show shows it. */
enum clock clock_read(struct bytes shown, struct clock_day *last, int64_t *milliseconds);

#endif
