/* SPDX-License-Identifier: MIT
 *
 * Before the first message of a part only boots, accept and polling times move a session, and a
 * result code settles its delay. Whatever their number and order, they come to the same as: the
 * result code, accept, APP RDY, RDY, accept, polling time, each at most once. Of boots, the first
 * counts; accept is judged by whether it came before that; a polling time matters only to a
 * download without a boot. */
#include "marks.h"

#include "internal.h"

static void add_mark(struct sbfota_part *part, unsigned mark)
{
    part->marks = (uint16_t)(part->marks | mark);
}

/* The first of what ends the wait for a command's result. */
static void note_answer(struct sbfota_part *part, bool refused)
{
    if ((part->marks & MARK_ANSWERED) == 0)
        add_mark(part, refused ? MARK_ANSWERED | MARK_REFUSED : MARK_ANSWERED);
}

static void note_boot(struct sbfota_part *part, unsigned mark, int64_t time)
{
    if ((part->marks & (mark | MARK_RDY)) != 0)
        return;
    add_mark(part, mark);
    part->boot_time[mark == MARK_RDY] = time;
}

static void note_accept(struct sbfota_part *part)
{
    add_mark(part, (part->marks & MARKS_BOOT) != 0 ? MARK_LATE_ACCEPT : MARK_ACCEPT);
}

void sbfota_marks_note(struct sbfota_part *part, const struct sbfota_event *event, int64_t time)
{
    switch (event->kind) {
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR: note_answer(part, true); break;
    case SBFOTA_OK:
    case SBFOTA_DELAY:
    case SBFOTA_QUERY_DELAY:
    case SBFOTA_SET_DELAY:
    case SBFOTA_TEST_QCFGEXT: note_answer(part, false); break;
    case SBFOTA_ACCEPT:
        note_answer(part, false);
        if (event->value == 1)
            note_accept(part);
        break;
    case SBFOTA_RDY:
    case SBFOTA_APP_RDY:
        note_answer(part, false);
        note_boot(part, event->kind == SBFOTA_RDY ? MARK_RDY : MARK_APP_RDY, time);
        break;
    case SBFOTA_POLLING_TIME: add_mark(part, MARK_POLLING_TIME); break;
    default: break;
    }
}

void sbfota_marks_join(struct sbfota_part *part, const struct sbfota_part *later)
{
    const unsigned marks = later->marks;
    if (marks & MARK_ANSWERED)
        note_answer(part, (marks & MARK_REFUSED) != 0);
    if (marks & MARK_ACCEPT)
        note_accept(part);
    if (marks & MARK_APP_RDY)
        note_boot(part, MARK_APP_RDY, later->boot_time[0]);
    if (marks & MARK_RDY)
        note_boot(part, MARK_RDY, later->boot_time[1]);
    if (marks & MARK_LATE_ACCEPT)
        note_accept(part);
    add_mark(part, marks & MARK_POLLING_TIME);
}

/* None of these begins an attempt, so none finishes one. */
static void replay(struct sbfota_session *session, enum sbfota_kind kind, int32_t value,
                   int64_t time)
{
    struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
    struct sbfota_change change;
    sbfota_session_step(session, &event, time, &change, NULL);
}

void sbfota_marks_replay(const struct sbfota_part *part, struct sbfota_session *session)
{
    const unsigned marks = part->marks;
    if (marks & MARK_ANSWERED)
        sbfota_session_settle_delay(session, (marks & MARK_REFUSED) != 0);
    if (marks & MARK_ACCEPT)
        replay(session, SBFOTA_ACCEPT, 1, SBFOTA_NO_TIME);
    if (marks & MARK_APP_RDY)
        replay(session, SBFOTA_APP_RDY, 0, part->boot_time[0]);
    if (marks & MARK_RDY)
        replay(session, SBFOTA_RDY, 0, part->boot_time[1]);
    if (marks & MARK_LATE_ACCEPT)
        replay(session, SBFOTA_ACCEPT, 1, SBFOTA_NO_TIME);
    if (marks & MARK_POLLING_TIME)
        replay(session, SBFOTA_POLLING_TIME, 0, SBFOTA_NO_TIME);
}
