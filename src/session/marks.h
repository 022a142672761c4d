/* SPDX-License-Identifier: MIT
 *
 * What came in a part of a log before its first message, and the answers in it: as much of it as
 * matters to what came before. */
#ifndef SBFOTA_SESSION_MARKS_H
#define SBFOTA_SESSION_MARKS_H

#include <sbfota/parts.h>

#include "internal.h"

/* sbfota_part.marks: before the first message, but for MARK_HEAD. */
enum {
    MARK_APP_RDY = 1 << 0,     /* APP RDY, before any RDY */
    MARK_RDY = 1 << 1,         /* RDY */
    MARK_POLLED = 1 << 2,      /* a polling time, before any boot */
    MARK_POLLED_APP = 1 << 3,  /* a polling time behind that APP RDY, before any RDY */
    MARK_POLLED_RDY = 1 << 4,  /* a polling time behind RDY */
    MARK_LATE_ACCEPT = 1 << 5, /* accept, behind a boot */
    MARK_REFUSED = 1 << 6,     /* an accept before any boot was refused */
    MARK_MALFORMED = 1 << 7,
    MARK_UNENDED = 1 << 8, /* one of these, at the end of the input */
    MARK_HEAD = 1 << 9,    /* the head is finished */
    MARKS_ALL = (1 << 10) - 1,
    MARKS_BOOT = MARK_APP_RDY | MARK_RDY
};

/* sbfota_part.accepts: what became of the accepts before any boot and the first message. */
enum accepts {
    ACCEPTS_NONE = 0,
    ACCEPTS_ASKING = 1,       /* the last one waits for its answer */
    ACCEPTS_SENT = 2,         /* it was not answered */
    ACCEPTS_ACKNOWLEDGED = 3, /* one was, and the others changed nothing */
    ACCEPTS_REFUSED = 4,
    ACCEPTS_COUNT
};

/* Where an answer came: sbfota_part.answers has the first of each, an enum answer. */
enum answer_place {
    BEFORE_MESSAGE = 0, /* before the first message */
    IN_HEAD = 1,        /* behind it, before another attempt began */
    BEHIND_HEAD = 2,    /* behind that; not kept if there was one before */
    ANSWER_PLACES
};

static inline enum answer sbfota_part_answer(const struct sbfota_part *part,
                                             enum answer_place place)
{
    return (enum answer)(part->answers >> 2 * place & 3);
}

/* Note what ends the wait for an answer. */
void sbfota_marks_answer(struct sbfota_part *part, enum answer_place place, enum answer answer);

/* The first of all. */
enum answer sbfota_marks_first_answer(const struct sbfota_part *part);

/* Note an event that comes before the first message. */
void sbfota_marks_note(struct sbfota_part *part, const struct sbfota_event *event, int64_t time);

/* Those of the later part follow on those of the earlier, which has no message. */
void sbfota_marks_join(struct sbfota_part *part, const struct sbfota_part *later);

/* The answers of the later part follow on those of the earlier, which has a message; `began` says
 * whether the later's first message began an attempt. */
void sbfota_marks_join_answers(struct sbfota_part *part, const struct sbfota_part *later,
                               bool began);

/* Let a session take what has been noted. Which boots belong to its attempt: of enum sbfota_joined_bit. */
unsigned sbfota_marks_replay(const struct sbfota_part *part, struct sbfota_session *session);

#endif
