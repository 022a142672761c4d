/* SPDX-License-Identifier: MIT
 *
 * How long an update still takes, and how long a module may be silent. */
#include "cli/watch/limits.c"
#include "cli/watch/pace.c"

#include <criterion/criterion.h>

enum {
    S = 1000,
    NONE = -1
};

/* Percentages with their times; a phase of `begun` under 0 was not seen from its begin. */
static const struct pace_case {
    const char *name;
    unsigned phase;
    int64_t begun;
    struct {
        int percent;
        int64_t time;
    } told[4];
    int64_t now;
    bool fleet;
    int64_t likely; /* NONE: nothing is known */
    int64_t most;
    int64_t update; /* to the end of it */
    bool overdue;
} cases[] = {
    {"nothing_told_nothing_known",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{NONE, 0}},
     5 * S,
     false,
     NONE,
     0,
     NONE,
     false},
    {"pace_from_the_begin",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{10, 10 * S}, {NONE, 0}},
     10 * S,
     false,
     90 * S,
     90 * S,
     NONE,
     false},
    {"pace_goes_down_with_time",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{10, 10 * S}, {NONE, 0}},
     30 * S,
     false,
     70 * S,
     70 * S,
     NONE,
     false},
    {"pace_stops_at_nothing",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{50, 10 * S}, {NONE, 0}},
     60 * S,
     false,
     0,
     0,
     NONE,
     true},
    {"restore_is_the_last_phase",
     SBFOTA_PHASE_RESTORE,
     0,
     {{50, 10 * S}, {NONE, 0}},
     10 * S,
     false,
     10 * S,
     10 * S,
     10 * S,
     false},
    {"amid_it_one_percentage_tells_nothing",
     SBFOTA_PHASE_RESTORE,
     NONE,
     {{50, 0}, {NONE, 0}},
     10 * S,
     false,
     NONE,
     0,
     NONE,
     false},
    {"amid_it_two_do",
     SBFOTA_PHASE_RESTORE,
     NONE,
     {{50, 0}, {60, 10 * S}, {NONE, 0}},
     10 * S,
     false,
     40 * S,
     40 * S,
     40 * S,
     false},
    {"the_same_again_is_no_progress",
     SBFOTA_PHASE_RESTORE,
     NONE,
     {{50, 0}, {60, 10 * S}, {60, 20 * S}, {NONE, 0}},
     20 * S,
     false,
     30 * S,
     30 * S,
     30 * S,
     false},
    {"lower_begins_anew",
     SBFOTA_PHASE_RESTORE,
     NONE,
     {{80, 0}, {10, 10 * S}, {20, 20 * S}, {NONE, 0}},
     20 * S,
     false,
     80 * S,
     80 * S,
     80 * S,
     false},
    {"a_hundred_is_done",
     SBFOTA_PHASE_UPDATE,
     NONE,
     {{100, 0}, {NONE, 0}},
     S,
     false,
     0,
     0,
     NONE,
     false},
    {"no_percentage",
     SBFOTA_PHASE_UPDATE,
     0,
     {{101, 5 * S}, {NONE, 0}},
     5 * S,
     false,
     NONE,
     0,
     NONE,
     false},
    {"two_in_one_moment",
     SBFOTA_PHASE_UPDATE,
     NONE,
     {{4, 5 * S}, {9, 5 * S}, {NONE, 0}},
     5 * S,
     false,
     NONE,
     0,
     NONE,
     false},
    {"fleet_alone",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{NONE, 0}},
     10 * S,
     true,
     20 * S,
     50 * S,
     20 * S + 30 * S + 10 * S,
     false},
    {"fleet_past_the_median",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{NONE, 0}},
     40 * S,
     true,
     20 * S,
     20 * S,
     60 * S,
     false},
    {"fleet_past_the_longest",
     SBFOTA_PHASE_DOWNLOAD,
     0,
     {{NONE, 0}},
     100 * S,
     true,
     0,
     0,
     40 * S,
     true},
    {"both_weighed",
     SBFOTA_PHASE_UPDATE,
     0,
     {{50, 20 * S}, {NONE, 0}},
     20 * S,
     true,
     15 * S,
     40 * S,
     25 * S,
     false},
    {"fleet_amid_it",
     SBFOTA_PHASE_UPDATE,
     NONE,
     {{50, 0}, {NONE, 0}},
     0,
     true,
     15 * S,
     45 * S,
     25 * S,
     false},
    {"no_phase_that_takes_time", SBFOTA_PHASE_END, 0, {{NONE, 0}}, S, true, NONE, 0, NONE, false},
    {"the_delay_is_no_phase_of_its_own",
     SBFOTA_PHASE_DELAY,
     0,
     {{NONE, 0}},
     S,
     true,
     NONE,
     0,
     40 * S,
     false},
    {"a_year_is_told_as_a_day",
     SBFOTA_PHASE_RESTORE,
     0,
     {{1, (int64_t)86400 * S}, {NONE, 0}},
     (int64_t)86400 * S,
     false,
     86400 * S,
     86400 * S,
     86400 * S,
     false},
};

