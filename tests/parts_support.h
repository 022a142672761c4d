/* SPDX-License-Identifier: MIT
 *
 * Logs at random, for those who cut them. */
#ifndef SBFOTA_TESTS_PARTS_SUPPORT_H
#define SBFOTA_TESTS_PARTS_SUPPORT_H

#include <criterion/criterion.h>

#include <sbfota/parts.h>

#include "session_support.h"

enum {
    LOG_MAX = 80
};

static inline void print_log(const struct moment *moments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "  %s=%d@%lld\n", sbfota_message(moments[i].event.kind)->name,
                (int)moments[i].event.value, (long long)moments[i].time);
}

/* Each kind that matters, with arguments that make a difference. */
static const struct {
    enum sbfota_kind kind;
    int32_t values[4];
} choices[] = {
    {SBFOTA_POLLING_ERROR, {-1, -2, -9, -4}},
    {SBFOTA_HTTP_START, {0, 0, 0, 0}},
    {SBFOTA_DOWNLOADING, {10, 50, 100, 101}},
    {SBFOTA_HTTP_END, {0, 0, 702, 0}},
    {SBFOTA_UPDATE_TIMEOUT, {30, 20, 0, -1}},
    {SBFOTA_ACCEPT, {1, 1, 2, 1}},
    {SBFOTA_OK, {0, 0, 0, 0}},
    {SBFOTA_ERROR, {0, 0, 0, 0}},
    {SBFOTA_START, {0, 0, 0, 0}},
    {SBFOTA_SET_DELAY, {30, 20, 0, 61}},
    {SBFOTA_RDY, {0, 0, 0, 0}},
    {SBFOTA_APP_RDY, {0, 0, 0, 0}},
    {SBFOTA_POLLING_TIME, {0, 407, 1220654, -1}},
    {SBFOTA_UPDATING, {10, 50, 100, 101}},
    {SBFOTA_RESTORE, {10, 50, 100, -1}},
    {SBFOTA_RESUME, {0, 0, 0, 0}},
    {SBFOTA_END, {0, 0, 504, 0}},
    {SBFOTA_REPORT_START, {0, 0, 0, 0}},
    {SBFOTA_REPORT_END, {0, 0, 850, 1}},
    {SBFOTA_MALFORMED, {0, 0, 0, 0}},
    {SBFOTA_DELAY, {30, 20, 0, -5}},
    {SBFOTA_CME_ERROR, {3, 3, 3, 3}},
    {SBFOTA_QUERY_DELAY, {0, 0, 0, 0}},
    {SBFOTA_TEST_QCFGEXT, {0, 0, 0, 0}},
    {SBFOTA_OTHER, {0, 0, 0, 0}},
};
enum {
    CHOICES = sizeof choices / sizeof choices[0],
    CHOICES_MAIN = 20 /* without those that only repeat what others do to the dialogue */
};

/* In some logs the event before, `last`, comes again. */
static inline struct moment random_moment(unsigned *state, unsigned mix, int64_t *time,
                                          struct sbfota_event *last)
{
    struct moment moment;
    const unsigned reach = mix % 3 == 0 ? CHOICES : mix % 3 == 1 ? 8 : 14;
    const unsigned choice =
        (random_number(state) % reach + (mix % 3 == 1 ? mix % CHOICES : 0)) % CHOICES;
    memset(&moment, 0, sizeof moment);
    if (mix % 5 == 0 && random_number(state) % 3 == 0) {
        moment.event = *last;
    } else {
        moment.event.kind = (uint8_t)choices[choice].kind;
        moment.event.value = choices[choice].values[random_number(state) % 4];
    }
    if (random_number(state) % 8 == 0)
        moment.event.spelling = SBFOTA_SPELLING_BLANK_1;
    if (random_number(state) % 16 == 0)
        moment.event.flags = SBFOTA_FLAG_NONCANONICAL;
    if (random_number(state) % 32 == 0)
        moment.event.flags |= SBFOTA_FLAG_UNENDED;
    /* Repeats come within a second; a clock may go back, or leap over a day. */
    *time += mix % 5 == 0 ? (int64_t)(random_number(state) % 1500) - 100
                          : (int64_t)(random_number(state) % 5000) - 500;
    if (random_number(state) % 100 == 0)
        *time += (int64_t)1 << (random_number(state) % 2 == 0 ? 33 : 25);
    moment.time = random_number(state) % (mix % 7 == 0 ? 32 : 8) == 0 ? SBFOTA_NO_TIME : *time;
    *last = moment.event;
    return moment;
}

#endif
