/* SPDX-License-Identifier: MIT
 *
 * What holds of every session that events have led to, and so must hold of one that is loaded. */
#include "internal.h"

enum {
    DAY = 86400000 /* ms */
};

/* A set of states. */
#define IN(state) (UINT32_C(1) << (state))

enum {
    DOWNLOADING = IN(IN_DOWNLOAD) | IN(IN_SILENT) | IN(IN_LOST) | IN(IN_LOST_IDLE),
    WAITING = IN(IN_DELAY) | IN(IN_LAPSED) | IN(IN_LAPSED_IDLE),
    UPDATING = IN(IN_UPDATE) | IN(IN_REBOOTED) | IN(IN_ROLLED_BACK),
    RESTORING = IN(IN_RESTORE) | IN(IN_RESUMED) | IN(IN_INTERRUPTED) | IN(IN_INTERRUPTED_IDLE),
    ENDED = IN(IN_ENDED) | IN(IN_BOOTED),
    REPORTED = IN(IN_REPORTING) | IN(IN_REPORTED),
    /* behind a boot that belongs to the attempt */
    BOOTED = IN(IN_LOST) | IN(IN_LOST_IDLE) | IN(IN_LAPSED) | IN(IN_LAPSED_IDLE) | IN(IN_REBOOTED) |
             IN(IN_ROLLED_BACK) | IN(IN_INTERRUPTED) | IN(IN_INTERRUPTED_IDLE) | IN(IN_BOOTED),
    /* what has been waited until that may count yet */
    WAITED = IN(IN_REBOOTED) | IN(IN_ROLLED_BACK) | IN(IN_INTERRUPTED) | IN(IN_INTERRUPTED_IDLE)
};

static bool is_in(const struct sbfota_session *session, uint32_t states)
{
    return (states >> session->state & 1) != 0;
}

/* What is known of the modem holds together. */
static bool modem_is_sound(const struct sbfota_session *session)
{
    const uint32_t flags = session->flags;
    if ((flags & FLAG_POLL_TOLD) == 0 &&
        ((flags & FLAGS_POLL) != 0 || session->poll_due != SBFOTA_NO_TIME))
        return false;
    if ((flags & FLAG_POLL_STOPPED) != 0 &&
        ((flags & FLAGS_POLL) != (FLAG_POLL_TOLD | FLAG_POLL_SETTLED | FLAG_POLL_STOPPED) ||
         session->poll_due != SBFOTA_NO_TIME))
        return false;
    return (flags & FLAG_SETTING) == 0 || session->delay <= DELAY_MAX;
}

/* Nothing is told of an attempt that there is not. */
static bool is_forgotten(const struct sbfota_session *session)
{
    return (session->flags & FLAGS_ATTEMPT) == 0 && session->started == SBFOTA_NO_TIME &&
           session->latest == SBFOTA_NO_TIME && session->timeout == SBFOTA_NO_DELAY &&
           session->problems == 0 && session->percent == PERCENT_UNTOLD && session->resumes == 0;
}

/* Each code stands where its message has led to, or may have been before. */
static bool codes_are_sound(const struct sbfota_session *session)
{
    const uint32_t flags = session->flags;
    const uint32_t codes = flags & FLAGS_CODE;
    const bool updated = (flags & FLAG_UPDATE_CODE) != 0;
    if ((codes == 0 && session->code != 0) ||
        ((flags & FLAG_REPORT_CODE) == 0 && session->report_code != 0))
        return false;
    if ((session->state == IN_POLL_FAILED) != ((flags & FLAG_POLL_CODE) != 0) ||
        ((flags & FLAG_POLL_CODE) != 0 && codes != FLAG_POLL_CODE))
        return false;
    if ((flags & FLAG_HTTP_CODE) == 0 ? is_in(session, IN(IN_DOWNLOADED) | IN(IN_DOWNLOAD_FAILED))
                                      : is_in(session, DOWNLOADING))
        return false;
    if (updated ? !is_in(session, ENDED | REPORTED) : is_in(session, ENDED))
        return false;
    if ((flags & FLAG_REPORT_CODE) == 0 ? session->state == IN_REPORTED : !is_in(session, REPORTED))
        return false;
    /* An update follows on a good download only. */
    return codes != FLAG_HTTP_CODE ||
           (session->code != 0) == (session->state == IN_DOWNLOAD_FAILED ||
                                    session->outcome == SBFOTA_OUTCOME_DOWNLOAD_FAILED);
}

/* A report has left the outcome as it was, or made it unknown. */
static bool reported_is_sound(const struct sbfota_session *session)
{
    const uint32_t codes = session->flags & FLAGS_CODE;
    const bool lost = (session->problems & SBFOTA_PROBLEM_REBOOT) != 0;
    if ((codes & FLAG_UPDATE_CODE) != 0)
        return session->outcome ==
               (session->code == 0 ? SBFOTA_OUTCOME_UPDATED : SBFOTA_OUTCOME_UPDATE_FAILED);
    switch (session->outcome) {
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED: return codes == FLAG_HTTP_CODE;
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
    case SBFOTA_OUTCOME_UNKNOWN: return true;
    case SBFOTA_OUTCOME_ROLLED_BACK: return lost;
    default: return false;
    }
}

