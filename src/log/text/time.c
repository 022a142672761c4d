/* SPDX-License-Identifier: MIT */
#include "log/text/time.h"

#include <stdio.h>
#include <string.h>

#include "log/text/moment.h"

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

/* The digits of a fraction behind a point, as many as there are. */
static int put_fraction(struct bytes fraction, char *out)
{
    int length = 0;
    if (fraction.length == 0)
        return 0;
    out[length++] = '.';
    for (size_t i = 0; i < fraction.length; i++)
        if (fraction.data[i] != ',')
            out[length++] = fraction.data[i];
    return length;
}

static int put_epoch(const struct moment *moment, char *buffer)
{
    const unsigned long long seconds = number(moment->seconds);
    const unsigned rest = (unsigned)(seconds % 86400);
    unsigned year;
    unsigned month;
    unsigned day;
    civil_date(seconds / 86400, &year, &month, &day);
    int length = snprintf(buffer, TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u", year, month, day,
                          rest / 3600, rest % 3600 / 60, rest % 60);
    length += put_fraction(moment->fraction, buffer + length);
    buffer[length++] = 'Z';
    return length;
}

/* Hour, minute and second with two digits each, from what stands between signs of any script, or in one; 0 if a part of them lacks. */
static int put_clock(const struct moment *moment, char *out)
{
    unsigned parts[3] = {0, 0, 0};
    unsigned count = 0;
    unsigned digits = 0;
    const bool plain =
        moment->clock.length == 6 && moment->clock.data[2] >= '0' && moment->clock.data[2] <= '9';
    for (size_t i = 0; i < moment->clock.length; i++) {
        const char byte = moment->clock.data[i];
        const bool is_digit = byte >= '0' && byte <= '9';
        if (digits > 0 && (!is_digit || (plain && digits == 2))) {
            digits = 0;
            count++;
        }
        if (count == sizeof parts / sizeof parts[0])
            return 0;
        if (!is_digit)
            continue;
        parts[count] = parts[count] * 10 + (unsigned)(byte - '0');
        digits++;
    }
    if (count != 2)
        return 0;
    if (moment->afternoon != 0)
        parts[0] = parts[0] % 12 + (moment->afternoon == 'p' ? 12 : 0);
    return snprintf(out, 9, "%02u:%02u:%02u", parts[0] % 100, parts[1] % 100, parts[2] % 100);
}

/* socat writes nine digits, of which the first three are always 0, and means microseconds. */
static struct bytes digits_of(const struct moment *moment)
{
    const struct bytes fraction = moment->fraction;
    const bool is_socat = fraction.length == 9 && memcmp(fraction.data, "000", 3) == 0 &&
                          moment->year.data[moment->year.length] == '/';
    return is_socat ? (struct bytes){fraction.data + 3, 6} : fraction;
}

static int put_civil(const struct moment *moment, char *buffer)
{
    int length = snprintf(buffer, TIME_SIZE, "%.*s-%02u-%02uT", (int)moment->year.length,
                          moment->year.data, moment->month, moment->day);
    const int clock = put_clock(moment, buffer + length);
    if (clock == 0)
        return 0;
    length += clock;
    length += put_fraction(digits_of(moment), buffer + length);
    if (moment->zone != NULL)
        length += snprintf(buffer + length, 8, "%s", moment->zone);
    return length;
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
    if (moment.kind != MOMENT_DATE)
        return captured;
    const int length = moment.since_1970 ? put_epoch(&moment, buffer) : put_civil(&moment, buffer);
    return length == 0 ? captured : (struct bytes){buffer, (size_t)length};
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
    const unsigned long long seconds = (unsigned long long)milliseconds / 1000;
    const unsigned rest = (unsigned)(seconds % 86400);
    unsigned year;
    unsigned month;
    unsigned day;
    civil_date(seconds / 86400, &year, &month, &day);
    int length = snprintf(buffer, TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u", year % 10000, month,
                          day, rest / 3600, rest % 3600 / 60, rest % 60);
    if (fraction)
        length += snprintf(buffer + length, 8, ".%03u", (unsigned)(milliseconds % 1000));
    if (zone)
        buffer[length++] = 'Z';
    return (struct bytes){buffer, (size_t)length};
}
