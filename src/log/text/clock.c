/* SPDX-License-Identifier: MIT */
#include "log/text/clock.h"

#include <string.h>

#include "log/text/moment.h"

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

/* The first three digits behind a point, a comma or a colon; there may be none. Zephyr has more behind a comma, where the
 * time is that since its boot. */
static int64_t take_fraction(struct rest *rest, bool *since_boot)
{
    int64_t milliseconds = 0;
    if (rest->next == rest->end || strchr(".,:", *rest->next) == NULL)
        return 0;
    rest->next++;
    for (int64_t unit = 100; is_digit(rest); unit /= 10)
        milliseconds += (*rest->next++ - '0') * unit;
    *since_boot = take(rest, ',');
    while (*since_boot && is_digit(rest))
        rest->next++;
    return milliseconds;
}

/* hh:mm:ss and a fraction. */
static bool take_clock(struct rest *rest, int64_t *milliseconds, bool *since_boot)
{
    int64_t hour, minute, second;
    if (!take_number(rest, 1, 4, &hour) || !take(rest, ':') || !take_number(rest, 2, 2, &minute) ||
        !take(rest, ':') || !take_number(rest, 2, 2, &second))
        return false;
    *since_boot = false;
    *milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + take_fraction(rest, since_boot);
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
    bool since_boot;
    if (!take_number(&rest, 4, 4, &year) || !take(&rest, '-') ||
        !take_number(&rest, 2, 2, &month) || !take(&rest, '-') ||
        !take_number(&rest, 2, 2, &date) || !is_date(year, month, date))
        return false;
    if (rest.next == rest.end) {
        *milliseconds = count_days(year, month, date) * day;
        return true;
    }
    if ((!take(&rest, 'T') && !take(&rest, ' ')) || !take_clock(&rest, &clock, &since_boot) ||
        !is_time_of_day(clock) || !take_zone(&rest, &zone) || rest.next != rest.end)
        return false;
    *milliseconds = count_days(year, month, date) * day + clock - zone;
    return true;
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
static bool read_time_of_day(const struct moment *moment, int64_t *milliseconds)
{
    unsigned parts[3];
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
    int64_t clock;
    if (moment->since_1970) {
        *milliseconds = read_number(moment->seconds) * 1000 + read_fraction(moment->fraction);
        return CLOCK_EPOCH;
    }
    if (moment->clock.data == NULL || !read_time_of_day(moment, &clock))
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
        !is_time_of_day(clock))
        return CLOCK_NONE;
    *milliseconds += count_days(year, moment->month, moment->day) * day - read_zone(moment->zone);
    return CLOCK_EPOCH;
}

/* A time of day, or a day without its year, in whatever language. */
static enum clock read_moment(struct bytes shown, int64_t *milliseconds)
{
    enum {
        SHOWN_MOST = 64
    };
    struct moment moment;
    char copy[SHOWN_MOST + 1]; /* ended, lest what follows be read with it */
    if (shown.length > SHOWN_MOST)
        return CLOCK_NONE;
    memcpy(copy, shown.data, shown.length);
    copy[shown.length] = '\n';
    if (moment_read(copy, copy + shown.length, &moment) != shown.length ||
        (moment.kind != MOMENT_DAY && moment.kind != MOMENT_CLOCK))
        return CLOCK_NONE;
    return clock_of_moment(&moment, milliseconds);
}

/* Seconds with a fraction, or whole milliseconds. */
static bool read_start(struct rest rest, int64_t *milliseconds)
{
    int64_t count;
    bool since_boot;
    if (!take_number(&rest, 1, 15, &count))
        return false;
    *milliseconds =
        rest.next == rest.end ? count : count * 1000 + take_fraction(&rest, &since_boot);
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
    bool since_boot;
    if (take_clock(&rest, milliseconds, &since_boot) && rest.next == rest.end)
        return since_boot ? CLOCK_START : CLOCK_DAY;
    rest.next = shown.data;
    return read_start(rest, milliseconds) ? CLOCK_START : read_moment(shown, milliseconds);
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
