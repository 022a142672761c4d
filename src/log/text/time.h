/* SPDX-License-Identifier: MIT
 *
 * The time of a record as it is shown. */
#ifndef SBFOTA_LOG_TIME_H
#define SBFOTA_LOG_TIME_H

#include "log/text/clock.h"
#include "log/text/moment.h"
#include "log/text/record.h"

enum {
    TIME_SIZE = 64
};

/* Is it a date and time that a form has found, with the letters of RFC 3339 and in UTC, as most logs have it? Then there is
 * nothing to do. */
static inline bool time_is_usual(struct bytes time)
{
    const char *const bytes = time.data;
    return time.length >= 20 && bytes[4] == '-' && bytes[7] == '-' && bytes[10] == 'T' &&
           bytes[13] == ':' && (bytes[19] == '.' || time.length == 20) &&
           bytes[time.length - 1] == 'Z' && bytes[time.length - 2] != ' ';
}

/* RFC 3339 where the capture gives date and time, with as many digits and as much of a zone as it gives (seconds since
 * 1970 are UTC); else what it gives. The result is in `captured` or stands in `buffer`. */
struct bytes time_show(struct bytes captured, char buffer[TIME_SIZE]);

/* The same of a log whose other dates have told the order of day and month. */
struct bytes time_show_ordered(struct bytes captured, enum day_order order, char buffer[TIME_SIZE]);

/* What clock_read reads in what time_show shows, at once. */
enum clock time_read(struct bytes captured, struct clock_minute *last, int64_t *milliseconds);

/* What the date of a time tells of that order. */
enum day_order time_order(struct bytes captured);

/* Does a date and time, as time_show shows it, say its zone? */
bool time_has_zone(struct bytes shown);

/* Milliseconds since 1970 in RFC 3339: `zone` with a Z behind them, `fraction` with three digits of a second. No data if the year has not
 * four digits. */
struct bytes time_write(int64_t milliseconds, bool zone, bool fraction, char buffer[TIME_SIZE]);

#endif