static const struct pace_fleet none;
static const struct pace_fleet fleet = {{[PACE_DOWNLOAD] = {true, 30 * S, 60 * S, 80 * S},
                                         [PACE_UPDATE] = {true, 30 * S, 60 * S, 60 * S},
                                         [PACE_RESTORE] = {true, 10 * S, 20 * S, 30 * S}}};

Test(pace, tells_what_is_left)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct pace_case *const each = &cases[i];
        struct pace pace;
        struct pace_left left = {.likely = 0};
        pace_begin(&pace, each->phase, each->begun >= 0, each->begun);
        for (size_t told = 0; each->told[told].percent != NONE; told++)
            pace_tell(&pace, (unsigned)each->told[told].percent, each->told[told].time);
        const struct pace_fleet *const known = each->fleet ? &fleet : &none;
        const bool has = pace_of_phase(&pace, known, each->now, &left);
        cr_expect_eq(has ? (int64_t)left.likely : NONE, each->likely, "%s: %u ms", each->name,
                     left.likely);
        if (has) {
            cr_expect_eq(left.most, each->most, "%s: at most %u ms", each->name, left.most);
            cr_expect_eq(left.overdue, each->overdue, "%s: overdue", each->name);
        }
        const bool whole = pace_of_update(&pace, known, 0, each->now, &left);
        cr_expect_eq(whole ? (int64_t)left.likely : NONE, each->update, "%s: update %u ms",
                     each->name, left.likely);
    }
}

Test(pace, the_delay_counts_before_the_update_only)
{
    struct pace pace;
    struct pace_left left;
    pace_begin(&pace, SBFOTA_PHASE_DELAY, true, 0);
    cr_assert(pace_of_update(&pace, &fleet, 25 * S, 0, &left));
    cr_expect_eq(left.likely, 65 * S);
    cr_expect_eq(left.most, 105 * S);
    pace_begin(&pace, SBFOTA_PHASE_UPDATE, true, 0);
    cr_assert(pace_of_update(&pace, &fleet, 25 * S, 0, &left));
    cr_expect_eq(left.likely, 40 * S);
}

Test(limits, hold_by_phase_and_last_message)
{
    static const struct {
        unsigned phase, kind;
        enum limit limit;
    } rows_of[] = {
        {SBFOTA_PHASE_NONE, SBFOTA_RDY, LIMIT_IDLE},
        {SBFOTA_PHASE_POLLING, SBFOTA_POLLING_ERROR, LIMIT_IDLE},
        {SBFOTA_PHASE_DOWNLOAD, SBFOTA_HTTP_START, LIMIT_DOWNLOAD},
        {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POLLING_TIME, LIMIT_IDLE}, /* it was lost, and is over */
        {SBFOTA_PHASE_DELAY, SBFOTA_UPDATE_TIMEOUT, LIMIT_DELAY},
        {SBFOTA_PHASE_UPDATE, SBFOTA_UPDATING, LIMIT_UPDATE},
        {SBFOTA_PHASE_UPDATE, SBFOTA_RDY, LIMIT_UPDATE},
        {SBFOTA_PHASE_RESTORE, SBFOTA_RESUME, LIMIT_RESTORE},
        {SBFOTA_PHASE_END, SBFOTA_END, LIMIT_END},
        {SBFOTA_PHASE_REBOOT, SBFOTA_APP_RDY, LIMIT_END},
        {SBFOTA_PHASE_REPORT, SBFOTA_REPORT_END, LIMIT_REPORT},
        {SBFOTA_PHASE_REPORT, SBFOTA_POLLING_TIME, LIMIT_IDLE},
    };
    for (size_t i = 0; i < sizeof rows_of / sizeof rows_of[0]; i++)
        cr_expect_eq(limit_of(rows_of[i].phase, rows_of[i].kind), rows_of[i].limit, "row %zu", i);
    for (enum limit limit = LIMIT_IDLE; limit < LIMITS; limit++) {
        cr_expect_eq(limit_find(limit_row(limit)->name, (unsigned)strlen(limit_row(limit)->name)),
                     limit);
        cr_expect_gt(limit_row(limit)->seconds, 0);
    }
    cr_expect_eq(limit_find("rest", 4), LIMITS);
    cr_expect_geq(limit_row(LIMIT_IDLE)->seconds, 1296000, "shorter than a polling time");
    cr_expect_geq(limit_row(LIMIT_DELAY)->seconds, 60, "shorter than a delay");
}
