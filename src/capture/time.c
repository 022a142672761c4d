/* SPDX-License-Identifier: MIT */
#include "time.h"

#include <stdio.h>
#include <string.h>

#include "span.h"

#include "time.inc"

static unsigned long long number(struct bytes digits)
{
    unsigned long long value = 0;
    for (size_t i = 0; i < digits.length; i++)
        value = value * 10 + (unsigned long long)(digits.data[i] - '0');
    return value;
}

/* 1 to 12, from digits or a name. */
static unsigned month_number(struct bytes month)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (month.length < 3)
        return (unsigned)number(month);
    for (unsigned i = 0; i < 12; i++)
        if (memcmp(names + (size_t)i * 3, month.data, 3) == 0)
            return i + 1;
    return 0;
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

static int put_epoch(const struct time_parts *parts, char *buffer)
{
    const unsigned long long seconds = number(parts->seconds);
    const unsigned rest = (unsigned)(seconds % 86400);
    unsigned year;
    unsigned month;
    unsigned day;
    civil_date(seconds / 86400, &year, &month, &day);
    return snprintf(buffer, TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u%s%.*sZ", year, month, day,
                    rest / 3600, rest % 3600 / 60, rest % 60, parts->fraction.length > 0 ? "." : "",
                    (int)parts->fraction.length,
                    parts->fraction.length > 0 ? parts->fraction.data : "");
}

/* The zone as RFC 3339 writes it. */
static int put_zone(struct bytes zone, char *out, size_t size)
{
    if (zone.length == 0)
        return 0;
    if (zone.data[0] == 'J')
        return snprintf(out, size, "+09:00");
    if (zone.data[0] != '+' && zone.data[0] != '-')
        return snprintf(out, size, "Z");
    return snprintf(out, size, "%.*s:%.*s", 3, zone.data, 2,
                    zone.length > 3 ? zone.data + zone.length - 2 : "00");
}

static int put_civil(const struct time_parts *parts, char *buffer)
{
    const unsigned month = month_number(parts->month);
    int length = snprintf(
        buffer, TIME_SIZE, "%.*s-%02u-%02uT%.*s%s%.*s%.*s", (int)parts->year.length,
        parts->year.data, month, (unsigned)number(parts->day), (int)parts->clock.length,
        parts->clock.data, parts->fraction.length > 0 ? "." : "", (int)parts->fraction.length,
        parts->fraction.length > 0 ? parts->fraction.data : "", (int)parts->more_fraction.length,
        parts->more_fraction.length > 0 ? parts->more_fraction.data : "");
    length += put_zone(parts->zone, buffer + length, TIME_SIZE - (size_t)length);
    return length;
}

struct bytes time_show(struct bytes captured, char buffer[TIME_SIZE])
{
    struct time_parts parts;
    char copy[TIME_SIZE + 1]; /* ended, lest what follows in the log be read with it */
    if (captured.data == NULL || captured.length > TIME_SIZE || time_is_usual(captured))
        return captured;
    memcpy(copy, captured.data, captured.length);
    copy[captured.length] = '\n';
    read_time((struct bytes){copy, captured.length}, &parts);
    switch (parts.kind) {
    case TIME_OTHER:
    case TIME_RFC_3339: return captured;
    case TIME_CIVIL: return (struct bytes){buffer, (size_t)put_civil(&parts, buffer)};
    case TIME_EPOCH: return (struct bytes){buffer, (size_t)put_epoch(&parts, buffer)};
    case TIME_START:
        return (struct bytes){captured.data + (parts.seconds.data - copy), parts.seconds.length};
    }
    return captured;
}
