/* SPDX-License-Identifier: MIT
 *
 * From message to message: what most events need of durations.c, without a call. */
#ifndef SBFOTA_SESSION_DURATIONS_H
#define SBFOTA_SESSION_DURATIONS_H

#include "internal.h"

enum {
    LONGEST_WAIT = 86400000 /* ms: a day */
};

/* Of two durations, the sum. */
static inline uint32_t sbfota_add_duration(uint32_t a, uint32_t b)
{
    return b < SBFOTA_NO_DURATION - 1 - a ? a + b : SBFOTA_NO_DURATION - 1;
}

/* From one time to the next, as sbfota_session.waited has it. */
static inline uint32_t sbfota_measure(int64_t from, int64_t to)
{
    if (from == SBFOTA_NO_TIME || to == SBFOTA_NO_TIME)
        return WAITED_UNTIMED;
    const uint64_t passed = (uint64_t)to - (uint64_t)from;
    return to < from || passed > LONGEST_WAIT ? WAITED_LEAP : (uint32_t)passed;
}

/* The phase, from 1, goes on to this message. Returns the problem, or 0. */
static inline unsigned sbfota_spend(struct sbfota_session *session, unsigned phase, uint32_t passed)
{
    const uint32_t waited = session->waited;
    uint32_t *const spent = &session->spent[phase - 1];
    if (passed < WAITED_UNTIMED && waited < WAITED_UNTIMED) {
        *spent = sbfota_add_duration(*spent, sbfota_add_duration(passed, waited));
        return 0;
    }
    session->flags |= FLAG_BROKEN << (phase - 1);
    return passed == WAITED_LEAP || waited == WAITED_LEAP ? SBFOTA_PROBLEM_CLOCK_JUMP : 0;
}

#endif
