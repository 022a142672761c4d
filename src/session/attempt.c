/* SPDX-License-Identifier: MIT
 *
 * What a session has to tell: of its attempt, and to the host while an update runs. */
#include "internal.h"

/* What there is to know of a state. The power is safe only where a message has said so: behind a boot
 * that is not known until the module tells its polling time, a report or a resume. */
static const struct {
    uint8_t phase;
    uint8_t power;
    bool counts; /* the module tells how far it is, in percent */
} states[STATES] = {
    [IN_UNKNOWN] = {SBFOTA_PHASE_NONE, SBFOTA_POWER_UNKNOWN, false},
    [IN_POLL_FAILED] = {SBFOTA_PHASE_POLLING, SBFOTA_POWER_SAFE, false},
    [IN_DOWNLOAD] = {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POWER_ENDS_PROCESS, true},
    [IN_SILENT] = {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POWER_ENDS_PROCESS, true},
    [IN_LOST] = {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POWER_UNKNOWN, true},
    [IN_LOST_IDLE] = {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POWER_SAFE, true},
    [IN_DOWNLOAD_FAILED] = {SBFOTA_PHASE_DOWNLOAD, SBFOTA_POWER_SAFE, true},
    [IN_DOWNLOADED] = {SBFOTA_PHASE_DELAY, SBFOTA_POWER_FORBIDDEN, false},
    [IN_DELAY] = {SBFOTA_PHASE_DELAY, SBFOTA_POWER_FORBIDDEN, false},
    [IN_LAPSED] = {SBFOTA_PHASE_DELAY, SBFOTA_POWER_UNKNOWN, false},
    [IN_LAPSED_IDLE] = {SBFOTA_PHASE_DELAY, SBFOTA_POWER_SAFE, false},
    [IN_UPDATE] = {SBFOTA_PHASE_UPDATE, SBFOTA_POWER_ROLLS_BACK, true},
    [IN_REBOOTED] = {SBFOTA_PHASE_UPDATE, SBFOTA_POWER_UNKNOWN, true},
    [IN_ROLLED_BACK] = {SBFOTA_PHASE_UPDATE, SBFOTA_POWER_SAFE, true},
    [IN_RESTORE] = {SBFOTA_PHASE_RESTORE, SBFOTA_POWER_FORCES_UPDATE, true},
    [IN_RESUMED] = {SBFOTA_PHASE_RESTORE, SBFOTA_POWER_FORCES_UPDATE, true},
    [IN_INTERRUPTED] = {SBFOTA_PHASE_RESTORE, SBFOTA_POWER_UNKNOWN, true},
    [IN_INTERRUPTED_IDLE] = {SBFOTA_PHASE_RESTORE, SBFOTA_POWER_SAFE, true},
    [IN_ENDED] = {SBFOTA_PHASE_END, SBFOTA_POWER_SAFE, false},
    [IN_BOOTED] = {SBFOTA_PHASE_REBOOT, SBFOTA_POWER_SAFE, false},
    [IN_REPORTING] = {SBFOTA_PHASE_REPORT, SBFOTA_POWER_SAFE, false},
    [IN_REPORTED] = {SBFOTA_PHASE_REPORT, SBFOTA_POWER_SAFE, false},
};

enum sbfota_phase sbfota_state_phase(unsigned state)
{
    return (enum sbfota_phase)states[state].phase;
}

static unsigned valid_state(const struct sbfota_session *session)
{
    return session->state < STATES ? session->state : IN_UNKNOWN;
}

/* Which of the codes are there, and what they are: an update follows on HTTPEND,0 only. */
static void tell_codes(const struct sbfota_session *session, struct sbfota_attempt *attempt)
{
    const uint32_t flags = session->flags;
    attempt->has = (uint8_t)((flags & FLAG_POLL_CODE ? SBFOTA_HAS_POLL_CODE : 0U) |
                             (flags & FLAG_HTTP_CODE ? SBFOTA_HAS_HTTP_CODE : 0U) |
                             (flags & FLAG_UPDATE_CODE ? SBFOTA_HAS_UPDATE_CODE : 0U) |
                             (flags & FLAG_REPORT_CODE ? SBFOTA_HAS_REPORT_CODE : 0U));
    attempt->poll_code = flags & FLAG_POLL_CODE ? session->code : 0;
    attempt->http_code =
        (flags & (FLAG_HTTP_CODE | FLAG_UPDATE_CODE)) == FLAG_HTTP_CODE ? session->code : 0;
    attempt->update_code = flags & FLAG_UPDATE_CODE ? session->code : 0;
    attempt->report_code = session->report_code;
}

