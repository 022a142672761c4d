/* SPDX-License-Identifier: MIT */
#include "log/text/clock.h"

#include <string.h>

#include "log/text/moment.h"
#include "log/text/span.h"

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

/* Midnight may be that of the day before; a second is any of two digits, as some are leap ones. */
static bool is_time_of_day(const unsigned parts[3])
{
    const unsigned minute = parts[0] * 60 + parts[1];
    return minute < 24 * 60 || (minute == 24 * 60 && parts[2] == 0);
}

/* The first three digits of a fraction. */
static int64_t read_fraction(struct bytes fraction)
{
    int64_t milliseconds = 0;
    int64_t unit = 100;
    for (size_t i = 0; i < fraction.length && fraction.data[i] != ','; i++, unit /= 10)
        milliseconds += (fraction.data[i] - '0') * unit;
    return milliseconds;
}

static int64_t read_number(struct bytes digits)
{
    int64_t number = 0;
    for (size_t i = 0; i < digits.length; i++)
        number = number * 10 + (digits.data[i] - '0');
    return number;
}

/* What a zone, as RFC 3339 has it, is ahead of UTC. */
static int64_t read_zone(const char *zone)
{
    if (zone == NULL || *zone == 'Z')
        return 0;
    const int64_t minutes =
        read_number((struct bytes){zone + 1, 2}) * 60 + read_number((struct bytes){zone + 4, 2});
    return minutes * 60000 * (*zone == '-' ? -1 : 1);
}

/* The milliseconds of its time of day. */
static bool read_time_of_day(const struct moment *moment, unsigned parts[3], int64_t *milliseconds)
{
    const bool is_whole = moment_clock(moment, parts);
    *milliseconds = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * INT64_C(1000) +
                    read_fraction(moment_fraction(moment));
    return is_whole;
}

/* Is 2/11 a day and a month, or the other way round? */
static bool has_order(const struct moment *moment)
{
    return moment->order != ORDER_EITHER && moment->text.data[1] != '/' &&
           moment->text.data[2] != '/';
}

enum clock clock_of_moment(const struct moment *moment, int64_t *milliseconds)
{
    const int64_t leap_year = 2000;
    const int64_t year = read_number(moment->year);
    unsigned parts[3];
    int64_t clock;
    if (moment->since_1970) {
        *milliseconds = read_number(moment->seconds) * 1000 + read_fraction(moment->fraction);
        return CLOCK_EPOCH;
    }
    if (moment->clock.data == NULL || !read_time_of_day(moment, parts, &clock))
        return CLOCK_NONE;
    *milliseconds = clock;
    switch (moment->kind) {
    case MOMENT_NONE:
    case MOMENT_UPTIME: return CLOCK_NONE;
    case MOMENT_CLOCK:
        return memchr(moment->fraction.length == 0 ? "" : moment->fraction.data, ',',
                      moment->fraction.length) != NULL
                   ? CLOCK_START
                   : CLOCK_DAY;
    case MOMENT_DAY:
        if (moment->year.data != NULL || moment->month == 0 || !has_order(moment))
            return CLOCK_NONE;
        *milliseconds +=
            (count_days(leap_year, moment->month, moment->day) - count_days(leap_year, 1, 1)) * day;
        return CLOCK_YEAR;
    case MOMENT_DATE: break;
    }
    if (moment->year.length != 4 || !is_date(year, moment->month, moment->day) ||
        !is_time_of_day(parts))
        return CLOCK_NONE;
    *milliseconds += count_days(year, moment->month, moment->day) * day - read_zone(moment->zone);
    return CLOCK_EPOCH;
}

/* A count of seconds with a fraction, or of whole milliseconds; or hours, minutes and seconds. */
static enum clock read_count(const char *text, int64_t *milliseconds)
{
    struct moment_count count;
    if (!moment_read_count(text, &count) || count.digits.length > 15)
        return CLOCK_NONE;
    const int64_t number = read_number(count.digits);
    const int64_t fraction = read_fraction(count.fraction);
    if (count.minutes_seconds.length == 0) {
        *milliseconds = count.fraction.data == NULL ? number : number * 1000 + fraction;
        return CLOCK_START;
    }
    if (count.digits.length > 4)
        return CLOCK_NONE;
    const int64_t minutes = read_number((struct bytes){count.minutes_seconds.data + 1, 2});
    const int64_t seconds = read_number((struct bytes){count.minutes_seconds.data + 4, 2});
    *milliseconds = ((number * 60 + minutes) * 60 + seconds) * 1000 + fraction;
    return count.since_boot ? CLOCK_START : CLOCK_DAY;
}

