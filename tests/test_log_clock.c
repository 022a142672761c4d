/* SPDX-License-Identifier: MIT
 *
 * Times of records as numbers. */
#include "log/text/clock.h"

#include <criterion/criterion.h>

enum {
    MINUTE = 60 * 1000,
    HOUR = 60 * MINUTE
};
#define DAYS(days) ((int64_t)(days)*24 * HOUR)

Test(clock, reads_what_time_show_shows)
{
    static const struct {
        const char *shown;
        enum clock clock;
        int64_t milliseconds;
    } cases[] = {
        {"1970-01-01", CLOCK_EPOCH, 0},
        {"2026-01-31", CLOCK_EPOCH, DAYS(20484)},
        {"2000-02-29", CLOCK_EPOCH, DAYS(11016)},
        {"2026-01-31T23:59:58Z", CLOCK_EPOCH, DAYS(20485) - 2000},
        {"2026-01-31T23:59:58.123Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T23:59:58.123456Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T23:59:58,50Z", CLOCK_EPOCH, DAYS(20485) - 1500},
        {"2026-01-31 23:59:58", CLOCK_EPOCH, DAYS(20485) - 2000},
        {"2026-01-31 23:59:58.123", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31 23:59:58.123Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T23:59:58:123Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T12:00:00+09:30", CLOCK_EPOCH, DAYS(20484) + 2 * HOUR + 30 * MINUTE},
        {"2026-01-31T12:00:00+0930", CLOCK_EPOCH, DAYS(20484) + 2 * HOUR + 30 * MINUTE},
        {"2026-01-31T12:00:00-09:30", CLOCK_EPOCH, DAYS(20484) + 21 * HOUR + 30 * MINUTE},
        {"Jan  1 00:00:01", CLOCK_YEAR, 1000},
        {"Mar  1 10:00:00", CLOCK_YEAR, DAYS(60) + 10 * HOUR},
        {"Dec 31 23:59:59.5", CLOCK_YEAR, DAYS(366) - 500},
        {"03-01 10:00:00", CLOCK_YEAR, DAYS(60) + 10 * HOUR},
        {"23:59:59", CLOCK_DAY, DAYS(1) - 1000},
        {"1:00:00.25", CLOCK_DAY, HOUR + 250},
        {"00:00:33.811,584", CLOCK_START, 33811},
        {"12345", CLOCK_START, 12345},
        {"12.5", CLOCK_START, 12500},
        {"0", CLOCK_START, 0},
        {"", CLOCK_NONE, 0},
        {"x", CLOCK_NONE, 0},
        {"2026-", CLOCK_NONE, 0},
        {"2026-1-31", CLOCK_NONE, 0},
        {"2026-01", CLOCK_NONE, 0},
        {"2026-01-3", CLOCK_NONE, 0},
        {"2026-01-31x", CLOCK_NONE, 0},
        {"2026-01-31T", CLOCK_NONE, 0},
        {"2026-01-31T1:2:3", CLOCK_NONE, 0},
        {"2026-01-31T10", CLOCK_NONE, 0},
        {"2026-01-31T10:00", CLOCK_NONE, 0},
        {"2026-01-31T10:00:", CLOCK_NONE, 0},
        {"2026-01-31T10:00:00Zx", CLOCK_NONE, 0},
        {"2026-01-31T10:00:00x", CLOCK_NONE, 0},
        {"2026-01-31T10:00:00+9", CLOCK_NONE, 0},
        {"2026-01-31T23:59:58,5Z", CLOCK_NONE, 0}, /* the 5 is another field */
        {"2026-01-31T10:00:00+09:3", CLOCK_NONE, 0},
        {"Jan", CLOCK_NONE, 0},
        {"Jun x", CLOCK_NONE, 0},
        {"Jun 31", CLOCK_NONE, 0},
        {"Jun 31 10", CLOCK_NONE, 0},
        {"Foo 31 10:00:00", CLOCK_NONE, 0},
        {"03x01 10:00:00", CLOCK_NONE, 0},
        {"10:00:00x", CLOCK_NONE, 0},
        {"12.5x", CLOCK_NONE, 0},
        {"1234567890123456", CLOCK_EPOCH, INT64_C(1234567890123)},
        {"12345678901234567", CLOCK_NONE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct clock_minute last = {.milliseconds = 0};
        int64_t milliseconds = 0;
        const struct bytes shown = {cases[i].shown, strlen(cases[i].shown)};
        const enum clock clock = clock_read(shown, &last, &milliseconds);
        cr_expect_eq(clock, cases[i].clock, "%s: %d", cases[i].shown, (int)clock);
        if (clock != CLOCK_NONE)
            cr_expect_eq(milliseconds, cases[i].milliseconds, "%s: %lld", cases[i].shown,
                         (long long)milliseconds);
    }
}

Test(clock, reads_no_time_where_there_is_none)
{
    struct clock_minute last = {.milliseconds = 0};
    int64_t milliseconds;
    cr_expect_eq(clock_read((struct bytes){NULL, 0}, &last, &milliseconds), CLOCK_NONE);
    cr_expect_eq(clock_read((struct bytes){NULL, 1}, &last, &milliseconds), CLOCK_NONE);
}

Test(clock, keeps_the_minute_of_a_time_as_most_logs_have_it)
{
    static const struct {
        const char *shown;
        bool usual;
    } cases[] = {
        {"2026-01-31T23:59:59.999Z", true},  {"2026-01-31T23:59:00.000Z", true},
        {"2026-01-31T23:58:59.999Z", false}, {"2026-01-31T23:59:59.99Z", false},
        {"2026-01-31T23:59:5x.999Z", false}, {"2026-01-31T23:59:59,999Z", false},
        {"2026-01-31T23:59:59.999+", false},
    };
    struct clock_minute last = {.milliseconds = 0};
    int64_t first, milliseconds, again;
    const char *const minute = "2026-01-31T23:59:30.500Z";
    cr_assert_eq(clock_read((struct bytes){minute, strlen(minute)}, &last, &first), CLOCK_EPOCH);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct bytes shown = {cases[i].shown, strlen(cases[i].shown)};
        struct clock_minute none = {.milliseconds = 0};
        cr_expect_eq(clock_read_usual(shown, &last, &milliseconds), cases[i].usual, "%s",
                     cases[i].shown);
        cr_expect_not(clock_read_usual(shown, &none, &again), "%s", cases[i].shown);
        if (cases[i].usual) {
            cr_expect_eq(clock_read(shown, &none, &again), CLOCK_EPOCH);
            cr_expect_eq(milliseconds, again, "%s", cases[i].shown);
        }
    }
}

/* Times with other fractions and zones are read in the minute that they have in common, as each alone is. */
Test(clock, reads_other_times_of_a_minute)
{
    static const char *const kept[] = {"2026-01-31T23:59:30Z", "2026-01-31T23:59:30.5+09:30",
                                       "2026-01-31T23:59:30.123456-01:00", "2026-01-31T23:59:30"};
    static const struct {
        const char *shown;
        bool in_minute; /* whatever was kept */
    } cases[] = {
        {"2026-01-31T23:59:59Z", true},         {"2026-01-31T23:59:00", true},
        {"2026-01-31T23:59:59.5Z", true},       {"2026-01-31T23:59:59.99", true},
        {"2026-01-31T23:59:59.123456", true},   {"2026-01-31T23:59:59.123456789Z", true},
        {"2026-01-31T23:59:59.Z", false},       {"2026-01-31T23:59:60.5Z", true},
        {"2026-01-31T23:59:70.5Z", true},       {"2026-01-31T23:59:69Z", true},
        {"2026-01-31T23:58:59Z", false},        {"2026-01-31T23:59:59,50Z", false},
        {"2026-01-31T23:59:59:123Z", false},    {"2026-01-31T23:59:5", false},
        {"2026-01-31T23:59:59.5z", false},      {"2026-01-31T23:59:59.5+0930", false},
        {"2026-01-31T23:59:59.5+09:00", false}, {"2026-01-31 23:59:59", false},
    };
    for (size_t k = 0; k < sizeof kept / sizeof kept[0]; k++) {
        struct clock_minute last = {.milliseconds = 0};
        int64_t milliseconds, alone, zoned;
        cr_assert_eq(clock_read((struct bytes){kept[k], strlen(kept[k])}, &last, &alone),
                     CLOCK_EPOCH);
        cr_expect(clock_read_in_minute((struct bytes){kept[k], strlen(kept[k])}, &last, &zoned));
        cr_expect_eq(zoned, alone, "%s", kept[k]);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            const struct bytes shown = {cases[i].shown, strlen(cases[i].shown)};
            struct clock_minute none = {.milliseconds = 0};
            cr_expect_not(clock_read_in_minute(shown, &none, &alone), "%s", cases[i].shown);
            cr_expect_eq(clock_read_in_minute(shown, &last, &milliseconds), cases[i].in_minute,
                         "%s in %s", cases[i].shown, kept[k]);
            if (cases[i].in_minute) {
                cr_expect_eq(clock_read(shown, &none, &alone), CLOCK_EPOCH);
                cr_expect_eq(milliseconds, alone, "%s in %s", cases[i].shown, kept[k]);
            }
        }
    }
}

