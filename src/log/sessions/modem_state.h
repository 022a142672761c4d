/* SPDX-License-Identifier: MIT
 *
 * Where a modem stands, beside its session: what is kept behind each modem of a fleet. */
#ifndef SBFOTA_LOG_MODEM_STATE_H
#define SBFOTA_LOG_MODEM_STATE_H

#include "log/sessions/failure.h"
#include "log/sessions/fleet.h"

/* A time as captured; no length if there is none. */
struct modem_time {
    uint8_t length;
    char text[FLEET_TIME_SIZE];
};

/* Starts with all zero. */
struct modem_state {
    int64_t seen_ms;        /* of `last`, since 1970, if `dated` */
    int64_t heard_ms;       /* when its silence began, since 1970, if `heard_dated` */
    struct failure failure; /* why the last attempt failed, if it `failed` */
    uint32_t attempts;
    uint32_t updated;      /* of them */
    uint32_t power_losses; /* boots where the power was not to be cut */
    struct modem_time first;
    struct modem_time last;
    struct modem_time phase_since; /* of the event that the phase began with */
    uint8_t phase;                 /* enum sbfota_phase, behind the last event */
    uint8_t power;                 /* enum sbfota_power, likewise */
    uint8_t outcome;               /* of the last attempt, if there are any */
    bool failed;
    bool seen;
    uint8_t clock; /* enum clock of `last` */
    bool dated;    /* it is: by itself, or by the year that its file tells */
    bool heard;    /* the module itself has said something */
    bool heard_dated;
};

/* For a struct fleet_sink whose fleet keeps a struct modem_state behind each modem; the attempts are all known behind fleet_end. */
void modem_state_see(struct modem_state *state, const struct fleet *fleet,
                     const struct fleet_event *event, int64_t time,
                     const struct sbfota_session *session);
void modem_state_take(struct modem_state *state, const struct sbfota_attempt *facts);

/* The greater, the worse: what an operator looks at first. */
unsigned modem_rank(uint32_t attempts, unsigned outcome, bool polling_stopped);

/* What the code means that the last attempt failed with, and what to do; NULL if there is none, or nothing. */
const char *modem_state_why(const struct modem_state *state);
const char *modem_state_advice(const struct modem_state *state);

#endif