/* A time with a date, or a day without its year, in whatever language, before a line feed. */
static enum clock read_moment(const char *text, size_t length, int64_t *milliseconds)
{
    struct moment moment;
    return moment_read(text, text + length, &moment) == length
               ? clock_of_moment(&moment, milliseconds)
               : CLOCK_NONE;
}

enum {
    MINUTE = sizeof((struct clock_minute *)NULL)->text,
    ZONE = sizeof((struct clock_minute *)NULL)->zone
};

/* How long seconds and their fraction are behind the minute of a time, :59.123456; 0 if they are written otherwise. `rest` is what
 * clock_rest reads. */
static size_t take_seconds(struct bytes shown, char rest[8])
{
    static const char none[8] = {':', '0', '0', '.', '0', '0', '0', 'Z'};
    const char *const begin = shown.data + MINUTE;
    const size_t left = shown.length - MINUTE;
    size_t length = 3;
    if (left > 4 && begin[3] == '.' && is_digit(begin[4]))
        for (length = 5; length < left && is_digit(begin[length]);)
            length++;
    memcpy(rest, none, sizeof none);
    memcpy(rest, begin, length < 7 ? length : 7);
    return clock_is_rest(rest) ? length : 0;
}

bool clock_read_in_minute(struct bytes shown, const struct clock_minute *last,
                          int64_t *milliseconds)
{
    char rest[8];
    if (shown.length < MINUTE + 3 || memcmp(shown.data, last->text, MINUTE) != 0)
        return false;
    const size_t length = take_seconds(shown, rest);
    const char *const zone = shown.data + MINUTE + length;
    const size_t left = shown.length - MINUTE - length;
    const bool other = left == ZONE && memcmp(zone, last->zone, ZONE) == 0;
    *milliseconds = last->milliseconds + clock_rest(rest) - (other ? last->ahead : 0);
    return length > 0 && (left == 0 || (left == 1 && *zone == 'Z') || other);
}

void clock_keep_minute(struct bytes shown, int64_t milliseconds, struct clock_minute *last)
{
    char rest[8];
    if (shown.length < MINUTE + 3 || shown.data[4] != '-' ||
        (shown.data[10] != 'T' && shown.data[10] != ' ') || memcmp(shown.data + 11, "24", 2) == 0)
        return;
    const size_t length = take_seconds(shown, rest);
    const char *const zone = shown.data + MINUTE + length;
    const size_t left = shown.length - MINUTE - length;
    const bool other = left == ZONE && (*zone == '+' || *zone == '-');
    if (length == 0 || !(left == 0 || (left == 1 && *zone == 'Z') || other))
        return;
    if (other) {
        memcpy(last->zone, zone, ZONE);
        last->ahead = (int32_t)read_zone(zone);
    }
    memcpy(last->text, shown.data, MINUTE);
    last->milliseconds = milliseconds - clock_rest(rest) + (other ? last->ahead : 0);
}

enum clock clock_read(struct bytes shown, struct clock_minute *last, int64_t *milliseconds)
{
    static const char midnight[] = "T00:00:00\n";
    enum {
        SHOWN_MOST = 64,
        DATE = 10 /* 2026-01-31 */
    };
    char text[SHOWN_MOST + sizeof midnight]; /* ended, lest what follows be read with it */
    if (shown.length == 0 || shown.length > SHOWN_MOST || shown.data == NULL)
        return CLOCK_NONE;
    if (clock_read_in_minute(shown, last, milliseconds))
        return CLOCK_EPOCH;
    memcpy(text, shown.data, shown.length);
    text[shown.length] = '\n';
    enum clock clock = read_count(text, milliseconds);
    if (clock == CLOCK_NONE)
        clock = read_moment(text, shown.length, milliseconds);
    if (clock == CLOCK_NONE && shown.length == DATE) {
        memcpy(text + DATE, midnight, sizeof midnight);
        clock = read_moment(text, DATE + sizeof midnight - 2, milliseconds);
    }
    if (clock == CLOCK_EPOCH)
        clock_keep_minute(shown, *milliseconds, last);
    return clock;
}

enum {
    LEAP_DAYS = 366,
    FEBRUARY_29 = 59 /* days of a leap year before it */
};

