/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Sessions of parts of a log, to be joined: several threads or machines each take a part, and
 * together they tell exactly what one pass over the whole log would have told.
 *
 * A part of one modem's log tells of
 *
 * - its head: the attempt that its first message belongs to, which may have begun in the part
 *   before;
 * - whole attempts, given one by one by sbfota_part_feed as they finish;
 * - its tail: the attempt at its end, which may go on in the part behind. Head and tail may be one
 *   and the same.
 *
 * The attempts of a log are: its head, if that is not its tail, then those given, then its tail.
 * Joining two parts finishes those attempts that lie between: at most two, which stand behind those
 * that the earlier part has given and before those of the later one. Joining is associative.
 *
 * What makes a head of fixed size possible: where a message leads does not depend on what came
 * before it (grammar/session.rl), so that two histories agree from the first message on, but for
 * which attempt it belongs to. A part keeps that message, what came before it (boots, polling times,
 * whether there was an accept before or behind them and what became of it, malformed messages), the
 * first answers, and the first percentage, and joins by letting the earlier part take these. One rule
 * reaches further back than the attempt: whether UPDATE_TIMEOUT is the delay that was set
 * (SBFOTA_PROBLEM_DELAY_DIFFERS). It is decided for all but the first UPDATE_TIMEOUT of a part, since
 * that tells the delay for those behind it; the first may be of an attempt that has been given, and
 * that one is then amended when the parts are joined.
 *
 * A part knows of an event only what sbfota_part_feed is given: whoever tells where in a log an attempt
 * begins and ends keeps that beside it. sbfota_change says which events begin an attempt of a part and belong to it; the first that begins
 * one is the first message. What depends on the part before, sbfota_joined says: whether that message begins an attempt at all, and
 * whether the boots before it belong to the attempt before. So of a part are kept the places of its first APP RDY before any RDY, of its first
 * RDY, and of its first message; of the last event of its head, and of the first of what follows on that; and both ends of its tail. A repeat
 * without times is the caller's too.
 */
#ifndef SBFOTA_PARTS_H
#define SBFOTA_PARTS_H

#include <sbfota/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The state of one modem in a part of a log, 176 bytes. Place it where you like, copy it freely; its
 * fields are private. */
struct sbfota_part {
    struct sbfota_session tail; /* as if nothing had come before the part */
    struct sbfota_session head; /* if it is not the tail: its attempt only */
    int64_t first_time;         /* of the first message */
    int64_t boot_time[2];       /* of the first APP RDY, if before any RDY, and of the first RDY */
    int32_t first_value;        /* of the first message */
    uint32_t given;             /* attempts given */
    uint32_t unsure;            /* which of them has the first UPDATE_TIMEOUT, from 1; 0: none */
    uint16_t unsure_delay;      /* what that told, as long as it is not decided */
    uint16_t marks;             /* what came before the first message: src/session/marks.h */
    uint8_t first_kind;         /* SBFOTA_NONE if there was no message */
    uint8_t first_spelling;
    uint8_t
        first_percent;   /* where the first message was a percentage that is not believed: the first
                              of its phase that is; 255: none */
    uint8_t accepts;     /* what became of accept before the first message */
    uint8_t answers;     /* the first ones */
    uint8_t reserved[3]; /* 0 */
};

/** What joining has found out of the later part's first events. */
enum sbfota_joined_bit {
    SBFOTA_JOINED_APP_RDY =
        1, /**< its first APP RDY, if before any RDY and its first message, belongs to the attempt before */
    SBFOTA_JOINED_RDY = 2, /**< and so does its first RDY */
    SBFOTA_JOINED_BEGAN =
        4, /**< its first message has begun an attempt, else it belongs to the one before */
    SBFOTA_JOINED_REPEAT = 8, /**< that message repeats the one before it */
    SBFOTA_JOINED_TAIL =
        16,                 /**< the earlier part's tail is among the attempts, the first of them */
    SBFOTA_JOINED_HEAD = 32 /**< the later part's head is among them, the last of them */
};

