/* SPDX-License-Identifier: MIT
 *
 * A part of a log as bytes and back; the layout stands in sbfota/parts.h. */
#include "bytes.h"
#include "internal.h"
#include "marks.h"

enum {
    VERSION = 2,
    TAIL_AT = 48,
    HEAD_AT = TAIL_AT + SBFOTA_SESSION_SAVED
};

void sbfota_part_save(const struct sbfota_part *part, uint8_t saved[SBFOTA_PART_SAVED])
{
    uint8_t *next = saved;
    next = sbfota_put(next, VERSION, 1);
    next = sbfota_put(next, part->first_kind, 1);
    next = sbfota_put(next, part->marks, 2);
    next = sbfota_put(next, (uint32_t)part->first_value, 4);
    next = sbfota_put(next, (uint64_t)part->first_time, 8);
    next = sbfota_put(next, (uint64_t)part->boot_time[0], 8);
    next = sbfota_put(next, (uint64_t)part->boot_time[1], 8);
    next = sbfota_put(next, part->given, 4);
    next = sbfota_put(next, part->unsure, 4);
    next = sbfota_put(next, part->unsure_delay, 2);
    next = sbfota_put(next, part->first_spelling, 1);
    next = sbfota_put(next, part->first_percent, 1);
    next = sbfota_put(next, part->accepts, 1);
    next = sbfota_put(next, part->answers, 1);
    sbfota_put(next, 0, 2);
    sbfota_session_save(&part->tail, saved + TAIL_AT);
    sbfota_session_save(&part->head, saved + HEAD_AT);
}

/* Nothing but the attempt, which is finished. */
static bool head_is_sound(const struct sbfota_session *head)
{
    const uint32_t allowed = FLAGS_ATTEMPT & ~FLAG_ASKING;
    return (head->flags & ~allowed) == 0 && (head->flags & FLAG_SUPERSEDED) != 0 &&
           head->delay == SBFOTA_NO_DELAY && head->last_kind == SBFOTA_NONE;
}

/* What came before the first message holds together. */
static bool marks_are_sound(const struct sbfota_part *part)
{
    const unsigned marks = part->marks;
    const unsigned polled = MARK_POLLED | MARK_POLLED_APP | MARK_POLLED_RDY;
    const bool booted = (marks & MARKS_BOOT) != 0;
    if ((marks & ~(unsigned)MARKS_ALL) != 0 || part->accepts >= ACCEPTS_COUNT ||
        part->answers >> 2 * ANSWER_PLACES != 0)
        return false;
    if (((marks & MARK_APP_RDY) == 0 &&
         ((marks & MARK_POLLED_APP) != 0 || part->boot_time[0] != SBFOTA_NO_TIME)) ||
        ((marks & MARK_RDY) == 0 &&
         ((marks & MARK_POLLED_RDY) != 0 || part->boot_time[1] != SBFOTA_NO_TIME)) ||
        ((marks & MARK_UNENDED) != 0 && (marks & MARK_MALFORMED) == 0))
        return false;
    if (((marks & MARK_LATE_ACCEPT) != 0 && !booted) ||
        ((marks & polled) != 0 && (part->tail.flags & FLAG_POLL_SETTLED) == 0))
        return false;
    /* A boot and a command end the wait for an answer; accept is one. */
    if ((booted || part->accepts != ACCEPTS_NONE) &&
        sbfota_part_answer(part, BEFORE_MESSAGE) == ANSWER_NONE)
        return false;
    if (part->accepts == ACCEPTS_ASKING
            ? booted
            : part->accepts == ACCEPTS_REFUSED && (marks & MARK_REFUSED) == 0)
        return false;
    return (marks & MARK_REFUSED) == 0 || part->accepts != ACCEPTS_NONE;
}

/* How far in the procedure a message stands. No attempt goes back. */
static unsigned stage(unsigned kind)
{
    switch (kind) {
    case SBFOTA_HTTP_START:
    case SBFOTA_DOWNLOADING: return 1;
    case SBFOTA_HTTP_END: return 2;
    case SBFOTA_UPDATE_TIMEOUT: return 3;
    case SBFOTA_START:
    case SBFOTA_UPDATING: return 4;
    case SBFOTA_RESTORE:
    case SBFOTA_RESUME: return 5;
    case SBFOTA_END: return 6;
    default: return 7;
    }
}

/* Nothing is told of what comes before the first message of the attempt. */
static bool is_behind(const struct sbfota_session *attempt, unsigned first)
{
    static const uint8_t last_stages[PHASES] = {1, 4, 5};
    const uint32_t flags = attempt->flags;
    const unsigned from = stage(first);
    for (unsigned phase = 0; phase < PHASES; phase++)
        if (from > last_stages[phase] &&
            ((flags >> phase & (FLAG_TIMED | FLAG_BROKEN)) != 0 || attempt->spent[phase] != 0))
            return false;
    return (from <= 2 || ((flags & FLAG_HTTP_CODE) == 0 &&
                          (attempt->timeout != 0 || (flags & FLAG_WINDOW) != 0))) &&
           (from <= 3 || (flags & FLAG_WINDOW) == 0) &&
           (from <= 5 || (attempt->resumes == 0 && attempt->percent == PERCENT_UNTOLD));
}

