/* SPDX-License-Identifier: MIT */
#include "log/text/moment.h"

#include <string.h>

#include "log/text/span.h"

enum date_form {
    DATE_NONE = 0,
    DATE_YMD,
    DATE_DAY_OR_MONTH_FIRST,
    DATE_MD,
    DATE_EPOCH,
    DATE_UPTIME
};

enum clock_form {
    CLOCK_NOT = 0,
    CLOCK_MINUTES, /* only behind a date */
    CLOCK_SECONDS
};

enum zone_form {
    ZONE_NONE = 0,
    ZONE_UTC,
    ZONE_OFFSET,
    ZONE_NAME
};

enum {
    COUNT_MAX = 18,    /* digits of a count */
    FRACTION_MOST = 12 /* of a fraction */
};

#include "moment.inc"
#include "months.inc"

/* A date whose month has a name; the parts are year, month and day. */
static enum date_form read_named(const char **next, struct bytes parts[3])
{
    const char *at = *next;
    const enum date_form before = read_before_month(&at, parts);
    const size_t month = read_month(at);
    const char *behind = at + month;
    size_t year = 0;
    if (month == 0)
        return DATE_NONE;
    parts[1] = (struct bytes){at, month};
    if (before == DATE_MD) {
        const char *sign = parts[2].data + parts[2].length;
        sign += *sign == '.';
        year =
            *sign == '\t' || *behind == ',' || *behind == '\t' ? 0 : read_year(behind, &parts[0]);
        if (year == 0 && !is_blank(*sign))
            return DATE_NONE;
    } else {
        const size_t day = read_day(behind, &parts[2]);
        if (day == 0)
            return DATE_NONE;
        behind += day;
        if (before == DATE_NONE) {
            parts[0] = (struct bytes){NULL, 0};
            year = strchr(", \t/", *behind) != NULL ? read_year(behind, &parts[0]) : 0;
            behind += year == 0 && (*behind == ',' || *behind == '.');
        }
    }
    *next = behind + year;
    return year > 0 ? DATE_YMD : before == DATE_NONE ? DATE_MD : before;
}

/* A date, or what counts seconds, whichever is longest. */
static enum date_form read_date(const char **next, struct bytes parts[3])
{
    const char *const begin = *next;
    const char *behind = begin;
    struct bytes others[3];
    enum date_form form = read_digits(next, parts);
    const enum date_form other =
        form == DATE_NONE || form == DATE_MD ? read_named(&behind, others) : DATE_NONE;
    if (other != DATE_NONE && behind > *next) {
        *next = behind;
        memcpy(parts, others, sizeof others);
        form = other;
    }
    behind = begin;
    if (read_uptime(&behind, others) != DATE_NONE && behind > *next) {
        *next = behind;
        memcpy(parts, others, sizeof others);
        form = DATE_UPTIME;
    }
    return form;
}

static const struct {
    const char *name;
    const char *offset;
} zones[] = {
#define ZONE(name, offset) {#name, offset},
#include "zones.def"
#undef ZONE
};

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (unsigned char)byte > 127;
}

static unsigned to_number(struct bytes digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits.length && i < 9; i++)
        value = value * 10 + (unsigned)(digits.data[i] - '0');
    return value;
}

static char to_lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

static bool begins_with(struct bytes text, const char *word)
{
    size_t i = 0;
    for (; word[i] != '\0'; i++)
        if (i == text.length || to_lower(text.data[i]) != word[i])
            return false;
    return true;
}

/* 1 to 12 from digits or a name; 0 if it is neither. */
static unsigned to_month(struct bytes month)
{
    if (month.length <= 2 && is_digit(month.data[0])) {
        const unsigned number = to_number(month);
        return number <= 12 ? number : 0;
    }
    const unsigned first = (unsigned char)to_lower(month.data[0]);
    for (unsigned i = month_places[first]; i < month_places[first + 1]; i++)
        if (begins_with(month, month_names[i].text))
            return month_names[i].month;
    return 0;
}

/* The order that the numbers themselves show, or dots: 2.11. is a day and a month everywhere. */
static bool order_day_and_month(struct moment *moment, struct bytes first, struct bytes second)
{
    const unsigned one = to_number(first);
    const unsigned two = to_number(second);
    const bool day_first = first.data[first.length] == '.' || one > 12;
    moment->day = day_first ? one : two;
    moment->month = day_first ? two : one;
    return moment->month >= 1 && moment->month <= 12 && (day_first || two > 12 || one == two);
}

