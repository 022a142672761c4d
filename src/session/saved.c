/* SPDX-License-Identifier: MIT
 *
 * A session as bytes and back; the layout stands in sbfota/session.h. */
#include "bytes.h"
#include "internal.h"

enum {
    SESSION_VERSION = 1
};

void sbfota_session_save(const struct sbfota_session *session, uint8_t saved[SBFOTA_SESSION_SAVED])
{
    uint8_t *next = saved;
    next = sbfota_put(next, SESSION_VERSION, 1);
    next = sbfota_put(next, session->state, 1);
    next = sbfota_put(next, session->flags, 2);
    next = sbfota_put(next, session->problems, 2);
    next = sbfota_put(next, session->percent, 1);
    next = sbfota_put(next, session->resumes, 1);
    next = sbfota_put(next, (uint64_t)session->started, 8);
    next = sbfota_put(next, (uint64_t)session->latest, 8);
    next = sbfota_put(next, (uint64_t)session->poll_due, 8);
    for (size_t i = 0; i < 3; i++)
        next = sbfota_put(next, session->spent[i], 4);
    next = sbfota_put(next, (uint32_t)session->code, 4);
    next = sbfota_put(next, (uint32_t)session->report_code, 4);
    next = sbfota_put(next, session->timeout, 2);
    next = sbfota_put(next, session->delay, 2);
    next = sbfota_put(next, session->outcome, 1);
    sbfota_put(next, 0, 7);
}

/* What is known of the modem holds together. */
static bool modem_is_sound(const struct sbfota_session *session)
{
    const unsigned flags = session->flags;
    if ((flags & FLAG_POLL_TOLD) == 0 &&
        ((flags & FLAGS_POLL) != 0 || session->poll_due != SBFOTA_NO_TIME))
        return false;
    if ((flags & FLAG_POLL_STOPPED) != 0 &&
        ((flags & FLAG_POLL_SPAN) != 0 || session->poll_due != SBFOTA_NO_TIME))
        return false;
    return (flags & FLAG_SETTING) == 0 || session->delay <= DELAY_MAX;
}

/* Nothing is told of an attempt that there is not. */
static bool is_forgotten(const struct sbfota_session *session)
{
    return (session->flags & FLAGS_ATTEMPT) == 0 && session->started == SBFOTA_NO_TIME &&
           session->latest == SBFOTA_NO_TIME && session->spent[0] == SBFOTA_NO_DURATION &&
           session->spent[1] == SBFOTA_NO_DURATION && session->spent[2] == SBFOTA_NO_DURATION &&
           session->timeout == SBFOTA_NO_DELAY && session->problems == 0 &&
           session->percent == PERCENT_UNTOLD && session->resumes == 0;
}

/* The outcome and the codes say the same. */
static bool outcome_is_sound(const struct sbfota_session *session)
{
    const unsigned codes = session->flags & FLAGS_CODE;
    switch (session->outcome) {
    case SBFOTA_OUTCOME_UPDATED: return (codes & FLAG_UPDATE_CODE) != 0 && session->code == 0;
    case SBFOTA_OUTCOME_UPDATE_FAILED: return (codes & FLAG_UPDATE_CODE) != 0 && session->code != 0;
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED: return codes == FLAG_HTTP_CODE && session->code != 0;
    case SBFOTA_OUTCOME_POLL_FAILED: return codes == FLAG_POLL_CODE;
    default: return (codes & (FLAG_POLL_CODE | FLAG_UPDATE_CODE)) == 0;
    }
}

static bool attempt_is_sound(const struct sbfota_session *session)
{
    const unsigned flags = session->flags;
    if ((flags & FLAGS_CODE) == 0 && session->code != 0)
        return false;
    if ((flags & FLAG_REPORT_CODE) == 0 && session->report_code != 0)
        return false;
    if (session->outcome != sbfota_session_outcome(session))
        return false;
    switch (session->state) {
    case IN_UNKNOWN: return is_forgotten(session);
    case IN_REPORTED: return (flags & FLAG_REPORT_CODE) != 0 && outcome_is_sound(session);
    default: return outcome_is_sound(session);
    }
}

static bool session_is_sound(const struct sbfota_session *session)
{
    return session->state < STATES && session->outcome < SBFOTA_OUTCOME_COUNT &&
           (session->flags & ~(unsigned)FLAGS_ALL) == 0 &&
           (session->problems & ~(unsigned)SBFOTA_PROBLEM_ALL) == 0 &&
           (session->percent <= 100 || session->percent >= PERCENT_NONE) &&
           modem_is_sound(session) && attempt_is_sound(session);
}

bool sbfota_session_read(struct sbfota_session *session, const uint8_t *saved)
{
    const uint8_t *next = saved;
    const unsigned version = (unsigned)sbfota_get(&next, 1);
    session->state = (uint8_t)sbfota_get(&next, 1);
    session->flags = (uint16_t)sbfota_get(&next, 2);
    session->problems = (uint16_t)sbfota_get(&next, 2);
    session->percent = (uint8_t)sbfota_get(&next, 1);
    session->resumes = (uint8_t)sbfota_get(&next, 1);
    session->started = sbfota_signed_64(sbfota_get(&next, 8));
    session->latest = sbfota_signed_64(sbfota_get(&next, 8));
    session->poll_due = sbfota_signed_64(sbfota_get(&next, 8));
    for (size_t i = 0; i < 3; i++)
        session->spent[i] = (uint32_t)sbfota_get(&next, 4);
    session->code = sbfota_signed_32(sbfota_get(&next, 4));
    session->report_code = sbfota_signed_32(sbfota_get(&next, 4));
    session->timeout = (uint16_t)sbfota_get(&next, 2);
    session->delay = (uint16_t)sbfota_get(&next, 2);
    session->outcome = (uint8_t)sbfota_get(&next, 1);
    const uint64_t rest = sbfota_get(&next, 7);
    if (version == SESSION_VERSION && rest == 0 && session_is_sound(session))
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