/** What joining two parts has finished. */
struct sbfota_joined {
    struct sbfota_attempt attempts[2]; /**< in their order */
    unsigned count;                    /**< how many: 0 to 2 */
    unsigned what;                     /**< of enum sbfota_joined_bit */
    uint32_t
        amend; /**< an attempt that the later part has given, from 1, to whose problems `problems`
                         is to be added; 0: none */
    uint16_t problems; /**< enum sbfota_problem */
};

/** A part without events; joined to another one, on either side, it changes nothing. */
SBFOTA_API void sbfota_part_init(struct sbfota_part *part);

/** Take one event; like sbfota_session_feed, but SBFOTA_CHANGE_FINISHED is not told of the head. */
SBFOTA_API void sbfota_part_feed(struct sbfota_part *part, const struct sbfota_event *event,
                                 int64_t time, struct sbfota_change *change);

/**
 * Join the part that follows to `part`, which is then both. The two may not be the same object.
 * This is for fleets, not for microcontrollers: it takes half a kilobyte of stack.
 */
SBFOTA_API void sbfota_part_join(struct sbfota_part *part, const struct sbfota_part *later,
                                 struct sbfota_joined *joined);

/**
 * Join the part that follows to the session of all that came before it, from the log's begin on: both then tell what feeding the
 * session with the part's events would have told. `attempts` of `joined` are all that this finishes but for those that the
 * part has given, and `amend` one of these.
 */
SBFOTA_API void sbfota_session_join(struct sbfota_session *session, const struct sbfota_part *later,
                                    struct sbfota_joined *joined);

/** The head as it stands. False, and nothing is written, if there is none, or if it is the tail. */
SBFOTA_API bool sbfota_part_head(const struct sbfota_part *part, struct sbfota_attempt *attempt);

/** The tail as it stands. False, and nothing is written, if there is none. For more of it, such as
 * what the modem is at, there is sbfota_part_session. */
SBFOTA_API bool sbfota_part_tail(const struct sbfota_part *part, struct sbfota_attempt *attempt);

/** The session at the end of the part, to be fed on with sbfota_session_feed when the part was the
 * first of its log. */
SBFOTA_API void sbfota_part_session(const struct sbfota_part *part, struct sbfota_session *session);

/** The size of a saved part. */
#define SBFOTA_PART_SAVED 176

/**
 * Save a part, to be joined elsewhere. All numbers are little-endian, two's complement.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 1 | version of this layout: 2 |
 * | 1 | 1 | kind of the first message; 0: none |
 * | 2 | 2 | what came before it: marks |
 * | 4 | 4 | argument of the first message |
 * | 8 | 8 | its time |
 * | 16 | 16 | times of the first APP RDY and RDY before it |
 * | 32 | 4 | attempts given |
 * | 36 | 4 | which of them has the first UPDATE_TIMEOUT, from 1; 0: none |
 * | 40 | 2 | what that told, if it is not decided |
 * | 42 | 1 | how the first message was spelled |
 * | 43 | 1 | the first percentage that is believed, if the first message is one that is not; 255: none |
 * | 44 | 1 | what became of accept before the first message |
 * | 45 | 1 | the first answers: two bits each, before the first message, in its attempt, behind that |
 * | 46 | 2 | 0 |
 * | 48 | 64 | tail, as sbfota_session_save has it |
 * | 112 | 64 | head, likewise |
 */
SBFOTA_API void sbfota_part_save(const struct sbfota_part *part, uint8_t saved[SBFOTA_PART_SAVED]);

/**
 * Load a saved part: one that holds together, so that whatever is fed and joined to it, all attempts
 * that it tells are such as a log has (their codes, outcomes, phases and problems agree).
 *
 * @return false if the bytes are none that this version saves, or do not hold together; the part is
 *         then as from sbfota_part_init
 */
SBFOTA_API bool sbfota_part_load(struct sbfota_part *part, const uint8_t saved[SBFOTA_PART_SAVED]);

#ifdef __cplusplus
}
#endif

#endif
