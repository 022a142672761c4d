/* SPDX-License-Identifier: MIT
 *
 * The two clocks, and how times and durations are shown. */
#ifndef SBFOTA_CLI_WATCH_TIME_H
#define SBFOTA_CLI_WATCH_TIME_H

#include <stddef.h>
#include <stdint.h>

enum {
    WATCH_TIME_SIZE = 32,
    WATCH_SPAN_SIZE = 40
};

/* Milliseconds since 1970: what records, logs and sessions have. It may be set. */
int64_t watch_time_now(void);

/* Milliseconds of a clock that nobody sets, for timers. */
int64_t watch_timer_now(void);

/* 2026-11-28T16:40:00.123Z */
const char *watch_time_show(int64_t milliseconds, char text[WATCH_TIME_SIZE]);

/* 16:40:00, where the user is. */
const char *watch_clock_show(int64_t milliseconds, char text[WATCH_TIME_SIZE]);

/* The two greatest units: 45 s, 12 min 5 s, 3 h 2 min, 14 d 3 h. */
const char *watch_span_show(int64_t milliseconds, char text[WATCH_SPAN_SIZE]);

#endif
