/* SPDX-License-Identifier: MIT
 *
 * How long the phases of an attempt take: from message to message, so that parts of it can be
 * added. */
#include "durations.h"

/* The timed phase of a state, from 1; 0: none. */
static unsigned timed_phase(unsigned state)
{
    static const uint8_t phases[STATES] = {
        [IN_DOWNLOAD] = 1, [IN_SILENT] = 1,  [IN_UPDATE] = 2,      [IN_REBOOTED] = 2,
        [IN_RESTORE] = 3,  [IN_RESUMED] = 3, [IN_INTERRUPTED] = 3, [IN_INTERRUPTED_IDLE] = 3,
    };
    return phases[state];
}

/* Does the message come in that phase, or end it? */
static bool is_of_phase(unsigned kind, unsigned phase)
{
    switch (kind) {
    case SBFOTA_HTTP_START:
    case SBFOTA_DOWNLOADING:
    case SBFOTA_HTTP_END: return phase == 1;
    case SBFOTA_START:
    case SBFOTA_UPDATING: return phase == 2;
    case SBFOTA_RESTORE: return phase == 2 || phase == 3;
    case SBFOTA_RESUME:
    case SBFOTA_END: return phase == 3;
    default: return false;
    }
}

/* The phase that the message is the first of, from 1; 0: none. */
static unsigned begun_phase(unsigned kind, unsigned phase)
{
    switch (kind) {
    case SBFOTA_HTTP_START: return 1;
    case SBFOTA_START: return phase == 2 ? 0 : 2;
    case SBFOTA_RESTORE: return phase == 2 ? 3 : 0;
    default: return 0;
    }
}

unsigned sbfota_session_take_time(struct sbfota_session *session, unsigned kind, int64_t time,
                                  bool is_repeat)
{
    const unsigned phase = timed_phase(session->state);
    uint32_t passed = sbfota_measure(session->latest, time);
    unsigned problem = 0;
    /* A repeat may bear the time of the other way that it took. */
    if (is_repeat && passed == WAITED_LEAP)
        passed = 0;
    session->latest = time;
    if (!sbfota_is_step(kind)) {
        /* What passed until a boot counts if the phase goes on behind it. */
        session->waited = phase > 1 ? passed : 0;
        return 0;
    }
    if (phase != 0 && is_of_phase(kind, phase))
        problem = sbfota_spend(session, phase, passed);
    session->waited = 0;
    const unsigned begun = is_repeat ? 0 : begun_phase(kind, phase);
    if (begun != 0 && session->latest != SBFOTA_NO_TIME)
        session->flags |= FLAG_TIMED << (begun - 1);
    return problem;
}
