/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The update sessions of one modem: what its events tell of the update procedure (source: 2,
 * 3). Feed it every event of the modem, in the order of the stream, with the time if there is one:
 *
 *     struct sbfota_session session;
 *     sbfota_session_init(&session);
 *     ...
 *     struct sbfota_change change;
 *     sbfota_session_feed(&session, &event, now_ms, &change);
 *     if (change.what & SBFOTA_CHANGE_FINISHED)
 *         store(&change.finished);
 *     if (sbfota_session_power(&session) != SBFOTA_POWER_SAFE)
 *         keep_the_power_on();
 *
 * An attempt is one try of the module to update: from its poll or download to its report. It is
 * finished when the next one begins, since until then a report may follow; its outcome is known
 * earlier (SBFOTA_CHANGE_OUTCOME). What comes is never refused: a message that cannot come now is
 * told as a problem, and the session goes on from where it leads. A message that repeats the one
 * before it within a second, as on two ports, is no news (SBFOTA_CHANGE_REPEAT); without times
 * that is not seen, and the caller should leave repeats out.
 *
 * Commands and result codes. With echo on (ATE1) the module gives back the host's commands, and the
 * parser finds them; with echo off (ATE0) feed the host's own, as sbfota_decode_line makes events of
 * them, when they are sent. The first SBFOTA_OK, SBFOTA_ERROR or SBFOTA_CME_ERROR behind a command
 * answers it, whatever messages come between; a boot, the next command and, of `accept` and a delay,
 * UPDATE_TIMEOUT end the wait. So leave out the result codes of commands that are not sbfota's. URCs
 * that the host itself sends, as in a test, are not the module's word: leave them out too.
 * SBFOTA_MALFORMED should be fed only if the line would have been HTTPEND or END: it is told as
 * SBFOTA_PROBLEM_MALFORMED. All other kinds may be fed or not. If the input may have ended within a
 * message's line, set SBFOTA_FLAG_UNENDED in what sbfota_finish gives: only who reads the input
 * knows.
 *
 * A host that restarts. What the module does goes on meanwhile. Save the session
 * (sbfota_session_save) whenever the phase, the outcome or a polling time has changed, which is a
 * few dozen times in two weeks, and load it when the host is up again; percentages need not be
 * saved. Times are compared over the restart, so the clock that they are of must go on while the
 * host is down: a real-time clock, or the network's time; one that starts again at 0 makes durations
 * and sbfota_session_next_poll wrong or unknown, and nothing else. What came while nobody listened is
 * not known: do not cut the power for what sbfota_session_power said before the restart, but wait for
 * the module's next message of the procedure or power it up yourself and wait for its polling time.
 * If the module has been reset with the host, feed its boot message (SBFOTA_RDY).
 *
 * Nothing is allocated, nothing is global. Only loading can fail. All take constant time. Sessions of
 * parts of a log, to be joined: sbfota/parts.h.
 */
#ifndef SBFOTA_SESSION_H
#define SBFOTA_SESSION_H

#include <sbfota/sbfota.h> /* also enum sbfota_phase, sbfota_outcome, sbfota_problem, sbfota_power, sbfota_accept */

