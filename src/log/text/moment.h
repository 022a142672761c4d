/* SPDX-License-Identifier: MIT
 *
 * Times as logs write them: one reader for all forms. */
#ifndef SBFOTA_LOG_MOMENT_H
#define SBFOTA_LOG_MOMENT_H

#include <stdbool.h>

#include "log/text/record.h"

/* What a time tells; the more, the later. */
enum moment_kind {
    MOMENT_NONE = 0,
    MOMENT_UPTIME, /* counts from some start */
    MOMENT_CLOCK,  /* the time of day */
    MOMENT_DAY,    /* without the year, or in an order of day and month that it does not show */
    MOMENT_DATE    /* date and time of day */
};

/* In what order a date has day and month: 2/11/2020. */
enum day_order {
    ORDER_NONE = 0, /* in one that is known, or there is no date */
    ORDER_EITHER,   /* its numbers do not tell */
    ORDER_DAY_FIRST,
    ORDER_MONTH_FIRST
};

/* A time, taken apart. What it lacks has no data. */
struct moment {
    enum moment_kind kind;
    struct bytes text; /* all of it but the weekday */
    struct bytes year;
    unsigned month; /* 1 to 12; 0 where its name is not known */
    unsigned day;
    enum day_order order;  /* where it is ORDER_EITHER, the month is taken for the first */
    struct bytes clock;    /* 10:00:00, 9:00, 100000 */
    struct bytes fraction; /* digits, perhaps with a comma between */
    unsigned afternoon;    /* 'a' or 'p', 0 if the clock has 24 hours */
    const char *zone;      /* as RFC 3339 has it: Z, or an offset in `offset`; NULL if not known */
    char offset[8];
    struct bytes seconds; /* since 1970, or since a start; then there is no date */
    bool since_1970;
};

/* The time that begins at `begin`, before `end`, where a byte must be readable that belongs to no time. As much as is one, with
 * the weekday before it; 0 if there is none. */
size_t moment_read(const char *begin, const char *end, struct moment *moment);

/* Hour, minute and second, from what stands between signs of any script, or in one; false if a part of them lacks. */
bool moment_clock(const struct moment *moment, unsigned parts[3]);

/* The digits of its fraction that count, perhaps with a comma between. */
struct bytes moment_fraction(const struct moment *moment);

/* A time without a date, as events show it. What it lacks has no data, or none of length. */
struct moment_count {
    struct bytes digits;          /* hours, where minutes and seconds follow */
    struct bytes minutes_seconds; /* :00:00 */
    struct bytes fraction;
    bool since_boot; /* of Zephyr: hours, too, count from it */
};

/* The count, or time of day, that all is before a line feed. False if it is neither. */
bool moment_read_count(const char *begin, struct moment_count *count);

/* Is what a form gives a count since a program's start, with what tells it from seconds since 1970? Then *count is it. */
bool moment_is_start(const char *begin, const char *end, struct bytes *count);

#endif
