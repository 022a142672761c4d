/* SPDX-License-Identifier: MIT
 *
 * Before the first message of a part only boots, accept, polling times and malformed messages move a
 * session, and result codes settle its commands. Whatever their number and order, they come to the
 * same as: the first answer; what became of the accepts; a polling time, APP RDY, a polling time, RDY,
 * an accept and a polling time, each at most once. Of boots, the first counts; an accept counts before
 * that, and behind it is only misplaced; a polling time matters to a download, and behind a boot. */
#include "marks.h"

static void add_mark(struct sbfota_part *part, unsigned mark)
{
    part->marks = (uint16_t)(part->marks | mark);
}

enum answer sbfota_marks_first_answer(const struct sbfota_part *part)
{
    for (unsigned place = 0; place < ANSWER_PLACES; place++)
        if (sbfota_part_answer(part, (enum answer_place)place) != ANSWER_NONE)
            return sbfota_part_answer(part, (enum answer_place)place);
    return ANSWER_NONE;
}

void sbfota_marks_answer(struct sbfota_part *part, enum answer_place place, enum answer answer)
{
    const enum answer noted =
        place == BEHIND_HEAD ? sbfota_marks_first_answer(part) : sbfota_part_answer(part, place);
    if (noted == ANSWER_NONE)
        part->answers = (uint8_t)(part->answers | answer << 2 * place);
}

/* The accepts before any boot get the answer that they wait for. */
static void answer_accepts(struct sbfota_part *part, enum answer answer)
{
    static const uint8_t accepts[] = {
        [ANSWER_NONE] = ACCEPTS_ASKING,
        [ANSWER_OK] = ACCEPTS_ACKNOWLEDGED,
        [ANSWER_ERROR] = ACCEPTS_REFUSED,
        [ANSWER_LOST] = ACCEPTS_SENT,
    };
    if (part->accepts != ACCEPTS_ASKING)
        return;
    part->accepts = accepts[answer];
    add_mark(part, answer == ANSWER_ERROR ? MARK_REFUSED : 0);
}

static void note_answer(struct sbfota_part *part, enum answer answer)
{
    sbfota_marks_answer(part, BEFORE_MESSAGE, answer);
    answer_accepts(part, answer);
}

static void note_boot(struct sbfota_part *part, unsigned mark, int64_t time)
{
    if ((part->marks & (mark | MARK_RDY)) != 0)
        return;
    add_mark(part, mark);
    part->boot_time[mark == MARK_RDY] = time;
}

static void note_accepts(struct sbfota_part *part, unsigned accepts)
{
    if ((part->marks & MARKS_BOOT) != 0)
        add_mark(part, MARK_LATE_ACCEPT);
    else if (part->accepts != ACCEPTS_ACKNOWLEDGED)
        part->accepts = (uint8_t)accepts;
}

static void note_polling_time(struct sbfota_part *part)
{
    add_mark(part, part->marks & MARK_RDY       ? MARK_POLLED_RDY
                   : part->marks & MARK_APP_RDY ? MARK_POLLED_APP
                                                : MARK_POLLED);
}

void sbfota_marks_note(struct sbfota_part *part, const struct sbfota_event *event, int64_t time)
{
    note_answer(part, sbfota_answer_of(event->kind));
    switch (event->kind) {
    case SBFOTA_ACCEPT:
        if (event->value == 1)
            note_accepts(part, ACCEPTS_ASKING);
        break;
    case SBFOTA_RDY: note_boot(part, MARK_RDY, time); break;
    case SBFOTA_APP_RDY: note_boot(part, MARK_APP_RDY, time); break;
    case SBFOTA_POLLING_TIME: note_polling_time(part); break;
    case SBFOTA_MALFORMED:
        add_mark(part, MARK_MALFORMED);
        add_mark(part, event->flags & SBFOTA_FLAG_UNENDED ? MARK_UNENDED : 0);
        break;
    default: break;
    }
}

