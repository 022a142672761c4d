/* SPDX-License-Identifier: MIT
 *
 * Parts of a log: what each tells by itself, and joining them. How that can be exact:
 * sbfota/parts.h. */
#include <string.h>

#include "internal.h"
#include "marks.h"

void sbfota_part_init(struct sbfota_part *part)
{
    memset(part, 0, sizeof *part);
    sbfota_session_init(&part->tail);
    sbfota_session_init(&part->head);
    part->first_time = part->boot_time[0] = part->boot_time[1] = SBFOTA_NO_TIME;
}

/* Of a finished attempt, only the attempt is kept. */
static void forget_modem(struct sbfota_session *session)
{
    session->flags &= FLAGS_ATTEMPT;
    session->poll_due = SBFOTA_NO_TIME;
    session->delay = SBFOTA_NO_DELAY;
}

/* An attempt is finished: the first of a part is its head, the others are given. True if it is
 * given. */
static bool finish_attempt(struct sbfota_part *part, const struct sbfota_session *finished)
{
    if ((part->marks & MARK_HEAD) == 0) {
        part->marks |= MARK_HEAD;
        part->head = *finished;
        forget_modem(&part->head);
        return false;
    }
    part->given++;
    if (finished->flags & FLAG_UNSURE)
        part->unsure = part->given;
    return true;
}

static void note_first(struct sbfota_part *part, const struct sbfota_event *event, int64_t time)
{
    part->first_kind = event->kind;
    part->first_value = event->value;
    part->first_time = time;
}

void sbfota_part_feed(struct sbfota_part *part, const struct sbfota_event *event, int64_t time,
                      struct sbfota_change *change)
{
    struct sbfota_session finished;
    const bool unsure = event->kind == SBFOTA_UPDATE_TIMEOUT && sbfota_is_delay(event->value) &&
                        part->tail.delay == SBFOTA_NO_DELAY;
    if (part->first_kind == SBFOTA_NONE) {
        if (sbfota_is_step(event->kind))
            note_first(part, event, time);
        else
            sbfota_marks_note(part, event, time);
    }
    sbfota_session_step(&part->tail, event, time, change, &finished);
    if (unsure) {
        part->tail.flags |= FLAG_UNSURE;
        part->unsure_delay = (uint16_t)event->value;
    }
    if ((change->what & SBFOTA_CHANGE_FINISHED) == 0)
        return;
    if (finish_attempt(part, &finished))
        sbfota_session_attempt(&finished, &change->finished);
    else
        change->what &= (uint8_t) ~(unsigned)SBFOTA_CHANGE_FINISHED;
}

/* What the later part says of the modem holds; where it says nothing, the earlier part does. */
static void join_modem(struct sbfota_session *later, const struct sbfota_session *earlier)
{
    if ((later->flags & FLAG_POLL_TOLD) == 0) {
        later->poll_due = earlier->poll_due;
        later->flags = (uint16_t)(later->flags | (earlier->flags & FLAGS_POLL));
    }
    if (later->delay == SBFOTA_NO_DELAY) {
        later->delay = earlier->delay;
        later->flags = (uint16_t)(later->flags | (earlier->flags & FLAG_SETTING));
    }
}

/* The rest of an attempt, as told by itself, follows on its earlier events, of which the last is
 * the rest's first. */
static void join_attempt(struct sbfota_session *rest, const struct sbfota_session *earlier,
                         unsigned resumes_before, bool rest_is_report)
{
    const unsigned resumes = resumes_before + rest->resumes;
    rest->started = earlier->started;
    for (size_t i = 0; i < 3; i++)
        rest->spent[i] = sbfota_add_duration(earlier->spent[i], rest->spent[i]);
    if ((rest->flags & FLAGS_CODE) == 0)
        rest->code = earlier->code;
    if ((rest->flags & FLAG_REPORT_CODE) == 0)
        rest->report_code = earlier->report_code;
    if (rest->timeout == SBFOTA_NO_DELAY)
        rest->timeout = earlier->timeout;
    if (rest->percent == PERCENT_UNTOLD)
        rest->percent = earlier->percent;
    rest->problems =
        (uint16_t)(earlier->problems | (rest->problems & ~(unsigned)SBFOTA_PROBLEM_MISSING_START));
    rest->flags = (uint16_t)(rest->flags | (earlier->flags & FLAGS_ATTEMPT));
    rest->resumes = resumes < UINT8_MAX ? (uint8_t)resumes : UINT8_MAX;
    if (rest_is_report)
        rest->outcome = earlier->outcome;
}

/* The later part's first UPDATE_TIMEOUT, if it is undecided, is held against what the earlier part
 * knows. */