/* What is no date of RFC 3339 does not become the minute. */
Test(clock, does_not_keep_other_times)
{
    static const char *const cases[] = {"2026-01-31T23:59:59,999Z", "2026/01/31 23:59:59",
                                        "31.01.2026 23:59:59", "2026-01-31",
                                        "2026-01-31T24:00:00Z"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static const struct clock_minute none = {.milliseconds = 0};
        struct clock_minute last = none;
        int64_t milliseconds;
        cr_expect_eq(clock_read((struct bytes){cases[i], strlen(cases[i])}, &last, &milliseconds),
                     CLOCK_EPOCH);
        cr_expect_arr_eq(last.text, none.text, sizeof last.text, "%s", cases[i]);
    }
}

/* Times of one modem, one after the other: what passes between the last two, in seconds. */
struct passing {
    const char *rule;
    const char *times[3]; /* none behind a NULL */
    int64_t seconds;
    bool back;
    const char *written; /* when the file was, or NULL */
};

/* No number can be trusted: the clock goes back, or leaps over a day. */
#define JUMPS INT64_MIN

static int64_t read_at(const char *shown, enum clock *clock)
{
    struct clock_minute minute = {.milliseconds = 0};
    int64_t milliseconds = 0;
    *clock = clock_read((struct bytes){shown, strlen(shown)}, &minute, &milliseconds);
    cr_assert_neq(*clock, CLOCK_NONE, "%s", shown);
    return milliseconds;
}

