/* SPDX-License-Identifier: MIT
 *
 * The time of a record as a number, for what lies between two of them. */
#ifndef SBFOTA_LOG_CLOCK_H
#define SBFOTA_LOG_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "log/text/record.h"

/* What the milliseconds of a time count from. */
enum clock {
    CLOCK_NONE = 0, /* there is no time, or none that is understood */
    CLOCK_EPOCH,    /* 1970; without a zone, of wherever the log was written */
    CLOCK_YEAR,     /* some leap year's beginning: the log does not say which year it is */
    CLOCK_DAY,      /* midnight */
    CLOCK_START     /* some event that the log does not tell, such as a boot */
};

/* The times of one modem, so far as they can be compared. Start with all zero. */
struct clock_line {
    int64_t latest; /* the last time, as clock_follow gave it */
    int64_t shift;  /* what has been taken off since a day more or less is not known */
    int32_t year;   /* of CLOCK_YEAR; 0: not known */
    uint32_t file;  /* that it is of */
    uint8_t clock;  /* enum clock of the last time */
    bool went_back; /* the last time lies before the one before it */
};

/* What there is to tell of the year of a log that does not say it. */
struct clock_hint {
    uint32_t file; /* of the log */
    bool known;
    int64_t near; /* milliseconds since 1970: the log was written shortly before, or then */
};

/*
 * A time that can be compared with the one before: in milliseconds, from 1970 if the clock is
 * CLOCK_EPOCH. One clock cannot be compared with another: their times lie far apart. A clock without a
 * date has passed midnight, one without a year new year, where that is nearer than going the other way. Where a
 * year may be a leap year or not, and February ends between two times, the later one goes back, so
 * that nothing is measured over it. `clock` is not CLOCK_NONE.
 */
int64_t clock_follow(struct clock_line *line, enum clock clock, int64_t milliseconds,
                     const struct clock_hint *hint);

/* The same of a time with its date, of CLOCK_EPOCH: it is compared as it stands. */
static inline int64_t clock_follow_date(struct clock_line *line, int64_t milliseconds,
                                        uint32_t file)
{
    line->went_back = line->clock == CLOCK_EPOCH && milliseconds < line->latest;
    line->latest = milliseconds;
    line->clock = CLOCK_EPOCH;
    line->file = file;
    return milliseconds;
}

/* Such a time as milliseconds since 1970. False if there is no date in it: of a clock without a year, if the hint does not tell that. */
bool clock_date(enum clock clock, int64_t time, const struct clock_hint *hint, int64_t *date);

/* The minute that was read last: mostly the next one's too. Start with all zero. */
struct clock_minute {
    char text[16];        /* 2026-01-31T23:59 */
    int64_t milliseconds; /* as if that were UTC */
    char zone[6];         /* the zone that was read last, +09:00 */
    int32_t ahead;        /* milliseconds that it is ahead of UTC */
};

/* Read a time as time_show shows it. */
enum clock clock_read(struct bytes shown, struct clock_minute *last, int64_t *milliseconds);

/* A time in that minute, with any fraction, in UTC, in no zone or in the last one: true, and CLOCK_EPOCH. Else nothing is said. */
bool clock_read_in_minute(struct bytes shown, const struct clock_minute *last,
                          int64_t *milliseconds);

/* Keep the minute of a time of CLOCK_EPOCH, if it is written as in RFC 3339 or with a blank for the T; not 24:00, which is no minute. */
void clock_keep_minute(struct bytes shown, int64_t milliseconds, struct clock_minute *last);

/* A time that was taken apart: moment.h. */
struct moment;
enum clock clock_of_moment(const struct moment *moment, int64_t *milliseconds);

/* Is this what stands behind the minute of a time as most logs have it, :59.123Z? All eight bytes
 * at once: taken from the pattern, a digit leaves 0 to 9, and what else leaves more shows in the
 * upper bit. */
static inline bool clock_is_rest(const char rest[8])
{
    static const char pattern[9] = ":00.000Z";
    static const char to_upper[9] = "\x7f\x76\x76\x7f\x76\x76\x76\x7f";
    uint64_t word, other, add;
    memcpy(&word, rest, sizeof word);
    memcpy(&other, pattern, sizeof other);
    memcpy(&add, to_upper, sizeof add);
    word ^= other;
    return ((word | ((word & ~UINT64_C(0x8080808080808080)) + add)) &
            UINT64_C(0x8080808080808080)) == 0;
}

/* Its milliseconds. */
static inline int64_t clock_rest(const char rest[8])
{
    return ((rest[1] - '0') * 10 + (rest[2] - '0')) * 1000 + (rest[4] - '0') * 100 +
           (rest[5] - '0') * 10 + (rest[6] - '0');
}

/* 2026-01-31T23:59:59.123Z, in the minute that was read last: true, and CLOCK_EPOCH. Else nothing
 * is said. */
static inline bool clock_read_usual(struct bytes shown, const struct clock_minute *last,
                                    int64_t *milliseconds)
{
    if (shown.length != sizeof last->text + 8 ||
        memcmp(shown.data, last->text, sizeof last->text) != 0 ||
        !clock_is_rest(shown.data + sizeof last->text))
        return false;
    *milliseconds = last->milliseconds + clock_rest(shown.data + sizeof last->text);
    return true;
}

#endif