static void decide_unsure(const struct sbfota_session *earlier, struct sbfota_part *later,
                          struct sbfota_joined *joined)
{
    const unsigned in_head = later->head.flags & FLAG_UNSURE;
    const unsigned in_tail = later->tail.flags & FLAG_UNSURE;
    if (earlier->delay == SBFOTA_NO_DELAY || (!in_head && !in_tail && later->unsure == 0))
        return;
    const bool differs = sbfota_is_delay(earlier->delay) && earlier->delay != later->unsure_delay;
    if (in_head) {
        later->head.flags = (uint16_t)(later->head.flags & ~(unsigned)FLAG_UNSURE);
        later->head.problems |= differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
    } else if (in_tail) {
        later->tail.flags = (uint16_t)(later->tail.flags & ~(unsigned)FLAG_UNSURE);
        later->tail.problems |= differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
    } else if (differs) {
        joined->amend = later->unsure;
        joined->problems = SBFOTA_PROBLEM_DELAY_DIFFERS;
    }
    later->unsure = 0;
    later->unsure_delay = 0;
}

/* An attempt that lies where the parts meet. */
static void finish_joined(struct sbfota_part *part, const struct sbfota_session *finished,
                          struct sbfota_joined *joined)
{
    if (finish_attempt(part, finished))
        sbfota_session_attempt(finished, &joined->attempts[joined->count++]);
}

/* The session of the earlier part takes the later's first message, and the rest of the attempt
 * follows on that. */
static void join_at_message(struct sbfota_part *part, struct sbfota_part *later,
                            struct sbfota_joined *joined)
{
    const struct sbfota_event first = {.kind = later->first_kind, .value = later->first_value};
    struct sbfota_session *const rest =
        (later->marks & MARK_HEAD) != 0 ? &later->head : &later->tail;
    struct sbfota_session met = part->tail;
    struct sbfota_session finished;
    struct sbfota_change change;

    met.delay = SBFOTA_NO_DELAY; /* the delay has been compared already */
    sbfota_session_step(&met, &first, later->first_time, &change, &finished);
    if (change.what & SBFOTA_CHANGE_FINISHED)
        finish_joined(part, &finished, joined);
    join_attempt(rest, &met, change.what & SBFOTA_CHANGE_BEGAN ? 0 : part->tail.resumes,
                 first.kind == SBFOTA_REPORT_START || first.kind == SBFOTA_REPORT_END);
    if (rest == &later->head)
        finish_joined(part, rest, joined);
}

void sbfota_part_join(struct sbfota_part *part, const struct sbfota_part *later,
                      struct sbfota_joined *joined)
{
    struct sbfota_part follows = *later;
    const bool moved = part->first_kind != SBFOTA_NONE;
    joined->count = 0;
    joined->amend = 0;
    joined->problems = 0;

    sbfota_marks_replay(&follows, &part->tail);
    if (follows.first_kind != SBFOTA_NONE)
        sbfota_session_settle_delay(&part->tail, false);
    decide_unsure(&part->tail, &follows, joined);
    if (!moved)
        sbfota_marks_join(part, &follows);
    if (follows.first_kind == SBFOTA_NONE) {
        struct sbfota_session tail = part->tail;
        tail.flags = (uint16_t)((tail.flags & FLAGS_ATTEMPT) |
                                (follows.tail.flags & ~(unsigned)FLAGS_ATTEMPT));
        tail.poll_due = follows.tail.poll_due;
        tail.delay = follows.tail.delay;
        join_modem(&tail, &part->tail);
        part->tail = tail;
        return;
    }
    if (moved) {
        join_at_message(part, &follows, joined);
    } else {
        part->first_kind = follows.first_kind;
        part->first_value = follows.first_value;
        part->first_time = follows.first_time;
        if (follows.marks & MARK_HEAD) {
            part->marks |= MARK_HEAD;
            part->head = follows.head;
        }
    }
    join_modem(&follows.tail, &part->tail);
    part->tail = follows.tail;
    if (follows.unsure != 0)
        part->unsure = part->given + follows.unsure;
    if (follows.unsure_delay != 0)
        part->unsure_delay = follows.unsure_delay;
    part->given += follows.given;
}

bool sbfota_part_head(const struct sbfota_part *part, struct sbfota_attempt *attempt)
{
    return sbfota_session_attempt(&part->head, attempt);
}

bool sbfota_part_tail(const struct sbfota_part *part, struct sbfota_attempt *attempt)
{
    return sbfota_session_attempt(&part->tail, attempt);
}

void sbfota_part_session(const struct sbfota_part *part, struct sbfota_session *session)
{
    *session = part->tail;
    session->flags = (uint16_t)(session->flags & ~(unsigned)FLAG_UNSURE);
}
