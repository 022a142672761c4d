/* SPDX-License-Identifier: MIT
 *
 * What the files of the session share. */
#ifndef SBFOTA_SESSION_INTERNAL_H
#define SBFOTA_SESSION_INTERNAL_H

#include <sbfota/session.h>

#include "../../gen/session.inc"

/* sbfota_session.flags. */
enum {
    /* of the attempt */
    FLAG_POLL_CODE = 1 << 0, /* `code` is of POLLING */
    FLAG_HTTP_CODE = 1 << 1, /* HTTPEND has been seen; `code` is its, unless END has been seen */
    FLAG_UPDATE_CODE = 1 << 2,
    FLAG_REPORT_CODE = 1 << 3,
    FLAG_ACCEPTED = 1 << 4,
    FLAG_SUPERSEDED = 1 << 5, /* the next attempt has begun */
    FLAG_UNSURE =
        1 << 6, /* of a part: has the UPDATE_TIMEOUT that nothing in the part can be held against */
    FLAGS_ATTEMPT = (1 << 7) - 1,
    FLAGS_CODE = FLAG_POLL_CODE | FLAG_HTTP_CODE | FLAG_UPDATE_CODE,
    /* of the modem */
    FLAG_POLL_TOLD = 1 << 7, /* something has told of the next poll */
    FLAG_POLL_SPAN = 1 << 8, /* it may come up to a day later than poll_due */
    FLAG_POLL_STOPPED = 1 << 9,
    FLAG_SETTING = 1 << 10, /* the delay has just been set: an ERROR takes it back */
    FLAGS_ALL = (1 << 11) - 1,
    FLAGS_POLL = FLAG_POLL_TOLD | FLAG_POLL_SPAN | FLAG_POLL_STOPPED
};

enum {
    PERCENT_UNTOLD = SBFOTA_NO_PERCENT, /* none told in this attempt */
    PERCENT_NONE = 254,                 /* none told since the phase began */
    DELAY_MAX = 60,                     /* the greatest that the module accepts (source: 4.2) */
    DELAY_REFUSED = 65534               /* setting it failed: what it is now, nobody knows */
};

/* Is this a message that leads to the same state from everywhere? */
static inline bool sbfota_is_step(unsigned kind)
{
    return kind >= SBFOTA_POLLING_ERROR && kind <= SBFOTA_REPORT_END;
}

/* A delay as the module tells it. */
static inline bool sbfota_is_delay(int32_t value)
{
    return value >= 0 && value < DELAY_REFUSED;
}

/* Take an event. With SBFOTA_CHANGE_FINISHED the attempt before goes to `finished`, or, if that is
 * NULL, to change->finished. */
void sbfota_session_step(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change,
                         struct sbfota_session *finished);

/* Forget the attempt; what is known of the modem stays. */
void sbfota_session_forget(struct sbfota_session *session);

/* The setting of the delay is over: it stands, or the module has refused it. Then the delay is not
 * known, since the command before may have been this one's echo. */
void sbfota_session_settle_delay(struct sbfota_session *session, bool refused);

/* The outcome that the state stands for. A report leaves it as it was. */
unsigned sbfota_session_outcome(const struct sbfota_session *session);

/* Of two durations, the sum. */
uint32_t sbfota_add_duration(uint32_t a, uint32_t b);

/* Load a session, or the head or tail of a part. False, and as new, if the bytes are none. */
bool sbfota_session_read(struct sbfota_session *session, const uint8_t *saved);

/* The phase that belongs to a state. */
enum sbfota_phase sbfota_state_phase(unsigned state);

/* Is the update lost by the boot that led to this state? */
static inline bool sbfota_state_is_lost(unsigned state)
{
    return state == IN_LOST || state == IN_LAPSED || state == IN_ROLLED_BACK;
}

#endif
