/* SPDX-License-Identifier: MIT
 *
 * Times of records as numbers. */
#include "capture/clock.c"

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
        {"2026-01-31T23:59:58,5Z", CLOCK_EPOCH, DAYS(20485) - 1500},
        {"2026-01-31 23:59:58", CLOCK_EPOCH, DAYS(20485) - 2000},
        {"2026-01-31 23:59:58.123", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31 23:59:58.123Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T23:59:58:123Z", CLOCK_EPOCH, DAYS(20485) - 1877},
        {"2026-01-31T12:00:00+09:30", CLOCK_EPOCH, DAYS(20484) + 2 * HOUR + 30 * MINUTE},
        {"2026-01-31T12:00:00-09:30", CLOCK_EPOCH, DAYS(20484) + 21 * HOUR + 30 * MINUTE},
        {"Jan  1 00:00:01", CLOCK_YEAR, 1000},
        {"Mar  1 10:00:00", CLOCK_YEAR, DAYS(60) + 10 * HOUR},
        {"Dec 31 23:59:59.5", CLOCK_YEAR, DAYS(366) - 500},
        {"03-01 10:00:00", CLOCK_YEAR, DAYS(60) + 10 * HOUR},
        {"23:59:59", CLOCK_DAY, DAYS(1) - 1000},
        {"1:00:00.25", CLOCK_DAY, HOUR + 250},
        {"00:00:33.811,584", CLOCK_DAY, 33811},
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
        {"2026-01-31T10:00:00+0930", CLOCK_NONE, 0},
        {"2026-01-31T10:00:00+09:3", CLOCK_NONE, 0},
        {"Jan", CLOCK_NONE, 0},
        {"Jun x", CLOCK_NONE, 0},
        {"Jun 31", CLOCK_NONE, 0},
        {"Jun 31 10", CLOCK_NONE, 0},
        {"Foo 31 10:00:00", CLOCK_NONE, 0},
        {"03x01 10:00:00", CLOCK_NONE, 0},
        {"10:00:00x", CLOCK_NONE, 0},
        {"12.5x", CLOCK_NONE, 0},
        {"1234567890123456", CLOCK_NONE, 0},
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

/* Other times of the same length do not become the minute. */
Test(clock, does_not_keep_other_times)
{
    static const char *const cases[] = {"2026-01-31 23:59:59.999Z", "2026-01-31T23:59:59,999Z",
                                        "2026-01-31T23:59:59Z"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static const struct clock_minute none = {.milliseconds = 0};
        struct clock_minute last = none;
        int64_t milliseconds;
        cr_expect_eq(clock_read((struct bytes){cases[i], strlen(cases[i])}, &last, &milliseconds),
                     CLOCK_EPOCH);
        cr_expect_arr_eq(last.text, none.text, sizeof last.text, "%s", cases[i]);
    }
}
