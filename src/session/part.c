/* SPDX-License-Identifier: MIT
 *
 * Parts of a log: what each tells by itself, and joining them. How that can be exact:
 * sbfota/parts.h. */
#include <string.h>

#include "durations.h"
#include "marks.h"

/* As parts.h says. */
typedef char part_is_small[sizeof(struct sbfota_part) <= 176 ? 1 : -1];

void sbfota_part_init(struct sbfota_part *part)
{
    memset(part, 0, sizeof *part);
    sbfota_session_init(&part->tail);
    sbfota_session_init(&part->head);
    part->first_time = part->boot_time[0] = part->boot_time[1] = SBFOTA_NO_TIME;
    part->first_percent = SBFOTA_NO_PERCENT;
}

/* Of a finished attempt, only what is told of it is kept. */
static void forget_rest(struct sbfota_session *session)
{
    session->flags &= FLAGS_ATTEMPT & ~FLAG_ASKING;
    session->poll_due = SBFOTA_NO_TIME;
    session->delay = SBFOTA_NO_DELAY;
    session->waited = 0;
    session->last_kind = SBFOTA_NONE;
    session->last_spelling = 0;
}

/* An attempt is finished: the first of a part is its head, the others are given. True if it is
 * given. */
static bool finish_attempt(struct sbfota_part *part, const struct sbfota_session *finished)
{
    if ((part->marks & MARK_HEAD) == 0) {
        part->marks |= MARK_HEAD;
        part->head = *finished;
        forget_rest(&part->head);
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
    part->first_spelling = sbfota_spelled(event);
    part->first_time = time;
}

/* Is the first message a percentage that is not believed, and nothing but the like has come since? */
static bool lacks_percent(const struct sbfota_part *part)
{
    const unsigned state = part->tail.state;
    return sbfota_is_percentage(part->first_kind) && !sbfota_is_percent(part->first_value) &&
           part->tail.percent == PERCENT_UNTOLD && (part->marks & MARK_HEAD) == 0 &&
           (state == IN_DOWNLOAD || state == IN_SILENT || state == IN_UPDATE ||
            state == IN_RESTORE);
}

static void note_percent(struct sbfota_part *part, unsigned kind, int32_t value)
{
    if (kind == part->first_kind && sbfota_is_percent(value))
        part->first_percent = (uint8_t)value;
}

static void note_before(struct sbfota_part *part, const struct sbfota_event *event, int64_t time)
{
    if (part->first_kind != SBFOTA_NONE) {
        if (lacks_percent(part))
            note_percent(part, event->kind, event->value);
    } else if (sbfota_is_step(event->kind)) {
        note_first(part, event, time);
    } else {
        sbfota_marks_note(part, event, time);
    }
}

void sbfota_part_feed(struct sbfota_part *part, const struct sbfota_event *event, int64_t time,
                      struct sbfota_change *change)
{
    struct sbfota_session finished;
    const bool unsure = event->kind == SBFOTA_UPDATE_TIMEOUT && sbfota_is_delay(event->value) &&
                        part->tail.delay == SBFOTA_NO_DELAY;
    note_before(part, event, time);
    sbfota_session_step(&part->tail, event, time, change, &finished);
    if (unsure) {
        part->tail.flags |= FLAG_UNSURE;
        part->unsure_delay = (uint16_t)event->value;
    }
    const bool is_finished = (change->what & SBFOTA_CHANGE_FINISHED) != 0;
    if (is_finished && !finish_attempt(part, &finished))
        change->what &= (uint8_t) ~(unsigned)SBFOTA_CHANGE_FINISHED;
    else if (is_finished)
        sbfota_session_attempt(&finished, &change->finished);
    if (part->first_kind != SBFOTA_NONE && !sbfota_is_percentage(event->kind))
        sbfota_marks_answer(part, part->marks & MARK_HEAD ? BEHIND_HEAD : IN_HEAD,
                            sbfota_answer_of(event->kind));
}

/* What the later part says of the modem holds; where it says nothing, the earlier part does. A module
 * that has stopped polling has until something settles that. */
static void join_modem(struct sbfota_session *later, const struct sbfota_session *earlier)
{
    const uint32_t told = earlier->flags & FLAGS_POLL;
    if ((later->flags & FLAG_POLL_TOLD) == 0 ||
        ((later->flags & FLAG_POLL_SETTLED) == 0 && (told & FLAG_POLL_STOPPED) != 0)) {
        later->poll_due = earlier->poll_due;
        later->flags = (later->flags & ~FLAGS_POLL) | told;
    }
    later->flags |= told & FLAG_POLL_SETTLED;
    if (later->delay == SBFOTA_NO_DELAY) {
        later->delay = earlier->delay;
        later->flags |= earlier->flags & FLAG_SETTING;
    }
}

/* Which bits of a phase's beginning the first message has set by itself: whether it began the phase,
 * only the earlier part knows. */
static uint32_t begun_by(unsigned first_kind)
{
    return first_kind == SBFOTA_HTTP_START ? FLAG_TIMED
           : first_kind == SBFOTA_START    ? FLAG_TIMED << 1
                                           : 0U;
}

/* The flags of an attempt; what became of accept is told by the last UPDATE_TIMEOUT on. */
static uint32_t join_flags(const struct sbfota_session *rest, const struct sbfota_session *earlier,
                           unsigned first_kind)
{
    const uint32_t dialogue = FLAGS_ACCEPT | FLAG_ACCEPTED | FLAG_ASKING;
    const uint32_t later = rest->flags & ~begun_by(first_kind);
    const uint32_t before = earlier->flags & FLAGS_ATTEMPT;
    if ((rest->flags & FLAG_WINDOW) == 0)
        return (later & ~dialogue) | before;
    return later | (before & ~dialogue) | (sbfota_has_accepted(before) ? FLAG_ACCEPTED : 0U);
}

/* The rest of an attempt, as told by itself, follows on its earlier events, of which the last is
 * the rest's first. */
static void join_attempt(struct sbfota_session *rest, const struct sbfota_session *earlier,
                         const struct sbfota_part *later)
{
    const unsigned first = later->first_kind;
    const bool is_report = first == SBFOTA_REPORT_START || first == SBFOTA_REPORT_END;
    const unsigned own = first == SBFOTA_RESUME; /* which the earlier one has counted */
    const unsigned resumes = (unsigned)earlier->resumes + rest->resumes - own;
    /* What the first message lacks, by itself, the earlier part may have. */
    unsigned lacks = SBFOTA_PROBLEM_MISSING_START;
    if (is_report)
        lacks |= SBFOTA_PROBLEM_MISSING_END;
    rest->started = earlier->started;
    for (size_t i = 0; i < PHASES; i++)
        rest->spent[i] = sbfota_add_duration(earlier->spent[i], rest->spent[i]);
    if ((rest->flags & FLAGS_CODE) == 0)
        rest->code = earlier->code;
    if ((rest->flags & FLAG_REPORT_CODE) == 0)
        rest->report_code = earlier->report_code;
    if (rest->timeout == SBFOTA_NO_DELAY && (rest->flags & FLAG_WINDOW) == 0)
        rest->timeout = earlier->timeout;
    rest->problems = (uint16_t)(earlier->problems | (rest->problems & ~lacks));
    if (earlier->percent <= 100 && later->first_percent < earlier->percent)
        rest->problems |= SBFOTA_PROBLEM_PERCENT_BACK;
    if (rest->percent == PERCENT_UNTOLD)
        rest->percent = earlier->percent;
    rest->flags = join_flags(rest, earlier, first);
    rest->resumes = resumes < UINT8_MAX ? (uint8_t)resumes : UINT8_MAX;
    if (is_report)
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
        later->head.flags &= ~FLAG_UNSURE;
        later->head.problems |= differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
    } else if (in_tail) {
        later->tail.flags &= ~FLAG_UNSURE;
        later->tail.problems |= differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
    } else if (differs) {
        joined->amend = later->unsure;
        joined->problems = SBFOTA_PROBLEM_DELAY_DIFFERS;
    }
    later->unsure = 0;
    later->unsure_delay = 0;
}

