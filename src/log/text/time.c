/* SPDX-License-Identifier: MIT */
#include "log/text/time.h"

#include <string.h>

static unsigned long long number(struct bytes digits)
{
    unsigned long long value = 0;
    for (size_t i = 0; i < digits.length; i++)
        value = value * 10 + (unsigned long long)(digits.data[i] - '0');
    return value;
}

/* The civil date of a day counted from 1970-01-01 (Howard Hinnant's algorithm, days_from_civil turned round). */
static void civil_date(unsigned long long days, unsigned *year, unsigned *month, unsigned *day)
{
    const unsigned long long shifted = days + 719468; /* from 0000-03-01 */
    const unsigned long long era = shifted / 146097;
    const unsigned day_of_era = (unsigned)(shifted % 146097);
    const unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = (unsigned)(year_of_era + era * 400) + (*month <= 2);
}

/* So many digits of a number, and a sign behind them if there is one. */
static char *put_number(char *out, unsigned number, unsigned digits, char sign)
{
    for (unsigned i = digits; i > 0; i--, number /= 10)
        out[i - 1] = (char)('0' + number % 10);
    out[digits] = sign;
    return out + digits + (sign != '\0');
}

/* hh:mm:ss */
static char *put_time_of_day(char *out, unsigned hour, unsigned minute, unsigned second)
{
    out = put_number(out, hour, 2, ':');
    out = put_number(out, minute, 2, ':');
    return put_number(out, second, 2, '\0');
}

/* Seconds since 1970, of a year of four digits. */
static char *put_instant(char *out, unsigned long long seconds)
{
    const unsigned rest = (unsigned)(seconds % 86400);
    unsigned year;
    unsigned month;
    unsigned day;
    civil_date(seconds / 86400, &year, &month, &day);
    out = put_number(out, year, 4, '-');
    out = put_number(out, month, 2, '-');
    out = put_number(out, day, 2, 'T');
    return put_time_of_day(out, rest / 3600, rest % 3600 / 60, rest % 60);
}

/* The digits of a fraction behind a point, as many as there are. */
static char *put_fraction(char *out, struct bytes fraction)
{
    if (fraction.length == 0)
        return out;
    *out++ = '.';
    for (size_t i = 0; i < fraction.length; i++)
        if (fraction.data[i] != ',')
            *out++ = fraction.data[i];
    return out;
}

static char *put_epoch(char *out, const struct moment *moment)
{
    out = put_fraction(put_instant(out, number(moment->seconds)), moment->fraction);
    *out++ = 'Z';
    return out;
}

static char *put_civil(char *out, const struct moment *moment)
{
    unsigned parts[3];
    if (!moment_clock(moment, parts))
        return NULL;
    memcpy(out, moment->year.data, moment->year.length);
    out[moment->year.length] = '-';
    out = put_number(out + moment->year.length + 1, moment->month, 2, '-');
    out = put_number(out, moment->day, 2, 'T');
    out = put_fraction(put_time_of_day(out, parts[0], parts[1], parts[2]), moment_fraction(moment));
    const size_t zone = moment->zone == NULL ? 0 : strlen(moment->zone);
    memcpy(out, zone == 0 ? "" : moment->zone, zone);
    return out + zone;
}

/* Is there room for what is shown of a date, whatever its zone? */
static bool fits(const struct moment *moment)
{
    static const char others[] = "-01-31T23:59:59.+00:00";
    const size_t year = moment->since_1970 ? 4 : moment->year.length;
    return year + moment->fraction.length + sizeof others - 1 <= TIME_SIZE;
}

/* Day and month of a date that does not tell them, as others of its log have them. */
static void apply_order(struct moment *moment, enum day_order order)
{
    const unsigned first = moment->month;
    if (moment->order != ORDER_EITHER || order < ORDER_DAY_FIRST)
        return;
    moment->kind = MOMENT_DATE;
    if (order == ORDER_MONTH_FIRST)
        return;
    moment->month = moment->day;
    moment->day = first;
}

struct bytes time_show(struct bytes captured, char buffer[TIME_SIZE])
{
    return time_show_ordered(captured, ORDER_NONE, buffer);
}

enum day_order time_order(struct bytes captured)
{
    struct moment moment;
    char copy[TIME_SIZE + 1];
    if (captured.data == NULL || captured.length > TIME_SIZE)
        return ORDER_NONE;
    memcpy(copy, captured.data, captured.length);
    copy[captured.length] = '\n';
    const bool whole = moment_read(copy, copy + captured.length, &moment) == captured.length;
    return whole ? moment.order : ORDER_NONE;
}

enum clock time_read(struct bytes captured, struct clock_minute *last, int64_t *milliseconds)
{
    struct moment moment;
    struct bytes count;
    char copy[TIME_SIZE + 1];
    if (captured.data == NULL || captured.length > TIME_SIZE || time_is_usual(captured))
        return clock_read(captured, last, milliseconds);
    if (clock_read_in_minute(captured, last, milliseconds))
        return CLOCK_EPOCH;
    memcpy(copy, captured.data, captured.length);
    copy[captured.length] = '\n';
    if (moment_is_start(copy, copy + captured.length, &count))
        return clock_read(count, last, milliseconds);
    enum clock clock = CLOCK_NONE;
    if (moment_read(copy, copy + captured.length, &moment) == captured.length)
        clock = clock_of_moment(&moment, milliseconds);
    if (clock == CLOCK_EPOCH)
        clock_keep_minute(captured, *milliseconds, last);
    return clock != CLOCK_NONE ? clock : clock_read(captured, last, milliseconds);
}

struct bytes time_show_ordered(struct bytes captured, enum day_order order, char buffer[TIME_SIZE])
{
    struct moment moment;
    struct bytes count;
    char copy[TIME_SIZE + 1]; /* ended, lest what follows in the log be read with it */
    if (captured.data == NULL || captured.length > TIME_SIZE || time_is_usual(captured))
        return captured;
    memcpy(copy, captured.data, captured.length);
    copy[captured.length] = '\n';
    if (moment_is_start(copy, copy + captured.length, &count))
        return (struct bytes){captured.data + (count.data - copy), count.length};
    if (moment_read(copy, copy + captured.length, &moment) != captured.length)
        return captured;
    apply_order(&moment, order);
    if (moment.kind != MOMENT_DATE || !fits(&moment))
        return captured;
    const char *const end =
        moment.since_1970 ? put_epoch(buffer, &moment) : put_civil(buffer, &moment);
    return end == NULL ? captured : (struct bytes){buffer, (size_t)(end - buffer)};
}

bool time_has_zone(struct bytes shown)
{
    if (shown.length < 20)
        return false;
    const char sign = shown.data[shown.length - 6];
    return shown.data[shown.length - 1] == 'Z' || sign == '+' || sign == '-';
}

struct bytes time_write(int64_t milliseconds, bool zone, bool fraction, char buffer[TIME_SIZE])
{
    const int64_t last = INT64_C(253402300799999); /* of the year 9999 */
    if (milliseconds < 0 || milliseconds > last)
        return (struct bytes){NULL, 0};
    char *end = put_instant(buffer, (unsigned long long)milliseconds / 1000);
    if (fraction) {
        *end++ = '.';
        end = put_number(end, (unsigned)(milliseconds % 1000), 3, '\0');
    }
    if (zone)
        *end++ = 'Z';
    return (struct bytes){buffer, (size_t)(end - buffer)};
}
