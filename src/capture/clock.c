/* SPDX-License-Identifier: MIT */
#include "clock.h"

#include <string.h>

/* What is left of a time. */
struct rest {
    const char *next;
    const char *end;
};

static bool is_digit(const struct rest *rest)
{
    return rest->next < rest->end && *rest->next >= '0' && *rest->next <= '9';
}

static bool take(struct rest *rest, char wanted)
{
    if (rest->next == rest->end || *rest->next != wanted)
        return false;
    rest->next++;
    return true;
}

/* A number of `least` to `most` digits. */
static bool take_number(struct rest *rest, unsigned least, unsigned most, int64_t *number)
{
    unsigned digits = 0;
    for (*number = 0; digits < most && is_digit(rest); digits++)
        *number = *number * 10 + (*rest->next++ - '0');
    return digits >= least;
}

/* The first three digits behind a point, a comma or a colon; there may be none. */
static int64_t take_fraction(struct rest *rest)
{
    int64_t milliseconds = 0;
    if (rest->next == rest->end || strchr(".,:", *rest->next) == NULL)
        return 0;
    rest->next++;
    for (int64_t unit = 100; is_digit(rest); unit /= 10)
        milliseconds += (*rest->next++ - '0') * unit;
    /* Zephyr: milliseconds, a comma, microseconds */
    if (take(rest, ','))
        while (is_digit(rest))
            rest->next++;
    return milliseconds;
}

/* hh:mm:ss and a fraction. */
static bool take_clock(struct rest *rest, int64_t *milliseconds)
{
    int64_t hour, minute, second;
    if (!take_number(rest, 1, 4, &hour) || !take(rest, ':') || !take_number(rest, 2, 2, &minute) ||
        !take(rest, ':') || !take_number(rest, 2, 2, &second))
        return false;
    *milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + take_fraction(rest);
    return true;
}

/* Z, +hh:mm, -hh:mm or nothing: what is to be taken off. */
static bool take_zone(struct rest *rest, int64_t *milliseconds)
{
    int64_t hours, minutes;
    *milliseconds = 0;
    if (rest->next == rest->end || take(rest, 'Z'))
        return true;
    const bool west = *rest->next == '-';
    if ((!take(rest, '+') && !take(rest, '-')) || !take_number(rest, 2, 2, &hours) ||
        !take(rest, ':') || !take_number(rest, 2, 2, &minutes))
        return false;
    *milliseconds = (hours * 60 + minutes) * 60000 * (west ? -1 : 1);
    return true;
}

/* Days since 1970-01-01 (Howard Hinnant's days_from_civil). */
static int64_t count_days(int64_t year, int64_t month, int64_t day)
{
    const int64_t shifted = month <= 2 ? year - 1 : year;
    const int64_t era = shifted / 400;
    const int64_t year_of_era = shifted % 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static const int64_t day = 86400000;

/* A day is in its month if it comes before the next month's first. */
static bool is_date(int64_t year, int64_t month, int64_t date)
{
    return month >= 1 && month <= 12 && date >= 1 && date <= 31 &&
           (date <= 28 || count_days(year, month, date) <
                              count_days(month < 12 ? year : year + 1, month % 12 + 1, 1));
}

/* A second may be a leap one. */
static bool is_time_of_day(int64_t milliseconds)
{
    return milliseconds < day + 1000;
}

static bool read_epoch(struct rest rest, int64_t *milliseconds)
{
    int64_t year, month, date, clock, zone;
    if (!take_number(&rest, 4, 4, &year) || !take(&rest, '-') ||
        !take_number(&rest, 2, 2, &month) || !take(&rest, '-') ||
        !take_number(&rest, 2, 2, &date) || !is_date(year, month, date))
        return false;
    if (rest.next == rest.end) {
        *milliseconds = count_days(year, month, date) * day;
        return true;
    }
    if ((!take(&rest, 'T') && !take(&rest, ' ')) || !take_clock(&rest, &clock) ||
        !is_time_of_day(clock) || !take_zone(&rest, &zone) || rest.next != rest.end)
        return false;
    *milliseconds = count_days(year, month, date) * day + clock - zone;
    return true;
}

static bool take_month(struct rest *rest, int64_t *month)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (*month = 1; *month <= 12 && rest->end - rest->next > 3; ++*month)
        if (memcmp(names + (*month - 1) * 3, rest->next, 3) == 0) {
            rest->next += 3;
            return true;
        }
    return take_number(rest, 2, 2, month) && take(rest, '-');
}

static bool read_year(struct rest rest, int64_t *milliseconds)
{
    const int64_t leap_year = 2000;
    int64_t month, date, clock;
    if (!take_month(&rest, &month))
        return false;
    while (take(&rest, ' '))
        ;
    if (!take_number(&rest, 1, 2, &date) || !take(&rest, ' ') || !take_clock(&rest, &clock))
        return false;
    *milliseconds =
        (count_days(leap_year, month, date) - count_days(leap_year, 1, 1)) * day + clock;
    return true;
}

/* Seconds with a fraction, or whole milliseconds. */
static bool read_start(struct rest rest, int64_t *milliseconds)
{
    int64_t count;
    if (!take_number(&rest, 1, 15, &count))
        return false;
    *milliseconds = rest.next == rest.end ? count : count * 1000 + take_fraction(&rest);
    return rest.next == rest.end;
}

enum clock clock_read(struct bytes shown, struct clock_minute *last, int64_t *milliseconds)
{
    struct rest rest = {shown.data, shown.data == NULL ? NULL : shown.data + shown.length};
    if (shown.length == 0 || shown.data == NULL)
        return CLOCK_NONE;
    if (read_epoch(rest, milliseconds)) {
        const size_t minute = sizeof last->text;
        if (shown.length == minute + 8 && shown.data[10] == 'T' &&
            clock_is_rest(shown.data + minute)) {
            memcpy(last->text, shown.data, minute);
            last->milliseconds = *milliseconds - clock_rest(shown.data + minute);
        }
        return CLOCK_EPOCH;
    }
    if (read_year(rest, milliseconds))
        return CLOCK_YEAR;
    if (take_clock(&rest, milliseconds) && rest.next == rest.end)
        return CLOCK_DAY;
    rest.next = shown.data;
    return read_start(rest, milliseconds) ? CLOCK_START : CLOCK_NONE;
}
