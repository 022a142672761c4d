/* SPDX-License-Identifier: MIT
 *
 * What may happen at a port: names, and what is a failure. */
#include "cli/watch/alarms.c"

#include <criterion/criterion.h>

Test(alarms, have_names_of_their_own_and_summaries)
{
    for (unsigned alarm = 0; alarm < ALARMS; alarm++) {
        uint64_t found = 0;
        const char *wrong;
        unsigned length;
        if (alarm_name(alarm) == NULL)
            continue;
        cr_expect_not_null(alarm_summary(alarm), "%s", alarm_name(alarm));
        cr_expect(alarm_read(alarm_name(alarm), &found, &wrong, &length), "%s", alarm_name(alarm));
        cr_expect_eq(found, UINT64_C(1) << alarm, "%s is the name of two", alarm_name(alarm));
    }
    cr_expect_null(alarm_name(ALARMS));
    cr_expect_null(alarm_summary(ALARMS));
}

Test(alarms, are_read_from_lists)
{
    static const struct {
        const char *names;
        uint64_t alarms; /* 0: none, `wrong` is the first that is none */
        const char *wrong;
    } cases[] = {
        {"silent", UINT64_C(1) << ALARM_SILENT, ""},
        {"silent,lost", UINT64_C(1) << ALARM_SILENT | UINT64_C(1) << ALARM_LOST, ""},
        {"end,end", UINT64_C(1) << SBFOTA_END, ""},
        {"", 0, ""},
        {"silent,", 0, ""},
        {",silent", 0, ""},
        {"silen", 0, "silen"},
        {"silent,nothing,lost", 0, "nothing"},
        {"blank", 0, "blank"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t alarms = 0;
        const char *wrong;
        unsigned length;
        const bool read = alarm_read(cases[i].names, &alarms, &wrong, &length);
        cr_expect_eq(read, cases[i].alarms != 0, "\"%s\"", cases[i].names);
        if (read)
            cr_expect_eq(alarms, cases[i].alarms, "\"%s\"", cases[i].names);
        else
            cr_expect(strlen(cases[i].wrong) == length &&
                          memcmp(wrong, cases[i].wrong, length) == 0,
                      "\"%s\": %.*s", cases[i].names, (int)length, wrong);
    }
}

Test(alarms, failure_is_settled_where_the_module_does_not_go_on)
{
    static const struct {
        enum sbfota_outcome outcome;
        bool failure;
        bool at_once; /* whatever the power would do */
    } cases[] = {
        {SBFOTA_OUTCOME_IN_PROGRESS, false, false},  {SBFOTA_OUTCOME_UPDATED, false, false},
        {SBFOTA_OUTCOME_UPDATE_FAILED, true, true},  {SBFOTA_OUTCOME_DOWNLOAD_FAILED, true, true},
        {SBFOTA_OUTCOME_DOWNLOAD_LOST, true, false}, {SBFOTA_OUTCOME_ROLLED_BACK, true, false},
        {SBFOTA_OUTCOME_INTERRUPTED, true, false},   {SBFOTA_OUTCOME_POLL_FAILED, true, true},
        {SBFOTA_OUTCOME_UNKNOWN, false, false},
    };
    cr_assert_eq(sizeof cases / sizeof cases[0], SBFOTA_OUTCOME_COUNT);
    for (size_t i = 0; i < SBFOTA_OUTCOME_COUNT; i++) {
        const unsigned outcome = cases[i].outcome;
        cr_expect_eq(alarm_is_failure(outcome), cases[i].failure, "%s",
                     sbfota_outcome_name(outcome));
        for (unsigned power = 0; cases[i].failure && power < SBFOTA_POWER_COUNT; power++)
            cr_expect_eq(alarm_is_settled(outcome, (enum sbfota_power)power),
                         cases[i].at_once || power == SBFOTA_POWER_SAFE, "%s, %s",
                         sbfota_outcome_name(outcome), sbfota_power_name(power));
    }
}
