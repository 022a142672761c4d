/* SPDX-License-Identifier: MIT
 *
 * The two clocks, and how times and durations are shown. */
#ifndef SBFOTA_CLI_WRITING_TIME_H
#define SBFOTA_CLI_WRITING_TIME_H

#include <stddef.h>
#include <stdint.h>

enum {
    TIME_TEXT_SIZE = 32,
    SPAN_TEXT_SIZE = 40
};

/* Milliseconds since 1970: what records, logs and sessions have. It may be set. */
int64_t time_now(void);

/* Milliseconds of a clock that nobody sets, for timers. */
int64_t timer_now(void);

/* 2026-11-28T16:40:00.123Z */
const char *utc_show(int64_t milliseconds, char text[TIME_TEXT_SIZE]);

/* 16:40:00, where the user is. */
const char *clock_show(int64_t milliseconds, char text[TIME_TEXT_SIZE]);

/* The two greatest units: 45 s, 12 min 5 s, 3 h 2 min, 14 d 3 h. */
const char *span_show(int64_t milliseconds, char text[SPAN_TEXT_SIZE]);

#endif