/* What the numbers of one date tell of the order of others. */
static enum day_order find_order(unsigned one, unsigned two)
{
    if (one > 12 || two > 12)
        return one > 12 ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
    return one == two ? ORDER_NONE : ORDER_EITHER;
}

static enum moment_kind take_date(struct moment *moment, enum date_form form, struct bytes parts[3])
{
    bool sure = true;
    switch (form) {
    case DATE_YMD:
    case DATE_MD:
        moment->year = form == DATE_YMD ? parts[0] : (struct bytes){NULL, 0};
        moment->month = to_month(parts[1]);
        moment->day = to_number(parts[2]);
        break;
    case DATE_DAY_OR_MONTH_FIRST:
        moment->year = parts[2];
        if (parts[0].data[parts[0].length] != '.' && parts[2].length == 4)
            moment->order = find_order(to_number(parts[0]), to_number(parts[1]));
        sure = order_day_and_month(moment, parts[0], parts[1]) && parts[2].length == 4;
        break;
    case DATE_NONE:
    case DATE_EPOCH:
    case DATE_UPTIME: break;
    }
    if (moment->day < 1 || moment->day > 31 || (sure && form != DATE_MD && moment->month == 0))
        return MOMENT_NONE;
    return sure && moment->year.data != NULL ? MOMENT_DATE : MOMENT_DAY;
}

/* Behind the last byte of a time nothing may stand that would make its end another number or word. Signs of Chinese and Japanese are no
 * letters of ours. */
static bool ends_here(const char *at, const char *end)
{
    const bool is_sign = (unsigned char)*at >= 0xe3 && (unsigned char)*at <= 0xef;
    return at == end || !(is_digit(*at) || (is_letter(*at) && !is_sign) ||
                          ((*at == '.' || *at == ':') && end - at > 1 && is_digit(at[1])));
}

static bool take_count(struct moment *moment, enum date_form form, struct bytes parts[3])
{
    moment->since_1970 = form == DATE_EPOCH;
    moment->seconds = parts[0];
    moment->fraction = parts[1];
    moment->kind = form == DATE_EPOCH ? MOMENT_DATE : MOMENT_UPTIME;
    return true;
}

static const char *take_zone(struct moment *moment, const char *at, const char *end)
{
    struct bytes parts[3];
    const char *next = at;
    const enum zone_form form = read_zone(&next, parts);
    if (form == ZONE_NONE || !ends_here(next, end))
        return at;
    if (form == ZONE_NAME) {
        for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
            if (bytes_are(parts[0], zones[i].name)) {
                moment->zone = zones[i].offset;
                return next;
            }
        return at;
    }
    if (form == ZONE_UTC) {
        moment->zone = "Z";
        return next;
    }
    memcpy(moment->offset, parts[0].data, 3);
    moment->offset[3] = ':';
    memcpy(moment->offset + 4, parts[1].length == 2 ? parts[1].data : "00", 2);
    moment->offset[6] = '\0';
    moment->zone = moment->offset;
    return next;
}

/* The time of day at `at`, and the zone behind it; NULL if there is none. */
static const char *take_clock(struct moment *moment, const char *at, const char *end, bool dated)
{
    struct bytes parts[3];
    unsigned char half;
    const char *next = at + read_half(at, &half);
    const enum clock_form form = read_clock(&next, parts);
    if (form == CLOCK_NOT || (form != CLOCK_SECONDS && !dated))
        return NULL;
    const bool plain = parts[0].length == 6 && memchr(parts[0].data, ':', 6) == NULL;
    if (plain && !dated)
        return NULL;
    /* Digits that are too many for a fraction stand in the next column. */
    if (parts[1].length > FRACTION_MOST && parts[1].data[-1] == ',') {
        next = parts[1].data - 1;
        parts[1] = (struct bytes){NULL, 0};
    }
    moment->clock = parts[0];
    moment->fraction = parts[1];
    if (memchr(parts[0].data, ':', parts[0].length) != NULL)
        next += read_late_half(next, &half);
    moment->afternoon = half;
    const char *const zoned = take_zone(moment, next, end);
    return ends_here(zoned, end) ? zoned : NULL;
}