#ifdef __cplusplus
extern "C" {
#endif

/** No time. Else a time is in milliseconds from wherever the caller likes; it may go back. */
#define SBFOTA_NO_TIME (-9223372036854775807LL - 1)
/** No duration. Else a duration is in milliseconds; one over 49 days is told as some 49 days. */
#define SBFOTA_NO_DURATION UINT32_MAX
/** No percentage. Else it is 0 to 100. */
#define SBFOTA_NO_PERCENT 255
/** No delay. Else it is in seconds, 0 to 60 as the note has it, up to 65533 as it came. */
#define SBFOTA_NO_DELAY 65535

/** Which fields of an attempt hold something: a set of bits. */
enum sbfota_attempt_has {
    SBFOTA_HAS_POLL_CODE = 1 << 0,
    SBFOTA_HAS_HTTP_CODE = 1 << 1,
    SBFOTA_HAS_UPDATE_CODE = 1 << 2,
    SBFOTA_HAS_REPORT_CODE = 1 << 3
};

/**
 * One attempt, told as a whole.
 *
 * A phase takes from its first message to the end that is named here, or, where that does not come, to
 * the last message of the phase; a boot is none. It has no duration if its first message has not been
 * seen, if one of these messages or a boot between them has no time, and with
 * SBFOTA_PROBLEM_CLOCK_JUMP in it.
 */
struct sbfota_attempt {
    int64_t started;         /**< time of its first event, or SBFOTA_NO_TIME */
    int64_t ended;           /**< time of its last event, or SBFOTA_NO_TIME */
    uint32_t downloading_ms; /**< from HTTPSTART to HTTPEND, or SBFOTA_NO_DURATION */
    uint32_t updating_ms;    /**< from START to the first RESTORE, likewise */
    uint32_t
        restore_ms;    /**< from the first RESTORE, if UPDATING or START came directly before it, to
                                  END, power losses among it, likewise */
    int32_t poll_code; /**< of POLLING */
    int32_t http_code; /**< of the last HTTPEND; 0 if END has been seen too */
    int32_t update_code; /**< of the last END */
    int32_t report_code; /**< of the last report_result, "end" */
    uint16_t problems;   /**< enum sbfota_problem */
    uint16_t delay;      /**< of the last UPDATE_TIMEOUT, 0 if START came right behind HTTPEND, or
                                  SBFOTA_NO_DELAY */
    uint8_t has;         /**< enum sbfota_attempt_has */
    uint8_t outcome;     /**< enum sbfota_outcome */
    uint8_t phase;       /**< the last one reached, enum sbfota_phase */
    uint8_t percent; /**< the last one from 0 to 100 that was told in that phase, since its START or
                                  the last boot or resume that it went on behind; in a phase that tells
                                  none, the last one before; or SBFOTA_NO_PERCENT */
    uint8_t resumes; /**< how often it resumed after a power loss; 255 for more */
    bool accepted;   /**< the host sent `accept` while it was allowed, and it was not refused */
};

/** What an event changed: bits of sbfota_change.what. */
enum sbfota_change_bit {
    SBFOTA_CHANGE_FINISHED = 1 << 0, /**< the attempt before is finished: sbfota_change.finished */
    SBFOTA_CHANGE_BEGAN = 1 << 1,    /**< an attempt begins with this event */
    SBFOTA_CHANGE_BELONGS = 1 << 2, /**< the event belongs to the attempt, and is its last so far */
    SBFOTA_CHANGE_PHASE = 1 << 3,   /**< another phase */
    SBFOTA_CHANGE_OUTCOME =
        1 << 4,                   /**< sbfota_change.outcome is another than before the event, or an
                                          attempt has begun with one that is not in progress */
    SBFOTA_CHANGE_REPEAT = 1 << 5 /**< the event repeats the one before: only times have changed */
};

/** What an event changed. */
struct sbfota_change {
    struct sbfota_attempt
        finished;      /**< only with SBFOTA_CHANGE_FINISHED; else nothing is written here */
    uint16_t problems; /**< of this event: enum sbfota_problem */
    uint8_t what;      /**< enum sbfota_change_bit */
    uint8_t phase;     /**< now: enum sbfota_phase */
    uint8_t outcome;   /**< of the attempt under way, so far: enum sbfota_outcome */
};

/** The state of one modem, 64 bytes. Place it where you like, copy it freely; its fields are
 * private. */
struct sbfota_session {
    int64_t started;       /* of the attempt */
    int64_t latest;        /* its last event */
    int64_t poll_due;      /* the earliest time of the next poll */
    uint32_t spent[3];     /* ms in download, update, restore, as far as they have been seen */
    uint32_t waited;       /* ms from the last message of the phase to the boot behind it */
    int32_t code;          /* of POLLING, HTTPEND or END, the last of them */
    int32_t report_code;   /* of report_result, "end" */
    uint32_t flags;        /* see src/session/internal.h */
    uint16_t timeout;      /* of UPDATE_TIMEOUT, in this attempt */
    uint16_t delay;        /* as set, or as the module told; 65534: setting it failed */
    uint16_t problems;     /* of the attempt */
    uint8_t state;         /* of the machine */
    uint8_t percent;       /* 254: none any more */
    uint8_t resumes;       /* of the attempt */
    uint8_t outcome;       /* of the attempt */
    uint8_t last_kind;     /* of the last message, if nothing of the procedure has come since */
    uint8_t last_spelling; /* and how it was spelled */
};

/** Nothing is known of the modem yet. */
SBFOTA_API void sbfota_session_init(struct sbfota_session *session);

/**
 * Take one event.
 *
 * @param time    when it came, or SBFOTA_NO_TIME
 * @param change  what it changed
 */
SBFOTA_API void sbfota_session_feed(struct sbfota_session *session,
                                    const struct sbfota_event *event, int64_t time,
                                    struct sbfota_change *change);

/**
 * The last attempt, under way or over, as it stands: at the end of a log it is the one that no
 * SBFOTA_CHANGE_FINISHED has told of.
 *
 * @return false if there has been none; then nothing is written
 */
SBFOTA_API bool sbfota_session_attempt(const struct sbfota_session *session,
                                       struct sbfota_attempt *attempt);

/** What the module is at, or was at last. */
SBFOTA_API enum sbfota_phase sbfota_session_phase(const struct sbfota_session *session);

/** How far it is in that phase: the last percentage from 0 to 100 since the phase began, or since the
 * last boot or resume that it went on behind; SBFOTA_NO_PERCENT if it has told none. */
SBFOTA_API unsigned sbfota_session_percent(const struct sbfota_session *session);

/** What losing the power now would do. Only SBFOTA_POWER_SAFE permits to cut it. */
SBFOTA_API enum sbfota_power sbfota_session_power(const struct sbfota_session *session);

/** What became of the host's accept. */
SBFOTA_API enum sbfota_accept sbfota_session_accept(const struct sbfota_session *session);

/** Would the module take `accept` now? Between UPDATE_TIMEOUT and START or a boot (source: 4.2), until
 * it has acknowledged one. */
SBFOTA_API bool sbfota_session_accept_allowed(const struct sbfota_session *session);

/**
 * Seconds until the update starts by itself, rounded up; 0 when that is overdue, and when the module
 * has acknowledged an accept. A `now` before the UPDATE_TIMEOUT counts as its time.
 *
 * @param now  in the same milliseconds as the events' times, or SBFOTA_NO_TIME
 * @return false, and nothing is written, if the module is not between UPDATE_TIMEOUT and START, or if
 *         it has acknowledged nothing and `now`, the time of UPDATE_TIMEOUT or its seconds (0 to 65533)
 *         are not known
 */
SBFOTA_API bool sbfota_session_starts_in(const struct sbfota_session *session, int64_t now,
                                         uint32_t *seconds);

/** The delay before the update, in seconds, as the host has set it and the module has agreed, or as the module has told it last
 * (source: 4.1); SBFOTA_NO_DELAY if it is not known. */
SBFOTA_API unsigned sbfota_session_delay(const struct sbfota_session *session);

/** Has the module stopped polling, for want of a SoftBank SIM or for roaming (source: 5.2)? Until it
 * tells a new polling_time, or an error of polling that re-arms the timer. */
SBFOTA_API bool sbfota_session_polling_stopped(const struct sbfota_session *session);

/**
 * When the module will next ask for new firmware. The two times are the same behind a polling_time
 * (source: 5.1; one under 0 counts as 0); behind HTTPSTART and an error of polling that re-arms the
 * timer they are 14 and 15 days after it (source: 2).
 *
 * @return false, and nothing is written, if it has stopped, if nothing tells, or if what told had no
 *         time, or one so late that the sum has no number
 */
SBFOTA_API bool sbfota_session_next_poll(const struct sbfota_session *session, int64_t *earliest,
                                         int64_t *latest);

/** The size of a saved session. */
#define SBFOTA_SESSION_SAVED 64

/**
 * Save a session, for the time that the host is down. All numbers are little-endian, two's
 * complement.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 1 | version of this layout: 2 |
 * | 1 | 1 | state of the machine, in the order of grammar/session.rl |
 * | 2 | 3 | flags |
 * | 5 | 2 | problems of the attempt |
 * | 7 | 1 | percent; 254 and 255: none |
 * | 8 | 8 | time when the attempt started |
 * | 16 | 8 | time of its last event |
 * | 24 | 8 | time of the next poll, the earliest |
 * | 32 | 12 | milliseconds in download, update, restore |
 * | 44 | 4 | milliseconds until the last boot; 4294967294: no time; 4294967295: a leap |
 * | 48 | 4 | code of POLLING, HTTPEND or END |
 * | 52 | 4 | code of the report |
 * | 56 | 2 | delay that UPDATE_TIMEOUT told; 65535: none |
 * | 58 | 2 | delay set; 65535: not known; 65534: setting it failed |
 * | 60 | 1 | resumes |
 * | 61 | 1 | outcome |
 * | 62 | 1 | kind of the last message; 0: something else has come since |
 * | 63 | 1 | how it was spelled |
 */
SBFOTA_API void sbfota_session_save(const struct sbfota_session *session,
                                    uint8_t saved[SBFOTA_SESSION_SAVED]);

/**
 * Load a saved session.
 *
 * @return false if the bytes are none that this version saves; the session is then as from
 * sbfota_session_init
 */
SBFOTA_API bool sbfota_session_load(struct sbfota_session *session,
                                    const uint8_t saved[SBFOTA_SESSION_SAVED]);

/** The name of a phase, an outcome, a problem (given as its bit), a power, an accept, as in JSON; NULL
 * for any other number. Constant. */
SBFOTA_API const char *sbfota_phase_name(unsigned phase);
SBFOTA_API const char *sbfota_outcome_name(unsigned outcome);
SBFOTA_API const char *sbfota_problem_name(unsigned problem);
SBFOTA_API const char *sbfota_power_name(unsigned power);
SBFOTA_API const char *sbfota_accept_name(unsigned accept);

#ifdef __cplusplus
}
#endif

#endif