static bool problems_are_sound(const struct sbfota_session *session)
{
    const unsigned problems = session->problems;
    const bool unsaid = (problems & SBFOTA_PROBLEM_MISSING_END) != 0;
    if (unsaid != (session->outcome == SBFOTA_OUTCOME_UNKNOWN))
        return false;
    /* Each belongs to what it is about. */
    if ((problems & SBFOTA_PROBLEM_ACCEPT_REFUSED) != 0 && (session->flags & FLAG_WINDOW) == 0)
        return false;
    /* Behind a boot in the delay, only an UPDATE_TIMEOUT leads back there. */
    return (problems & SBFOTA_PROBLEM_REBOOT) == 0 ||
           is_in(session, UPDATING | RESTORING | ENDED | REPORTED) ||
           (is_in(session, WAITING) && (session->flags & FLAG_WINDOW) != 0);
}

/* Has the phase, from 0, begun in this state, or may it have? */
static bool has_come_to(const struct sbfota_session *session, unsigned phase)
{
    switch (phase) {
    case 0: return session->state != IN_POLL_FAILED && session->state != IN_UNKNOWN;
    case 1: return is_in(session, UPDATING | RESTORING | ENDED | REPORTED);
    default: return is_in(session, RESTORING | ENDED | REPORTED);
    }
}

static bool durations_are_sound(const struct sbfota_session *session)
{
    for (unsigned phase = 0; phase < PHASES; phase++) {
        const uint32_t bits = session->flags >> phase & (FLAG_TIMED | FLAG_BROKEN);
        if (session->spent[phase] == SBFOTA_NO_DURATION)
            return false;
        if (!has_come_to(session, phase) && (bits != 0 || session->spent[phase] != 0))
            return false;
    }
    /* Only HTTPSTART begins the first. */
    if ((session->flags & FLAG_TIMED) != 0 &&
        (session->problems & SBFOTA_PROBLEM_MISSING_START) != 0)
        return false;
    if ((session->problems & SBFOTA_PROBLEM_CLOCK_JUMP) != 0 &&
        (session->flags & 7 * FLAG_BROKEN) == 0)
        return false;
    if (!is_in(session, WAITED) || (session->flags & FLAG_SUPERSEDED) != 0)
        return session->waited == 0;
    return (session->waited <= DAY || session->waited >= WAITED_UNTIMED) &&
           (session->latest != SBFOTA_NO_TIME || session->waited == WAITED_UNTIMED);
}

static bool accept_is_sound(const struct sbfota_session *session)
{
    const uint32_t flags = session->flags;
    const uint32_t accept = flags & FLAGS_ACCEPT;
    if ((flags & FLAG_WINDOW) == 0)
        return (flags & (FLAGS_ACCEPT | FLAG_ACCEPTED | FLAG_ASKING | FLAG_UNSURE)) == 0 &&
               session->state != IN_DELAY &&
               (session->timeout == SBFOTA_NO_DELAY ||
                (session->timeout == 0 && is_in(session, UPDATING | RESTORING | ENDED | REPORTED)));
    if (!is_in(session, WAITING | UPDATING | RESTORING | ENDED | REPORTED) ||
        session->timeout == DELAY_REFUSED)
        return false;
    if (accept == FLAG_REFUSED && (session->problems & SBFOTA_PROBLEM_ACCEPT_REFUSED) == 0)
        return false;
    return (flags & FLAG_ASKING) == 0 || (accept == FLAG_SENT && !is_in(session, BOOTED));
}

static bool resumes_are_sound(const struct sbfota_session *session)
{
    if (session->state == IN_RESUMED)
        return session->resumes > 0 && session->percent == PERCENT_NONE;
    return session->resumes == 0 || is_in(session, RESTORING | ENDED | REPORTED);
}

/* The last message is one that has led here, and what it said stands. */
static bool last_is_sound(const struct sbfota_session *session)
{
    if (session->last_kind == SBFOTA_NONE)
        return session->last_spelling == 0;
    if (!sbfota_is_step(session->last_kind))
        return false;
    const bool has_code = session->last_kind == SBFOTA_HTTP_END || session->last_kind == SBFOTA_END;
    if (sbfota_session_target(session->last_kind, has_code ? session->code : 0) != session->state)
        return false;
    switch (session->last_kind) {
    case SBFOTA_HTTP_END: return (session->flags & FLAG_HTTP_CODE) != 0;
    case SBFOTA_REPORT_END: return (session->flags & FLAG_REPORT_CODE) != 0;
    case SBFOTA_HTTP_START:
    case SBFOTA_START: return session->percent == PERCENT_NONE;
    case SBFOTA_UPDATE_TIMEOUT: return (session->flags & (FLAGS_ACCEPT | FLAG_ASKING)) == 0;
    default: return true;
    }
}

bool sbfota_session_is_sound(const struct sbfota_session *session)
{
    if (session->state >= STATES || session->outcome >= SBFOTA_OUTCOME_COUNT ||
        (session->flags & ~FLAGS_ALL) != 0 ||
        (session->problems & ~(unsigned)SBFOTA_PROBLEM_ALL) != 0 ||
        (session->percent > 100 && session->percent < PERCENT_NONE) || !modem_is_sound(session) ||
        !last_is_sound(session) || session->outcome != sbfota_session_outcome(session))
        return false;
    if (session->state == IN_UNKNOWN && !is_forgotten(session))
        return false;
    return codes_are_sound(session) && problems_are_sound(session) &&
           durations_are_sound(session) && accept_is_sound(session) && resumes_are_sound(session) &&
           (!is_in(session, REPORTED) || reported_is_sound(session));
}