/* An attempt that lies where the parts meet; `bit` says which. */
static void finish_joined(struct sbfota_part *part, const struct sbfota_session *finished,
                          unsigned bit, struct sbfota_joined *joined)
{
    if (!finish_attempt(part, finished))
        return;
    sbfota_session_attempt(finished, &joined->attempts[joined->count++]);
    joined->what |= bit;
}

/* The session of the earlier part takes the later's first message, and the rest of the attempt
 * follows on that. */
static void join_at_message(struct sbfota_part *part, struct sbfota_part *later,
                            struct sbfota_joined *joined)
{
    const struct sbfota_event first = {
        .kind = later->first_kind,
        .value = later->first_value,
        .spelling = later->first_spelling & (uint8_t) ~(unsigned)SPELLED_ODDLY,
        .flags = later->first_spelling & SPELLED_ODDLY ? SBFOTA_FLAG_NONCANONICAL : 0};
    struct sbfota_session *const rest =
        (later->marks & MARK_HEAD) != 0 ? &later->head : &later->tail;
    struct sbfota_session met = part->tail;
    struct sbfota_session finished;
    struct sbfota_change change;

    met.delay = SBFOTA_NO_DELAY; /* the delay has been compared already */
    sbfota_session_step(&met, &first, later->first_time, &change, &finished);
    const bool began = (change.what & SBFOTA_CHANGE_BEGAN) != 0;
    joined->what |= (began ? SBFOTA_JOINED_BEGAN : 0U) |
                    (change.what & SBFOTA_CHANGE_REPEAT ? SBFOTA_JOINED_REPEAT : 0U);
    sbfota_session_settle_accept(&met, sbfota_part_answer(later, IN_HEAD));
    sbfota_marks_join_answers(part, later, began);
    if (lacks_percent(part) && first.kind == part->first_kind)
        note_percent(part, first.kind,
                     later->first_percent <= 100 ? later->first_percent : first.value);
    if (change.what & SBFOTA_CHANGE_FINISHED)
        finish_joined(part, &finished, SBFOTA_JOINED_TAIL, joined);
    join_attempt(rest, &met, later);
    if (rest == &later->head)
        finish_joined(part, rest, SBFOTA_JOINED_HEAD, joined);
}