void sbfota_marks_join(struct sbfota_part *part, const struct sbfota_part *later)
{
    const unsigned marks = later->marks;
    note_answer(part, sbfota_part_answer(later, BEFORE_MESSAGE));
    if (later->accepts != ACCEPTS_NONE) {
        const bool ignored =
            (part->marks & MARKS_BOOT) != 0 || part->accepts == ACCEPTS_ACKNOWLEDGED;
        note_accepts(part, later->accepts);
        add_mark(part, ignored ? 0 : marks & MARK_REFUSED);
    }
    if (marks & MARK_POLLED)
        note_polling_time(part);
    if (marks & MARK_APP_RDY)
        note_boot(part, MARK_APP_RDY, later->boot_time[0]);
    if (marks & MARK_POLLED_APP)
        note_polling_time(part);
    if (marks & MARK_RDY)
        note_boot(part, MARK_RDY, later->boot_time[1]);
    if (marks & MARK_POLLED_RDY)
        note_polling_time(part);
    add_mark(part, marks & (MARK_LATE_ACCEPT | MARK_MALFORMED | MARK_UNENDED));
    sbfota_marks_answer(part, IN_HEAD, sbfota_part_answer(later, IN_HEAD));
    sbfota_marks_answer(part, BEHIND_HEAD, sbfota_part_answer(later, BEHIND_HEAD));
}

void sbfota_marks_join_answers(struct sbfota_part *part, const struct sbfota_part *later,
                               bool began)
{
    const bool headed = (part->marks & MARK_HEAD) != 0;
    const enum answer_place before = headed ? BEHIND_HEAD : IN_HEAD;
    sbfota_marks_answer(part, before, sbfota_part_answer(later, BEFORE_MESSAGE));
    sbfota_marks_answer(part, began ? BEHIND_HEAD : before, sbfota_part_answer(later, IN_HEAD));
    sbfota_marks_answer(part, BEHIND_HEAD, sbfota_part_answer(later, BEHIND_HEAD));
}

/* None of these begins an attempt, so none finishes one. Does it belong to one? */
static bool replay(struct sbfota_session *session, enum sbfota_kind kind, int64_t time,
                   unsigned flags)
{
    const struct sbfota_event event = {
        .kind = (uint8_t)kind, .value = kind == SBFOTA_ACCEPT, .flags = (uint8_t)flags};
    struct sbfota_change change;
    sbfota_session_step(session, &event, time, &change, NULL);
    return (change.what & SBFOTA_CHANGE_BELONGS) != 0;
}

static void replay_accepts(struct sbfota_session *session, unsigned accepts, bool refused)
{
    const bool counts =
        session->state == IN_DELAY && (session->flags & FLAGS_ACCEPT) != FLAGS_ACCEPT;
    replay(session, SBFOTA_ACCEPT, SBFOTA_NO_TIME, 0);
    if (!counts)
        return;
    if (refused)
        session->problems |= SBFOTA_PROBLEM_ACCEPT_REFUSED;
    switch (accepts) {
    case ACCEPTS_SENT: sbfota_session_settle_accept(session, ANSWER_LOST); break;
    case ACCEPTS_ACKNOWLEDGED: sbfota_session_settle_accept(session, ANSWER_OK); break;
    case ACCEPTS_REFUSED: sbfota_session_settle_accept(session, ANSWER_ERROR); break;
    default: break;
    }
}

unsigned sbfota_marks_replay(const struct sbfota_part *part, struct sbfota_session *session)
{
    const unsigned marks = part->marks;
    unsigned belong = 0;
    sbfota_session_settle_accept(session, sbfota_part_answer(part, BEFORE_MESSAGE));
    if (part->accepts != ACCEPTS_NONE)
        replay_accepts(session, part->accepts, (marks & MARK_REFUSED) != 0);
    if (marks & MARK_POLLED)
        replay(session, SBFOTA_POLLING_TIME, SBFOTA_NO_TIME, 0);
    if ((marks & MARK_APP_RDY) != 0 && replay(session, SBFOTA_APP_RDY, part->boot_time[0], 0))
        belong |= SBFOTA_JOINED_APP_RDY;
    if (marks & MARK_POLLED_APP)
        replay(session, SBFOTA_POLLING_TIME, SBFOTA_NO_TIME, 0);
    if ((marks & MARK_RDY) != 0 && replay(session, SBFOTA_RDY, part->boot_time[1], 0))
        belong |= SBFOTA_JOINED_RDY;
    if (marks & MARK_LATE_ACCEPT)
        replay(session, SBFOTA_ACCEPT, SBFOTA_NO_TIME, 0);
    if (marks & MARK_POLLED_RDY)
        replay(session, SBFOTA_POLLING_TIME, SBFOTA_NO_TIME, 0);
    if (marks & MARK_MALFORMED)
        replay(session, SBFOTA_MALFORMED, SBFOTA_NO_TIME,
               marks & MARK_UNENDED ? SBFOTA_FLAG_UNENDED : 0);
    return belong;
}