/* Behind the day of the week at `at`, if a date follows. */
static const char *skip_weekday(const char *at)
{
    struct bytes parts[3];
    const size_t weekday = is_letter(*at) || *at == '(' ? read_weekday(at) : 0;
    const char *behind = at + weekday;
    return weekday > 0 && read_date(&behind, parts) != DATE_NONE ? at + weekday : at;
}

/* The year that may stand behind the clock; where the time ends. */
static const char *take_late_year(struct moment *moment, const char *at, const char *end)
{
    struct bytes year;
    const size_t length = is_blank(*at) ? read_year(at, &year) : 0;
    const bool late = length > 0 && ends_here(at + length, end);
    if (late)
        moment->year = year;
    moment->kind = late && moment->month > 0 ? MOMENT_DATE : MOMENT_DAY;
    return late ? at + length : at;
}

size_t moment_read(const char *begin, const char *end, struct moment *moment)
{
    struct bytes parts[3];
    memset(moment, 0, sizeof *moment);
    const char *const at = skip_weekday(begin);
    const char *next = at;
    const enum date_form form = read_date(&next, parts);
    if (form == DATE_EPOCH || form == DATE_UPTIME) {
        if (at != begin || !ends_here(next, end))
            return 0;
        take_count(moment, form, parts);
        moment->text = (struct bytes){at, (size_t)(next - at)};
        return (size_t)(next - begin);
    }
    const size_t joint = form == DATE_NONE ? 0 : read_joint(next);
    const char *behind = NULL;
    /* A sign behind the day is enough. */
    if (joint > 0 || (form == DATE_YMD && (unsigned char)next[-1] > 127)) {
        moment->kind = take_date(moment, form, parts);
        /* 10 and 00:00 behind a word are no day and a time of it. */
        behind = take_clock(moment, next + joint, end, form == DATE_YMD || *next != ':');
        if (moment->kind == MOMENT_NONE)
            return 0;
    }
    if (behind == NULL) {
        if (at != begin)
            return 0;
        memset(moment, 0, sizeof *moment);
        moment->kind = MOMENT_CLOCK;
        behind = take_clock(moment, at, end, false);
        if (behind == NULL)
            return 0;
    } else if (moment->year.data == NULL && moment->kind == MOMENT_DAY && form == DATE_MD &&
               parts[1].length > 2) {
        /* Behind 11-02 it is a number of another kind: logcat's process. */
        behind = take_late_year(moment, behind, end);
    }
    moment->text = (struct bytes){at, (size_t)(behind - at)};
    return (size_t)(behind - begin);
}

bool moment_is_start(const char *begin, const char *end, struct bytes *count)
{
    return read_start(begin, end, count);
}

bool moment_clock(const struct moment *moment, unsigned parts[3])
{
    unsigned count = 0;
    parts[0] = parts[1] = parts[2] = 0;
    unsigned digits = 0;
    const bool plain =
        moment->clock.length == 6 && moment->clock.data[2] >= '0' && moment->clock.data[2] <= '9';
    for (size_t i = 0; i < moment->clock.length; i++) {
        const char byte = moment->clock.data[i];
        const bool digit = is_digit(byte);
        if (digits > 0 && (!digit || (plain && digits == 2))) {
            digits = 0;
            count++;
        }
        if (count == 3)
            return false;
        if (!digit)
            continue;
        parts[count] = parts[count] * 10 + (unsigned)(byte - '0');
        digits++;
    }
    if (count != 2)
        return false;
    if (moment->afternoon != 0)
        parts[0] = parts[0] % 12 + (moment->afternoon == 'p' ? 12 : 0);
    for (unsigned i = 0; i < 3; i++)
        parts[i] %= 100;
    return true;
}

/* socat writes nine digits, of which the first three are always 0, and means microseconds. */
struct bytes moment_fraction(const struct moment *moment)
{
    const struct bytes fraction = moment->fraction;
    const bool is_socat = moment->year.data != NULL && fraction.length == 9 &&
                          memcmp(fraction.data, "000", 3) == 0 &&
                          moment->year.data[moment->year.length] == '/';
    return is_socat ? (struct bytes){fraction.data + 3, 6} : fraction;
}