/* The attempt of the first message is one that it begins. */
static bool first_is_sound(const struct sbfota_part *part)
{
    const unsigned first = part->first_kind;
    const struct sbfota_session *const attempt =
        (part->marks & MARK_HEAD) != 0 ? &part->head : &part->tail;
    const unsigned problems = attempt->problems;
    const bool is_begin = first == SBFOTA_POLLING_ERROR || first == SBFOTA_HTTP_START;
    const bool is_report = first == SBFOTA_REPORT_START || first == SBFOTA_REPORT_END;
    if (!sbfota_is_step(first) ||
        !sbfota_session_reaches(first, part->first_value, attempt->state) ||
        attempt->started != part->first_time ||
        is_begin != ((problems & SBFOTA_PROBLEM_MISSING_START) == 0) || !is_behind(attempt, first))
        return false;
    if (is_report && attempt->outcome != SBFOTA_OUTCOME_UNKNOWN)
        return false;
    if (part->first_percent != SBFOTA_NO_PERCENT &&
        (part->first_percent > 100 || !sbfota_is_percentage(first) ||
         sbfota_is_percent(part->first_value)))
        return false;
    switch (first) {
    case SBFOTA_HTTP_END: return (attempt->flags & FLAG_HTTP_CODE) != 0;
    case SBFOTA_END: return (attempt->flags & FLAG_UPDATE_CODE) != 0;
    case SBFOTA_REPORT_END: return (attempt->flags & FLAG_REPORT_CODE) != 0;
    case SBFOTA_UPDATE_TIMEOUT: return (attempt->flags & FLAG_WINDOW) != 0;
    case SBFOTA_RESUME: return attempt->resumes > 0;
    default: return true;
    }
}

/* Without a message there is no attempt. */
static bool is_without_message(const struct sbfota_part *part)
{
    return part->tail.state == IN_UNKNOWN && (part->marks & MARK_HEAD) == 0 &&
           part->first_value == 0 && part->first_time == SBFOTA_NO_TIME &&
           part->first_spelling == 0 && part->first_percent == SBFOTA_NO_PERCENT &&
           sbfota_part_answer(part, IN_HEAD) == ANSWER_NONE;
}

/* There is one UPDATE_TIMEOUT at most that is not decided. */
static bool unsure_is_sound(const struct sbfota_part *part)
{
    const unsigned in_head = (part->head.flags & FLAG_UNSURE) != 0;
    const unsigned in_tail = (part->tail.flags & FLAG_UNSURE) != 0;
    const unsigned count = in_head + in_tail + (part->unsure != 0);
    if (count == 0)
        return part->unsure_delay == 0;
    return count == 1 && part->unsure <= part->given && part->unsure_delay < DELAY_REFUSED &&
           part->tail.delay != SBFOTA_NO_DELAY;
}

static bool answers_are_sound(const struct sbfota_part *part)
{
    const bool before = sbfota_part_answer(part, BEFORE_MESSAGE) != ANSWER_NONE ||
                        sbfota_part_answer(part, IN_HEAD) != ANSWER_NONE;
    return sbfota_part_answer(part, BEHIND_HEAD) == ANSWER_NONE ||
           (!before && (part->marks & MARK_HEAD) != 0);
}

static bool is_sound(const struct sbfota_part *part)
{
    const bool headed = (part->marks & MARK_HEAD) != 0;
    if ((part->tail.flags & FLAG_SUPERSEDED) != 0 || !marks_are_sound(part) ||
        !answers_are_sound(part) || !unsure_is_sound(part) || (!headed && part->given != 0))
        return false;
    if (part->first_kind == SBFOTA_NONE ? !is_without_message(part) : !first_is_sound(part))
        return false;
    return headed ? head_is_sound(&part->head) : part->head.state == IN_UNKNOWN;
}

bool sbfota_part_load(struct sbfota_part *part, const uint8_t saved[SBFOTA_PART_SAVED])
{
    const uint8_t *next = saved;
    sbfota_part_init(part);
    const unsigned version = (unsigned)sbfota_get(&next, 1);
    part->first_kind = (uint8_t)sbfota_get(&next, 1);
    part->marks = (uint16_t)sbfota_get(&next, 2);
    part->first_value = sbfota_signed_32(sbfota_get(&next, 4));
    part->first_time = sbfota_signed_64(sbfota_get(&next, 8));
    part->boot_time[0] = sbfota_signed_64(sbfota_get(&next, 8));
    part->boot_time[1] = sbfota_signed_64(sbfota_get(&next, 8));
    part->given = (uint32_t)sbfota_get(&next, 4);
    part->unsure = (uint32_t)sbfota_get(&next, 4);
    part->unsure_delay = (uint16_t)sbfota_get(&next, 2);
    part->first_spelling = (uint8_t)sbfota_get(&next, 1);
    part->first_percent = (uint8_t)sbfota_get(&next, 1);
    part->accepts = (uint8_t)sbfota_get(&next, 1);
    part->answers = (uint8_t)sbfota_get(&next, 1);
    const uint64_t rest = sbfota_get(&next, 2);
    if (version == VERSION && rest == 0 && sbfota_session_read(&part->tail, saved + TAIL_AT) &&
        sbfota_session_read(&part->head, saved + HEAD_AT) && is_sound(part))
        return true;
    sbfota_part_init(part);
    return false;
}