/* The outcome and the problems, which depend on whether more can come. */
static void tell_outcome(const struct sbfota_session *session, struct sbfota_attempt *attempt)
{
    unsigned outcome = session->outcome;
    unsigned problems = session->problems;
    if ((session->flags & FLAG_SUPERSEDED) != 0 && outcome == SBFOTA_OUTCOME_IN_PROGRESS) {
        if (session->state == IN_DOWNLOAD) {
            outcome = SBFOTA_OUTCOME_DOWNLOAD_LOST;
        } else {
            outcome = SBFOTA_OUTCOME_UNKNOWN;
            problems |= SBFOTA_PROBLEM_MISSING_END;
        }
    }
    if (sbfota_state_is_lost(session->state))
        problems |= SBFOTA_PROBLEM_REBOOT;
    attempt->outcome = (uint8_t)outcome;
    attempt->problems = (uint16_t)problems;
}

/* How long a phase took; its two bits say whether that is known. */
static uint32_t tell_duration(const struct sbfota_session *session, unsigned phase)
{
    const bool known = (session->flags >> phase & (FLAG_TIMED | FLAG_BROKEN)) == FLAG_TIMED;
    return known ? session->spent[phase] : SBFOTA_NO_DURATION;
}

bool sbfota_session_attempt(const struct sbfota_session *session, struct sbfota_attempt *attempt)
{
    if (valid_state(session) == IN_UNKNOWN)
        return false;
    attempt->started = session->started;
    attempt->ended = session->latest;
    attempt->downloading_ms = tell_duration(session, 0);
    attempt->updating_ms = tell_duration(session, 1);
    attempt->restore_ms = tell_duration(session, 2);
    attempt->delay = session->timeout;
    attempt->phase = (uint8_t)sbfota_state_phase(session->state);
    attempt->percent = session->percent <= 100 ? session->percent : SBFOTA_NO_PERCENT;
    attempt->resumes = session->resumes;
    attempt->accepted = sbfota_has_accepted(session->flags);
    tell_codes(session, attempt);
    tell_outcome(session, attempt);
    return true;
}

enum sbfota_phase sbfota_session_phase(const struct sbfota_session *session)
{
    return sbfota_state_phase(valid_state(session));
}

unsigned sbfota_session_percent(const struct sbfota_session *session)
{
    const bool told = states[valid_state(session)].counts && session->percent <= 100;
    return told ? session->percent : SBFOTA_NO_PERCENT;
}

enum sbfota_power sbfota_session_power(const struct sbfota_session *session)
{
    const unsigned state = valid_state(session);
    /* A module that has just told its polling time is idle. */
    if (state == IN_UNKNOWN && (session->flags & FLAG_POLL_TOLD) != 0)
        return SBFOTA_POWER_SAFE;
    return (enum sbfota_power)states[state].power;
}

enum sbfota_accept sbfota_session_accept(const struct sbfota_session *session)
{
    switch (session->flags & FLAGS_ACCEPT) {
    case FLAG_SENT: return SBFOTA_ACCEPT_SENT;
    case FLAG_REFUSED: return SBFOTA_ACCEPT_REFUSED;
    case FLAGS_ACCEPT: return SBFOTA_ACCEPT_ACKNOWLEDGED;
    default: return SBFOTA_ACCEPT_UNSENT;
    }
}

bool sbfota_session_accept_allowed(const struct sbfota_session *session)
{
    return session->state == IN_DELAY &&
           sbfota_session_accept(session) != SBFOTA_ACCEPT_ACKNOWLEDGED;
}

bool sbfota_session_starts_in(const struct sbfota_session *session, int64_t now, uint32_t *seconds)
{
    if (session->state != IN_DELAY)
        return false;
    if (sbfota_session_accept(session) == SBFOTA_ACCEPT_ACKNOWLEDGED) {
        *seconds = 0;
        return true;
    }
    if (session->timeout == SBFOTA_NO_DELAY || session->latest == SBFOTA_NO_TIME ||
        now == SBFOTA_NO_TIME)
        return false;
    const uint32_t wait = (uint32_t)session->timeout * 1000;
    /* A clock that has gone back has not taken anything off the wait. */
    const uint64_t passed = now > session->latest ? (uint64_t)now - (uint64_t)session->latest : 0;
    *seconds = passed >= wait ? 0 : (wait - (uint32_t)passed + 999) / 1000;
    return true;
}

unsigned sbfota_session_delay(const struct sbfota_session *session)
{
    return session->delay == DELAY_REFUSED ? SBFOTA_NO_DELAY : session->delay;
}

bool sbfota_session_polling_stopped(const struct sbfota_session *session)
{
    return (session->flags & FLAG_POLL_STOPPED) != 0;
}

bool sbfota_session_next_poll(const struct sbfota_session *session, int64_t *earliest,
                              int64_t *latest)
{
    const int64_t day = 86400000;
    if (session->poll_due == SBFOTA_NO_TIME)
        return false;
    *earliest = *latest = session->poll_due;
    if (session->flags & FLAG_POLL_SPAN)
        *latest = session->poll_due < INT64_MAX - day ? session->poll_due + day : INT64_MAX;
    return true;
}