/* The later part has no message: all of it is told of the modem and of the attempt before. */
static void join_without_message(struct sbfota_part *part, const struct sbfota_part *later)
{
    struct sbfota_session tail = part->tail;
    tail.flags = (tail.flags & FLAGS_ATTEMPT) | (later->tail.flags & ~FLAGS_ATTEMPT);
    tail.poll_due = later->tail.poll_due;
    tail.delay = later->tail.delay;
    join_modem(&tail, &part->tail);
    part->tail = tail;
}

/* The earlier part has no message: the later's is the first of both, and begins an attempt as far as they know. */
static void take_message(struct sbfota_part *part, const struct sbfota_part *later,
                         struct sbfota_joined *joined)
{
    joined->what |= SBFOTA_JOINED_BEGAN;
    part->first_kind = later->first_kind;
    part->first_value = later->first_value;
    part->first_spelling = later->first_spelling;
    part->first_percent = later->first_percent;
    part->first_time = later->first_time;
    part->head = later->head;
    part->marks |= later->marks & MARK_HEAD;
}

void sbfota_part_join(struct sbfota_part *part, const struct sbfota_part *later,
                      struct sbfota_joined *joined)
{
    struct sbfota_part follows = *later;
    joined->count = 0;
    joined->amend = 0;
    joined->problems = 0;

    sbfota_session_settle_delay(&part->tail, sbfota_marks_first_answer(&follows));
    joined->what = sbfota_marks_replay(&follows, &part->tail);
    decide_unsure(&part->tail, &follows, joined);
    if (part->first_kind == SBFOTA_NONE)
        sbfota_marks_join(part, &follows);
    else if (follows.first_kind == SBFOTA_NONE)
        sbfota_marks_join_answers(part, &follows, false);
    if (follows.first_kind == SBFOTA_NONE) {
        join_without_message(part, &follows);
        return;
    }
    if (part->first_kind == SBFOTA_NONE)
        take_message(part, &follows, joined);
    else
        join_at_message(part, &follows, joined);
    join_modem(&follows.tail, &part->tail);
    part->tail = follows.tail;
    if (follows.unsure != 0)
        part->unsure = part->given + follows.unsure;
    if (follows.unsure_delay != 0)
        part->unsure_delay = follows.unsure_delay;
    part->given += follows.given;
}

void sbfota_session_join(struct sbfota_session *session, const struct sbfota_part *later,
                         struct sbfota_joined *joined)
{
    struct sbfota_part before;
    sbfota_part_init(&before);
    before.tail = *session;
    /* Whatever it was, it is of the log's first attempt, which has been told. */
    before.first_kind = SBFOTA_HTTP_START;
    before.marks = MARK_HEAD;
    sbfota_part_join(&before, later, joined);
    sbfota_part_session(&before, session);
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
    session->flags &= ~FLAG_UNSURE;
}