/* Of two counts that go round, how many rounds bring the second next to the first. */
static int64_t nearest_round(int64_t from, int64_t to, int64_t round)
{
    const int64_t apart = from - to;
    return (apart + (apart >= 0 ? round / 2 : -(round / 2))) / round;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* A time in a leap year as one since 1970, in another year. */
static int64_t time_in_year(int64_t year, int64_t in_leap_year)
{
    const bool behind = !is_leap(year) && in_leap_year >= (FEBRUARY_29 + 1) * day;
    return (count_days(year, 1, 1) - behind) * day + in_leap_year;
}

/* The last year whose such time was before; two time zones may lie a day apart. */
static int64_t year_before(int64_t in_leap_year, int64_t near)
{
    int64_t year = 1970 + near / (day * 365) + 1;
    const bool needs_leap = in_leap_year / day == FEBRUARY_29;
    while (year > 1 &&
           (time_in_year(year, in_leap_year) > near + day || (needs_leap && !is_leap(year))))
        year--;
    return year;
}

/* Which year a time is of, so that it lies nearest to the one before. */
static int64_t nearest_year(const struct clock_line *line, int64_t before, int64_t in_leap_year)
{
    int64_t nearest = line->year;
    int64_t least = INT64_MAX;
    for (int64_t year = line->year - 1; year <= line->year + 1; year++) {
        const int64_t time = time_in_year(year, in_leap_year);
        const int64_t apart = time > before ? time - before : before - time;
        if (apart < least) {
            least = apart;
            nearest = year;
        }
    }
    return nearest;
}

/* Does the end of a February, of which nobody knows how long it was, lie between two times of a clock that
 * goes round in a leap year? A time in its 29th day says that there was one. */
static bool is_doubtful(int64_t from, int64_t to)
{
    const int64_t round = LEAP_DAYS * day;
    const int64_t first = from < to ? from : to;
    const int64_t last = from < to ? to : from;
    const int64_t into = ((first % round) + round) % round;
    const int64_t left = FEBRUARY_29 * day - into;
    return left > 0 ? last - first >= left + day
                    : into >= (FEBRUARY_29 + 1) * day && last - first >= left + day + round;
}

/* A time of a year that is not known. */
static int64_t follow_round(struct clock_line *line, bool same, int64_t milliseconds)
{
    const int64_t round = LEAP_DAYS * day;
    if (!same)
        return milliseconds + line->shift;
    const int64_t before = line->latest - line->shift;
    const int64_t time = milliseconds + nearest_round(before, milliseconds, round) * round;
    if (is_doubtful(before, time))
        line->shift = line->latest - time - day;
    else
        line->went_back = time < before;
    return time + line->shift;
}

static int64_t follow_year(struct clock_line *line, bool same, int64_t milliseconds,
                           const struct clock_hint *hint)
{
    if (same && line->year != 0 && line->file == hint->file)
        line->year = (int32_t)nearest_year(line, line->latest, milliseconds);
    else
        line->year = hint->known ? (int32_t)year_before(milliseconds, hint->near) : 0;
    if (line->year == 0)
        return follow_round(line, same, milliseconds);
    const int64_t time = time_in_year(line->year, milliseconds);
    line->went_back = same && time < line->latest;
    return time;
}

/* Where the times of a clock begin. */
static int64_t clock_base(enum clock clock)
{
    return (int64_t)(clock - CLOCK_EPOCH) << 56;
}

bool clock_date(enum clock clock, int64_t time, const struct clock_hint *hint, int64_t *date)
{
    *date = clock == CLOCK_NONE ? 0 : time - clock_base(clock);
    return clock == CLOCK_EPOCH || (clock == CLOCK_YEAR && hint->known);
}

int64_t clock_follow(struct clock_line *line, enum clock clock, int64_t milliseconds,
                     const struct clock_hint *hint)
{
    if (clock == CLOCK_EPOCH)
        return clock_follow_date(line, milliseconds, hint->file);
    const int64_t base = clock_base(clock);
    const bool same = clock == line->clock;
    int64_t time = milliseconds;
    line->latest -= base;
    line->went_back = false;
    if (clock == CLOCK_DAY && same)
        time += nearest_round(line->latest, milliseconds, day) * day;
    if (clock == CLOCK_YEAR)
        time = follow_year(line, same, milliseconds, hint);
    else
        line->went_back = same && time < line->latest;
    line->latest = time + base;
    line->clock = (uint8_t)clock;
    line->file = hint->file;
    return line->latest;
}
