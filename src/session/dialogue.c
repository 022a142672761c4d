/* SPDX-License-Identifier: MIT
 *
 * What the host asks and the module answers: the delay, and accept. The first result code behind a
 * command is its answer, whatever messages come between (source: 4.2). */
#include "internal.h"

enum answer sbfota_answer_of(unsigned kind)
{
    switch (kind) {
    case SBFOTA_OK: return ANSWER_OK;
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR: return ANSWER_ERROR;
    case SBFOTA_UPDATE_TIMEOUT: /* the module tells the delay, and accept is for this one now */
    case SBFOTA_SET_DELAY:
    case SBFOTA_QUERY_DELAY:
    case SBFOTA_TEST_QCFGEXT:
    case SBFOTA_ACCEPT:
    case SBFOTA_RDY:
    case SBFOTA_APP_RDY: return ANSWER_LOST;
    default: return ANSWER_NONE;
    }
}

void sbfota_session_settle_delay(struct sbfota_session *session, enum answer answer)
{
    if ((session->flags & FLAG_SETTING) == 0 || answer == ANSWER_NONE)
        return;
    if (answer == ANSWER_ERROR)
        session->delay = DELAY_REFUSED;
    session->flags &= ~FLAG_SETTING;
}

unsigned sbfota_session_settle_accept(struct sbfota_session *session, enum answer answer)
{
    if ((session->flags & FLAG_ASKING) == 0 || answer == ANSWER_NONE)
        return 0;
    session->flags &= ~FLAG_ASKING;
    if (answer == ANSWER_OK)
        session->flags |= FLAGS_ACCEPT;
    if (answer != ANSWER_ERROR)
        return 0;
    session->flags = (session->flags & ~FLAGS_ACCEPT) | FLAG_REFUSED;
    session->problems |= SBFOTA_PROBLEM_ACCEPT_REFUSED;
    return SBFOTA_PROBLEM_ACCEPT_REFUSED;
}

void sbfota_session_send_accept(struct sbfota_session *session)
{
    if ((session->flags & FLAGS_ACCEPT) == FLAGS_ACCEPT)
        return; /* acknowledged: another one changes nothing */
    session->flags = (session->flags & ~FLAGS_ACCEPT) | FLAG_SENT | FLAG_ASKING;
}

unsigned sbfota_session_follow_dialogue(struct sbfota_session *session,
                                        const struct sbfota_event *event)
{
    const enum answer answer = sbfota_answer_of(event->kind);
    const unsigned problem = sbfota_session_settle_accept(session, answer);
    sbfota_session_settle_delay(session, answer);
    if (event->kind == SBFOTA_SET_DELAY && event->value >= 0 && event->value <= DELAY_MAX) {
        session->delay = (uint16_t)event->value;
        session->flags |= FLAG_SETTING;
    }
    if (event->kind == SBFOTA_DELAY && sbfota_is_delay(event->value)) {
        session->delay = (uint16_t)event->value;
        session->flags &= ~FLAG_SETTING; /* the module's word stands */
    }
    return problem;
}
