/* SPDX-License-Identifier: MIT
 *
 * What the files of the session share. */
#ifndef SBFOTA_SESSION_INTERNAL_H
#define SBFOTA_SESSION_INTERNAL_H

#include <sbfota/session.h>

#include "../../gen/session.inc"

/* sbfota_session.flags. No enumerators: where int has 16 bits, those do not hold them.
 * Of the attempt: */
#define FLAG_POLL_CODE (UINT32_C(1) << 0) /* `code` is of POLLING */
/* HTTPEND has been seen; `code` is its, unless END has been seen */
#define FLAG_HTTP_CODE (UINT32_C(1) << 1)
#define FLAG_UPDATE_CODE (UINT32_C(1) << 2)
#define FLAG_REPORT_CODE (UINT32_C(1) << 3)
#define FLAG_SUPERSEDED (UINT32_C(1) << 4) /* the next attempt has begun */
/* of a part: has the UPDATE_TIMEOUT that nothing in the part can be held against */
#define FLAG_UNSURE (UINT32_C(1) << 5)
/* and two more, by phase: its first message has been seen, with a time */
#define FLAG_TIMED (UINT32_C(1) << 6)
#define FLAG_BROKEN (UINT32_C(1) << 9)  /* and two more: it cannot be timed all the same */
#define FLAG_WINDOW (UINT32_C(1) << 12) /* UPDATE_TIMEOUT has been seen */
/* accept was sent since that; with ACKNOWLEDGED: and its answer was OK */
#define FLAG_SENT (UINT32_C(1) << 13)
#define FLAG_REFUSED \
    (UINT32_C(1) << 14) /* accept was refused since that; with SENT: acknowledged */
#define FLAG_ACCEPTED (UINT32_C(1) << 15) /* an accept of an earlier UPDATE_TIMEOUT stands */
#define FLAG_ASKING (UINT32_C(1) << 16)   /* the next result code answers the accept */
#define FLAGS_ATTEMPT ((UINT32_C(1) << 17) - 1)
#define FLAGS_CODE (FLAG_POLL_CODE | FLAG_HTTP_CODE | FLAG_UPDATE_CODE)
#define FLAGS_TIMED (7 * FLAG_TIMED)
#define FLAGS_ACCEPT (FLAG_SENT | FLAG_REFUSED) /* both: acknowledged */
/* Of the modem: */
#define FLAG_POLL_TOLD (UINT32_C(1) << 17)    /* something has told of the next poll */
#define FLAG_POLL_SPAN (UINT32_C(1) << 18)    /* it may come up to a day later than poll_due */
#define FLAG_POLL_SETTLED (UINT32_C(1) << 19) /* something has told whether it polls at all */
#define FLAG_POLL_STOPPED (UINT32_C(1) << 20)
#define FLAG_SETTING (UINT32_C(1) << 21) /* the next result code answers the setting of the delay */
#define FLAGS_ALL ((UINT32_C(1) << 22) - 1)
#define FLAGS_POLL (FLAG_POLL_TOLD | FLAG_POLL_SPAN | FLAG_POLL_SETTLED | FLAG_POLL_STOPPED)

enum {
    PHASES = 3,                         /* that are timed: download, update, restore */
    PERCENT_UNTOLD = SBFOTA_NO_PERCENT, /* none told in this attempt */
    PERCENT_NONE = 254,                 /* none told since the phase began */
    DELAY_MAX = 60,                     /* the greatest that the module accepts (source: 4.2) */
    DELAY_REFUSED = 65534,              /* setting it failed: what it is now, nobody knows */
    SPELLED_ODDLY = 0x80                /* in last_spelling; no message has that bit of its own */
};

/* sbfota_session.waited, if no number. */
#define WAITED_UNTIMED (UINT32_MAX - 1) /* a time is missing */
#define WAITED_LEAP UINT32_MAX          /* the clock went back, or leapt over a day */

/* What ends the wait for the answer to a command. */
enum answer {
    ANSWER_NONE = 0,
    ANSWER_OK = 1,
    ANSWER_ERROR = 2,
    ANSWER_LOST = 3 /* none will come: a boot, or the next command */
};

