/* SPDX-License-Identifier: MIT
 *
 * What came in a part of a log before its first message: as much of it as matters to what came
 * before. */
#ifndef SBFOTA_SESSION_MARKS_H
#define SBFOTA_SESSION_MARKS_H

#include <sbfota/parts.h>

/* sbfota_part.marks */
enum {
    MARK_ANSWERED = 1 << 0,    /* something ended the wait for the result of a command */
    MARK_REFUSED = 1 << 1,     /* and that was an error */
    MARK_ACCEPT = 1 << 2,      /* accept, before any boot */
    MARK_APP_RDY = 1 << 3,     /* APP RDY, before any RDY */
    MARK_RDY = 1 << 4,         /* RDY */
    MARK_LATE_ACCEPT = 1 << 5, /* accept, behind a boot */
    MARK_POLLING_TIME = 1 << 6,
    MARK_HEAD = 1 << 7, /* not a mark of what came before: the head is finished */
    MARKS_ALL = (1 << 8) - 1,
    MARKS_BOOT = MARK_APP_RDY | MARK_RDY
};

/* Note an event that comes before the first message. */
void sbfota_marks_note(struct sbfota_part *part, const struct sbfota_event *event, int64_t time);

/* Those of the later part follow on those of the earlier, which has no message. */
void sbfota_marks_join(struct sbfota_part *part, const struct sbfota_part *later);

/* Let a session take what has been noted. */
void sbfota_marks_replay(const struct sbfota_part *part, struct sbfota_session *session);

#endif
