/* SPDX-License-Identifier: MIT
 *
 * A part of a log as bytes and back; the layout stands in sbfota/parts.h. */
#include "bytes.h"
#include "internal.h"
#include "marks.h"

enum {
    PART_VERSION = 1,
    TAIL_AT = 48,
    HEAD_AT = TAIL_AT + SBFOTA_SESSION_SAVED
};

void sbfota_part_save(const struct sbfota_part *part, uint8_t saved[SBFOTA_PART_SAVED])
{
    uint8_t *next = saved;
    next = sbfota_put(next, PART_VERSION, 1);
    next = sbfota_put(next, part->first_kind, 1);
    next = sbfota_put(next, part->marks, 2);
    next = sbfota_put(next, (uint32_t)part->first_value, 4);
    next = sbfota_put(next, (uint64_t)part->first_time, 8);
    next = sbfota_put(next, (uint64_t)part->boot_time[0], 8);
    next = sbfota_put(next, (uint64_t)part->boot_time[1], 8);
    next = sbfota_put(next, part->given, 4);
    next = sbfota_put(next, part->unsure, 4);
    next = sbfota_put(next, part->unsure_delay, 2);
    sbfota_put(next, 0, 6);
    sbfota_session_save(&part->tail, saved + TAIL_AT);
    sbfota_session_save(&part->head, saved + HEAD_AT);
}

/* A session that has been read tells of no poll without its flag. */
static bool has_attempt_only(const struct sbfota_session *session)
{
    return (session->flags & ~(unsigned)FLAGS_ATTEMPT) == 0 && session->delay == SBFOTA_NO_DELAY;
}

/* The pieces fit together: no attempt without a message, none given before the head is finished. */
static bool part_is_sound(const struct sbfota_part *part)
{
    const unsigned marks = part->marks;
    const bool headed = (marks & MARK_HEAD) != 0;
    if ((marks & ~(unsigned)MARKS_ALL) != 0 ||
        (marks & (MARK_ANSWERED | MARK_REFUSED)) == MARK_REFUSED ||
        ((marks & MARK_APP_RDY) == 0 && part->boot_time[0] != SBFOTA_NO_TIME) ||
        ((marks & MARK_RDY) == 0 && part->boot_time[1] != SBFOTA_NO_TIME))
        return false;
    if (part->first_kind != SBFOTA_NONE && !sbfota_is_step(part->first_kind))
        return false;
    if ((part->first_kind == SBFOTA_NONE) != (part->tail.state == IN_UNKNOWN) ||
        headed != (part->head.state != IN_UNKNOWN) ||
        headed != ((part->head.flags & FLAG_SUPERSEDED) != 0))
        return false;
    if (part->first_kind == SBFOTA_NONE && headed)
        return false;
    return has_attempt_only(&part->head) && (part->tail.flags & FLAG_SUPERSEDED) == 0 &&
           (headed || part->given == 0) && part->unsure <= part->given;
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
    const uint64_t rest = sbfota_get(&next, 6);
    if (version == PART_VERSION && rest == 0 && sbfota_session_read(&part->tail, saved + TAIL_AT) &&
        sbfota_session_read(&part->head, saved + HEAD_AT) && part_is_sound(part))
        return true;
    sbfota_part_init(part);
    return false;
}
