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
 * told as a problem, and the session goes on from where it leads.
 *
 * Events that the procedure does not know (SBFOTA_OTHER, SBFOTA_MALFORMED, ...) may be fed or not;
 * the result codes should be, but only those that answer the modem's sbfota commands matter: the
 * first behind a command, before the next message.
 *
 * Nothing is allocated, nothing is global; no function fails. All take constant time. Sessions of
 * parts of a log, to be joined: sbfota/parts.h.
 */
#ifndef SBFOTA_SESSION_H
#define SBFOTA_SESSION_H

#include <sbfota/sbfota.h>

#ifdef __cplusplus
extern "C" {
#endif

/** No time. Else a time is in milliseconds from wherever the caller likes; it may go back. */
#define SBFOTA_NO_TIME (-9223372036854775807LL - 1)
/** No duration. Else a duration is in milliseconds, up to some 49 days. */
#define SBFOTA_NO_DURATION UINT32_MAX
/** No percentage. Else it is 0 to 100. */
#define SBFOTA_NO_PERCENT 255
/** No delay. Else it is in seconds, 0 to 60 as the note has it, up to 65533 as it came. */
#define SBFOTA_NO_DELAY 65535

/** What a module is at (source: 3). */
enum sbfota_phase {
    SBFOTA_PHASE_NONE = 0,     /**< not known, or nothing has happened yet */
    SBFOTA_PHASE_POLLING = 1,  /**< it asked for new firmware, in vain */
    SBFOTA_PHASE_DOWNLOAD = 2, /**< it downloads, or has failed to */
    SBFOTA_PHASE_DELAY = 3,    /**< it has downloaded, and not begun to update */
    SBFOTA_PHASE_UPDATE = 4,   /**< it applies the update to the backup partition */
    SBFOTA_PHASE_RESTORE = 5,  /**< it copies the new firmware to the original partition */
    SBFOTA_PHASE_END = 6,      /**< the update has ended */
    SBFOTA_PHASE_REBOOT = 7,   /**< it has booted behind the end */
    SBFOTA_PHASE_REPORT = 8,   /**< it tells the server, or has told it */
    SBFOTA_PHASE_COUNT         /**< one more than the last */
};

/** How an attempt ended. */
enum sbfota_outcome {
    SBFOTA_OUTCOME_IN_PROGRESS = 0,     /**< no verdict: the events stop in the middle */
    SBFOTA_OUTCOME_UPDATED = 1,         /**< END,0 */
    SBFOTA_OUTCOME_UPDATE_FAILED = 2,   /**< END with another code */
    SBFOTA_OUTCOME_DOWNLOAD_FAILED = 3, /**< HTTPEND with another code than 0 */
    SBFOTA_OUTCOME_DOWNLOAD_LOST =
        4,                          /**< a boot before START, or silence: the next timer or attempt
                                             came before HTTPEND */
    SBFOTA_OUTCOME_ROLLED_BACK = 5, /**< a boot between START and RESTORE */
    SBFOTA_OUTCOME_INTERRUPTED = 6, /**< a boot during RESTORE, not resumed yet */
    SBFOTA_OUTCOME_POLL_FAILED = 7, /**< POLLING error */
    SBFOTA_OUTCOME_COUNT            /**< one more than the last */
};

/** What was odd: a set of bits. */
enum sbfota_problem {
    SBFOTA_PROBLEM_OUT_OF_ORDER = 1 << 0, /**< a message that cannot come there */
    SBFOTA_PROBLEM_PERCENT_BACK = 1
                                  << 1, /**< a percentage under the one before, in the same phase */
    SBFOTA_PROBLEM_DELAY_DIFFERS = 1 << 2, /**< UPDATE_TIMEOUT is not the delay last set or told */
    SBFOTA_PROBLEM_REBOOT = 1 << 3,        /**< a boot in a phase where it loses the update */
    SBFOTA_PROBLEM_ACCEPT_MISPLACED =
        1 << 4, /**< accept not between UPDATE_TIMEOUT and START (source: 4.2) */
    SBFOTA_PROBLEM_MISSING_START =
        1 << 5, /**< the attempt has no beginning: the log starts late, or has a hole */
    SBFOTA_PROBLEM_MISSING_END =
        1 << 6, /**< the next attempt begins, and this one has no end: the log has a hole */
    SBFOTA_PROBLEM_ALL = (1 << 7) - 1 /**< all of them */
};

/** What losing the power now would do (source: 5.3, note 2). */
enum sbfota_power {
    SBFOTA_POWER_SAFE = 0,         /**< nothing: no update is under way */
    SBFOTA_POWER_UNKNOWN = 1,      /**< not known: no event has told yet what the module is at */
    SBFOTA_POWER_ENDS_PROCESS = 2, /**< the download is lost; the next poll starts over */
    SBFOTA_POWER_FORBIDDEN =
        3, /**< the note forbids it and does not say what happens: in the delay */
    SBFOTA_POWER_ROLLS_BACK = 4,   /**< the module rolls back to its old firmware */
    SBFOTA_POWER_FORCES_UPDATE = 5 /**< the module goes on with the update at its next boot */
};

/** Which fields of an attempt hold something: a set of bits. */
enum sbfota_attempt_has {
    SBFOTA_HAS_POLL_CODE = 1 << 0,
    SBFOTA_HAS_HTTP_CODE = 1 << 1,
    SBFOTA_HAS_UPDATE_CODE = 1 << 2,
    SBFOTA_HAS_REPORT_CODE = 1 << 3
};

/** One attempt, told as a whole. */
struct sbfota_attempt {
    int64_t started;         /**< time of its first event, or SBFOTA_NO_TIME */
    int64_t ended;           /**< time of its last event, or SBFOTA_NO_TIME */
    uint32_t downloading_ms; /**< from HTTPSTART to HTTPEND, or SBFOTA_NO_DURATION */
    uint32_t updating_ms;    /**< from START to the first RESTORE */
    uint32_t restore_ms;     /**< from the first RESTORE to END, power losses among it */
    int32_t poll_code;       /**< of POLLING */
    int32_t http_code;       /**< of HTTPEND */
    int32_t update_code;     /**< of END */
    int32_t report_code;     /**< of report_result, "end" */
    uint16_t problems;       /**< enum sbfota_problem */
    uint16_t delay;  /**< of UPDATE_TIMEOUT, 0 if the update started without, or SBFOTA_NO_DELAY */
    uint8_t has;     /**< enum sbfota_attempt_has */
    uint8_t outcome; /**< enum sbfota_outcome */
    uint8_t phase;   /**< the last one reached, enum sbfota_phase */
    uint8_t percent; /**< the last one, in that phase or, where that has none, before it; or
                                  SBFOTA_NO_PERCENT */
    uint8_t resumes; /**< how often it resumed after a power loss; 255 for more */
    bool accepted;   /**< the host sent `accept` while it was allowed */
};

/** What an event changed: bits of sbfota_change.what. */
enum sbfota_change_bit {
    SBFOTA_CHANGE_FINISHED = 1 << 0, /**< the attempt before is finished: sbfota_change.finished */
    SBFOTA_CHANGE_BEGAN = 1 << 1,    /**< an attempt begins with this event */
    SBFOTA_CHANGE_BELONGS = 1 << 2, /**< the event belongs to the attempt, and is its last so far */
    SBFOTA_CHANGE_PHASE = 1 << 3,   /**< another phase */
    SBFOTA_CHANGE_OUTCOME = 1 << 4  /**< the attempt under way has another outcome than before */
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

/** The state of one modem, 56 bytes. Place it where you like, copy it freely; its fields are
 * private. */
struct sbfota_session {
    int64_t started;     /* of the attempt */
    int64_t latest;      /* its last event */
    int64_t poll_due;    /* the earliest time of the next poll */
    uint32_t spent[3];   /* ms in download, update, restore */
    int32_t code;        /* of POLLING, HTTPEND or END, the last of them */
    int32_t report_code; /* of report_result, "end" */
    uint16_t timeout;    /* of UPDATE_TIMEOUT, in this attempt */
    uint16_t delay;      /* as set, or as the module told; 65534: setting it failed */
    uint16_t problems;   /* of the attempt */
    uint16_t flags;      /* see src/session/internal.h */
    uint8_t state;       /* of the machine */
    uint8_t percent;     /* 254: none any more */
    uint8_t resumes;     /* of the attempt */
    uint8_t outcome;     /* of the attempt */
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
 * @return false if there has been none
 */
SBFOTA_API bool sbfota_session_attempt(const struct sbfota_session *session,
                                       struct sbfota_attempt *attempt);

/** What the module is at. */
SBFOTA_API enum sbfota_phase sbfota_session_phase(const struct sbfota_session *session);

/** How far it is in that phase, 0 to 100; SBFOTA_NO_PERCENT if it has told none in it. */
SBFOTA_API unsigned sbfota_session_percent(const struct sbfota_session *session);

/** What losing the power now would do. Only SBFOTA_POWER_SAFE permits to cut it. */
SBFOTA_API enum sbfota_power sbfota_session_power(const struct sbfota_session *session);

/** Would the module take `accept` now? Between UPDATE_TIMEOUT and START (source: 4.2). */
SBFOTA_API bool sbfota_session_accept_allowed(const struct sbfota_session *session);

/**
 * Seconds until the update starts by itself, rounded up; 0 when that is overdue.
 *
 * @param now  in the same milliseconds as the events' times
 * @return false if the module does not wait to start one, or the times are not known
 */
SBFOTA_API bool sbfota_session_starts_in(const struct sbfota_session *session, int64_t now,
                                         uint32_t *seconds);

/** Has the module stopped polling, for want of a SoftBank SIM or for roaming (source: 5.2)? Until
 * it tells a new polling_time. */
SBFOTA_API bool sbfota_session_polling_stopped(const struct sbfota_session *session);

/**
 * When the module will next ask for new firmware. The two times are the same behind a polling_time
 * (source: 5.1); behind a poll they are 14 and 15 days after it (source: 2).
 *
 * @return false if it has stopped or nothing tells
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
 * | 0 | 1 | version of this layout: 1 |
 * | 1 | 1 | state of the machine, in the order of grammar/session.rl |
 * | 2 | 2 | flags |
 * | 4 | 2 | problems of the attempt |
 * | 6 | 1 | percent; 254 and 255: none |
 * | 7 | 1 | resumes |
 * | 8 | 8 | time when the attempt started |
 * | 16 | 8 | time of its last event |
 * | 24 | 8 | time of the next poll, the earliest |
 * | 32 | 12 | milliseconds in download, update, restore |
 * | 44 | 4 | code of POLLING, HTTPEND or END |
 * | 48 | 4 | code of the report |
 * | 52 | 2 | delay that UPDATE_TIMEOUT told; 65535: none |
 * | 54 | 2 | delay set; 65535: not known; 65534: setting it failed |
 * | 56 | 1 | outcome |
 * | 57 | 7 | 0 |
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

/** The name of a phase, an outcome, a problem (given as its bit), as in JSON; NULL for any other
 * number. Constant. */
SBFOTA_API const char *sbfota_phase_name(unsigned phase);
SBFOTA_API const char *sbfota_outcome_name(unsigned outcome);
SBFOTA_API const char *sbfota_problem_name(unsigned problem);

#ifdef __cplusplus
}
#endif

#endif