/* Is this a message that leads to the same state from everywhere? */
static inline bool sbfota_is_step(unsigned kind)
{
    return kind >= SBFOTA_POLLING_ERROR && kind <= SBFOTA_REPORT_END;
}

static inline bool sbfota_is_percentage(unsigned kind)
{
    return kind == SBFOTA_DOWNLOADING || kind == SBFOTA_UPDATING || kind == SBFOTA_RESTORE;
}

static inline bool sbfota_is_percent(int32_t value)
{
    return value >= 0 && value <= 100;
}

/* A delay as the module tells it. */
static inline bool sbfota_is_delay(int32_t value)
{
    return value >= 0 && value < DELAY_REFUSED;
}

/* How a message is spelled, as sbfota_session.last_spelling holds it. */
static inline uint8_t sbfota_spelled(const struct sbfota_event *event)
{
    const unsigned odd = event->flags & SBFOTA_FLAG_NONCANONICAL ? SPELLED_ODDLY : 0U;
    return (uint8_t)((event->spelling & (SPELLED_ODDLY - 1U)) | odd);
}

/* The accept of this UPDATE_TIMEOUT, or of an earlier one, stands. */
static inline bool sbfota_has_accepted(uint32_t flags)
{
    return (flags & (FLAG_SENT | FLAG_ACCEPTED)) != 0;
}

/* Take an event. With SBFOTA_CHANGE_FINISHED the attempt before goes to `finished`, or, if that is
 * NULL, to change->finished. */
void sbfota_session_step(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change,
                         struct sbfota_session *finished);

/* Forget the attempt; what is known of the modem stays. */
void sbfota_session_forget(struct sbfota_session *session);

/* What an event is to whoever waits for an answer. */
enum answer sbfota_answer_of(unsigned kind);

/* The wait for the answer to the setting of the delay is over. If the module has refused it, the
 * delay is not known, since the command before may have been this one's echo. */
void sbfota_session_settle_delay(struct sbfota_session *session, enum answer answer);

/* The same of accept. Returns the problem, or 0. */
unsigned sbfota_session_settle_accept(struct sbfota_session *session, enum answer answer);

/* The host has sent accept, and may. */
void sbfota_session_send_accept(struct sbfota_session *session);

/* Commands, their answers, and all that ends the wait for one. Returns the problem, or 0. */
unsigned sbfota_session_follow_dialogue(struct sbfota_session *session,
                                        const struct sbfota_event *event);

/* What tells of the next poll. */
void sbfota_session_follow_polling(struct sbfota_session *session, const struct sbfota_event *event,
                                   int64_t time);

/* The outcome that the state stands for. A report leaves it as it was. */
unsigned sbfota_session_outcome(const struct sbfota_session *session);

/* Take the time of a message or a boot that belongs to the attempt, before the state is another.
 * Returns the problem, or 0. */
unsigned sbfota_session_take_time(struct sbfota_session *session, unsigned kind, int64_t time,
                                  bool is_repeat);

/* Where an event of this kind and value leads to, from IN_UNKNOWN; a message, from everywhere. */
unsigned sbfota_session_target(unsigned kind, int32_t value);

/* Can an attempt that begins with the message be in this state? */
bool sbfota_session_reaches(unsigned kind, int32_t value, unsigned state);

/* Can events have led to this? */
bool sbfota_session_is_sound(const struct sbfota_session *session);

/* Load a session, or the head or tail of a part. False, and as new, if the bytes are none. */
bool sbfota_session_read(struct sbfota_session *session, const uint8_t *saved);

/* The phase that belongs to a state. */
enum sbfota_phase sbfota_state_phase(unsigned state);

/* Is the update lost by the boot that led to this state? */
static inline bool sbfota_state_is_lost(unsigned state)
{
    return state == IN_LOST || state == IN_LOST_IDLE || state == IN_LAPSED ||
           state == IN_LAPSED_IDLE || state == IN_REBOOTED || state == IN_ROLLED_BACK;
}

#endif
