/* SPDX-License-Identifier: MIT
 *
 * A session as bytes and back; the layout stands in sbfota/session.h. */
#include "bytes.h"
#include "internal.h"

enum {
    VERSION = 2
};

void sbfota_session_save(const struct sbfota_session *session, uint8_t saved[SBFOTA_SESSION_SAVED])
{
    uint8_t *next = saved;
    next = sbfota_put(next, VERSION, 1);
    next = sbfota_put(next, session->state, 1);
    next = sbfota_put(next, session->flags, 3);
    next = sbfota_put(next, session->problems, 2);
    next = sbfota_put(next, session->percent, 1);
    next = sbfota_put(next, (uint64_t)session->started, 8);
    next = sbfota_put(next, (uint64_t)session->latest, 8);
    next = sbfota_put(next, (uint64_t)session->poll_due, 8);
    for (size_t i = 0; i < PHASES; i++)
        next = sbfota_put(next, session->spent[i], 4);
    next = sbfota_put(next, session->waited, 4);
    next = sbfota_put(next, (uint32_t)session->code, 4);
    next = sbfota_put(next, (uint32_t)session->report_code, 4);
    next = sbfota_put(next, session->timeout, 2);
    next = sbfota_put(next, session->delay, 2);
    next = sbfota_put(next, session->resumes, 1);
    next = sbfota_put(next, session->outcome, 1);
    next = sbfota_put(next, session->last_kind, 1);
    sbfota_put(next, session->last_spelling, 1);
}

bool sbfota_session_read(struct sbfota_session *session, const uint8_t *saved)
{
    const uint8_t *next = saved;
    const unsigned version = (unsigned)sbfota_get(&next, 1);
    session->state = (uint8_t)sbfota_get(&next, 1);
    session->flags = (uint32_t)sbfota_get(&next, 3);
    session->problems = (uint16_t)sbfota_get(&next, 2);
    session->percent = (uint8_t)sbfota_get(&next, 1);
    session->started = sbfota_signed_64(sbfota_get(&next, 8));
    session->latest = sbfota_signed_64(sbfota_get(&next, 8));
    session->poll_due = sbfota_signed_64(sbfota_get(&next, 8));
    for (size_t i = 0; i < PHASES; i++)
        session->spent[i] = (uint32_t)sbfota_get(&next, 4);
    session->waited = (uint32_t)sbfota_get(&next, 4);
    session->code = sbfota_signed_32(sbfota_get(&next, 4));
    session->report_code = sbfota_signed_32(sbfota_get(&next, 4));
    session->timeout = (uint16_t)sbfota_get(&next, 2);
    session->delay = (uint16_t)sbfota_get(&next, 2);
    session->resumes = (uint8_t)sbfota_get(&next, 1);
    session->outcome = (uint8_t)sbfota_get(&next, 1);
    session->last_kind = (uint8_t)sbfota_get(&next, 1);
    session->last_spelling = (uint8_t)sbfota_get(&next, 1);
    if (version == VERSION && sbfota_session_is_sound(session))
        return true;
    sbfota_session_init(session);
    return false;
}

bool sbfota_session_load(struct sbfota_session *session, const uint8_t saved[SBFOTA_SESSION_SAVED])
{
    if (sbfota_session_read(session, saved) &&
        (session->flags & (FLAG_SUPERSEDED | FLAG_UNSURE)) == 0)
        return true;
    sbfota_session_init(session);
    return false;
}