Test(clock, times_of_one_modem_are_compared)
{
    static const struct passing cases[] = {
        {"with dates", {"2026-01-31T23:59:59Z", "2026-02-01T00:00:01Z"}, 2, false, NULL},
        {"going back", {"2026-01-31T23:59:59Z", "2026-01-31T23:59:58Z"}, JUMPS, true, NULL},
        {"from 1970", {"1970-01-01T00:00:09Z", "2026-01-31T23:59:58Z"}, JUMPS, false, NULL},
        {"midnight", {"23:59:59", "00:00:01"}, 2, false, NULL},
        {"a late line", {"00:00:02", "23:59:59"}, JUMPS, true, NULL},
        {"behind a late line", {"00:00:02", "23:59:59", "00:00:03"}, 4, false, NULL},
        {"two midnights", {"23:59:59", "11:00:00", "22:00:00"}, 39600, false, NULL},
        {"less than half a day", {"06:00:00", "17:59:59"}, 43199, false, NULL},
        {"hours beyond a day", {"23:59:59", "24:00:01"}, 2, false, NULL},
        {"since a boot", {"23:59:59.000,000", "00:00:01.000,000"}, JUMPS, true, NULL},
        {"new year", {"Dec 31 23:59:59", "Jan  1 00:00:02"}, 3, false, NULL},
        {"a late line at new year", {"Jan  1 00:00:02", "Dec 31 23:59:59"}, JUMPS, true, NULL},
        {"within February", {"Feb 27 23:59:59", "Feb 28 00:00:01"}, 2, false, NULL},
        {"the end of some February", {"Feb 28 23:59:59", "Mar  1 00:00:01"}, JUMPS, false, NULL},
        {"behind it", {"Feb 28 23:59:59", "Mar  1 00:00:01", "Mar  1 00:00:04"}, 3, false, NULL},
        {"back over it", {"Mar  1 00:00:01", "Feb 28 23:59:59"}, JUMPS, false, NULL},
        {"into a leap day", {"Feb 28 23:59:59", "Feb 29 00:00:01"}, 2, false, NULL},
        {"out of a leap day", {"Feb 29 23:59:59", "Mar  1 00:00:01"}, 2, false, NULL},
        {"February in 2026",
         {"Feb 28 23:59:59", "Mar  1 00:00:01"},
         2,
         false,
         "2026-03-02T00:00:00Z"},
        {"February in 2024",
         {"Feb 28 23:59:59", "Mar  1 00:00:01"},
         86402,
         false,
         "2024-03-01T00:00:05Z"},
        {"February before a file that is of the next year",
         {"Feb 28 23:59:59", "Mar  1 00:00:01"},
         86402,
         false,
         "2025-01-31T00:00:00Z"},
        {"a leap day says its year",
         {"Feb 29 23:59:59", "Mar  1 00:00:01"},
         2,
         false,
         "2026-03-02T00:00:00Z"},
        {"new year of a known one",
         {"Dec 31 23:59:59", "Jan  1 00:00:02"},
         3,
         false,
         "2026-01-01T12:00:00Z"},
        {"another clock", {"12.5", "10:00:05"}, JUMPS, false, NULL},
        {"another clock, with a date", {"10:00:05", "2026-01-31T23:59:58Z"}, JUMPS, false, NULL},
        {"another clock, without one", {"2026-01-31T23:59:58Z", "10:00:05"}, JUMPS, false, NULL},
        {"a date without a year",
         {"2026-01-31T23:59:58Z", "Jan 31 23:59:59"},
         JUMPS,
         false,
         "2026-01-31T23:59:58Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct clock_line line = {.latest = 0};
        struct clock_hint hint = {.file = 0};
        enum clock clock;
        int64_t before = 0, now = 0;
        if (cases[i].written != NULL) {
            hint.known = true;
            hint.near = read_at(cases[i].written, &clock);
        }
        for (size_t at = 0; at < 3 && cases[i].times[at] != NULL; at++) {
            const int64_t read = read_at(cases[i].times[at], &clock);
            before = now;
            now = clock_follow(&line, clock, read, &hint);
        }
        const int64_t passed = now - before;
        if (cases[i].seconds == JUMPS)
            cr_expect(passed < 0 || passed > DAYS(1), "%s: %lld", cases[i].rule, (long long)passed);
        else
            cr_expect_eq(passed, cases[i].seconds * 1000, "%s: %lld", cases[i].rule,
                         (long long)passed);
        cr_expect_eq(line.went_back, cases[i].back, "%s", cases[i].rule);
    }
}

/* Whatever the time, and whatever the one before. */
Test(clock, times_at_the_ends_of_their_range)
{
    static const char *const times[] = {"0000-01-01T00:00:00Z",
                                        "9999-12-31T23:59:59Z",
                                        "Jan  1 00:00:00",
                                        "Dec 31 23:59:59",
                                        "0:00:00",
                                        "9999:59:59",
                                        "0",
                                        "999999999999999.5"};
    enum {
        TIMES = sizeof times / sizeof times[0]
    };
    for (unsigned number = 0; number < TIMES * TIMES * TIMES; number++) {
        struct clock_line line = {.latest = 0};
        const struct clock_hint hint = {.known = number % 2 == 0, .near = number};
        for (unsigned left = number, i = 0; i < 3; i++, left /= TIMES) {
            enum clock clock;
            const int64_t read = read_at(times[left % TIMES], &clock);
            clock_follow(&line, clock, read, &hint);
            cr_assert_eq(line.clock, clock);
        }
    }
}
