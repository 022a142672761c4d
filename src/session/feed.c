/* SPDX-License-Identifier: MIT
 *
 * One event at a time through the machine of grammar/session.rl, and into the registers beside it.
 * */
#include "internal.h"

#define SESSION_TABLE
#include "../../gen/session.inc"

/* 64 bytes or less, whoever compiles it. */
typedef char session_is_small[sizeof(struct sbfota_session) <= 64 ? 1 : -1];

enum {
    DAY = 86400000 /* ms */
};

void sbfota_session_forget(struct sbfota_session *session)
{
    session->started = session->latest = SBFOTA_NO_TIME;
    for (size_t i = 0; i < 3; i++)
        session->spent[i] = SBFOTA_NO_DURATION;
    session->code = session->report_code = 0;
    session->timeout = SBFOTA_NO_DELAY;
    session->problems = 0;
    session->flags = (uint16_t)(session->flags & ~(unsigned)FLAGS_ATTEMPT);
    session->state = IN_UNKNOWN;
    session->percent = PERCENT_UNTOLD;
    session->resumes = 0;
    session->outcome = SBFOTA_OUTCOME_IN_PROGRESS;
}

void sbfota_session_init(struct sbfota_session *session)
{
    session->flags = 0;
    session->poll_due = SBFOTA_NO_TIME;
    session->delay = SBFOTA_NO_DELAY;
    sbfota_session_forget(session);
}

uint32_t sbfota_add_duration(uint32_t a, uint32_t b)
{
    if (a == SBFOTA_NO_DURATION || b == SBFOTA_NO_DURATION)
        return a == SBFOTA_NO_DURATION ? b : a;
    return b < SBFOTA_NO_DURATION - 1 - a ? a + b : SBFOTA_NO_DURATION - 1;
}

/* The time since the event before goes to the phase that it was spent in. A clock that goes back
 * adds nothing. */
static void spend_time(struct sbfota_session *session, int64_t time)
{
    static const uint8_t phases[STATES] = {
        [IN_DOWNLOAD] = 1, [IN_SILENT] = 1,  [IN_UPDATE] = 2,
        [IN_RESTORE] = 3,  [IN_RESUMED] = 3, [IN_INTERRUPTED] = 3,
    };
    const unsigned phase = phases[session->state];
    if (phase == 0 || time == SBFOTA_NO_TIME || session->latest == SBFOTA_NO_TIME)
        return;
    const uint64_t passed = time > session->latest ? (uint64_t)time - (uint64_t)session->latest : 0;
    uint32_t *const spent = &session->spent[phase - 1];
    *spent = sbfota_add_duration(*spent, passed < SBFOTA_NO_DURATION - 1 ? (uint32_t)passed
                                                                         : SBFOTA_NO_DURATION - 1);
}

void sbfota_session_settle_delay(struct sbfota_session *session, bool refused)
{
    if ((session->flags & FLAG_SETTING) == 0)
        return;
    if (refused)
        session->delay = DELAY_REFUSED;
    session->flags = (uint16_t)(session->flags & ~(unsigned)FLAG_SETTING);
}

/* Commands, their answers, and all that ends the wait for one. */
static void follow_dialogue(struct sbfota_session *session, const struct sbfota_event *event)
{
    switch (event->kind) {
    case SBFOTA_SET_DELAY:
        sbfota_session_settle_delay(session, false);
        if (event->value < 0 || event->value > DELAY_MAX)
            break;
        session->delay = (uint16_t)event->value;
        session->flags |= FLAG_SETTING;
        break;
    case SBFOTA_DELAY:
        sbfota_session_settle_delay(session, false);
        if (sbfota_is_delay(event->value))
            session->delay = (uint16_t)event->value;
        break;
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR: sbfota_session_settle_delay(session, true); break;
    case SBFOTA_OK:
    case SBFOTA_QUERY_DELAY:
    case SBFOTA_TEST_QCFGEXT:
    case SBFOTA_ACCEPT:
    case SBFOTA_RDY:
    case SBFOTA_APP_RDY: sbfota_session_settle_delay(session, false); break;
    default:
        if (sbfota_is_step(event->kind))
            sbfota_session_settle_delay(session, false);
    }
}

static void set_poll(struct sbfota_session *session, int64_t time, int64_t wait, unsigned flags)
{
    session->poll_due =
        time == SBFOTA_NO_TIME || time > INT64_MAX - 2 * wait - DAY ? SBFOTA_NO_TIME : time + wait;
    session->flags = (uint16_t)((session->flags & ~(unsigned)FLAGS_POLL) | FLAG_POLL_TOLD | flags);
}

/* Of the rows of codes.def, those of POLLING become a case. */
#define CASE_OF_POLLING(value, aftermath) \
    case value:                           \
        return SBFOTA_AFTERMATH_##aftermath;
#define CASE_OF_HTTP(value, aftermath)
#define CASE_OF_UPDATE(value, aftermath)
#define SBFOTA_CODE(table, value, name, text, aftermath, section) CASE_OF_##table(value, aftermath)

static unsigned polling_aftermath(int32_t code)
{
    switch (code) {
#include "../../grammar/codes.def"
    }
    return SBFOTA_AFTERMATH_NONE;
}

/* When the module polls next (source: 2, 5.1, 5.2). */
static void follow_polling(struct sbfota_session *session, const struct sbfota_event *event,
                           int64_t time)
{
    const int64_t fortnight = (int64_t)14 * DAY;
    switch (event->kind) {
    case SBFOTA_POLLING_TIME:
        set_poll(session, time, event->value < 0 ? 0 : (int64_t)event->value * 1000, 0);
        break;
    case SBFOTA_HTTP_START: set_poll(session, time, fortnight, FLAG_POLL_SPAN); break;
    case SBFOTA_POLLING_ERROR:
        switch (polling_aftermath(event->value)) {
        case SBFOTA_AFTERMATH_REARMED: set_poll(session, time, fortnight, FLAG_POLL_SPAN); break;
        case SBFOTA_AFTERMATH_STOPPED:
            set_poll(session, SBFOTA_NO_TIME, 0, FLAG_POLL_STOPPED);
            break;
        default: set_poll(session, SBFOTA_NO_TIME, 0, 0);
        }
        break;
    default: break;
    }
}

/* A percentage; one that is out of range is not believed. Returns the problem, or 0. */
static unsigned take_percent(struct sbfota_session *session, int32_t percent, unsigned move)
{
    const bool good = percent >= 0 && percent <= 100;
    const bool back =
        good && (move & DO_RISING) != 0 && session->percent <= 100 && percent < session->percent;
    session->percent = good ? (uint8_t)percent : PERCENT_NONE;
    return back ? SBFOTA_PROBLEM_PERCENT_BACK : 0;
}

static unsigned take_timeout(struct sbfota_session *session, int32_t seconds)
{
    if (!sbfota_is_delay(seconds))
        return 0;
    const bool differs = sbfota_is_delay(session->delay) && session->delay != seconds;
    session->timeout = session->delay = (uint16_t)seconds;
    return differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
}

static void take_code(struct sbfota_session *session, int32_t code, unsigned flag)
{
    session->code = code;
    session->flags = (uint16_t)(session->flags | flag);
}

/* What a message of the attempt says. Returns its problem, or 0. */
static unsigned take_message(struct sbfota_session *session, const struct sbfota_event *event,
                             unsigned move)
{
    switch (event->kind) {
    case SBFOTA_POLLING_ERROR: take_code(session, event->value, FLAG_POLL_CODE); return 0;
    case SBFOTA_HTTP_END: take_code(session, event->value, FLAG_HTTP_CODE); return 0;
    case SBFOTA_END: take_code(session, event->value, FLAG_UPDATE_CODE); return 0;
    case SBFOTA_REPORT_END:
        session->report_code = event->value;
        session->flags |= FLAG_REPORT_CODE;
        return 0;
    case SBFOTA_DOWNLOADING:
    case SBFOTA_UPDATING:
    case SBFOTA_RESTORE: return take_percent(session, event->value, move);
    case SBFOTA_UPDATE_TIMEOUT: return take_timeout(session, event->value);
    case SBFOTA_START:
        if (move & DO_NO_DELAY)
            session->timeout = 0;
        session->percent = PERCENT_NONE;
        return 0;
    case SBFOTA_RESUME:
        session->resumes = (uint8_t)(session->resumes + (session->resumes < UINT8_MAX));
        session->percent = PERCENT_NONE;
        return 0;
    case SBFOTA_HTTP_START: session->percent = PERCENT_NONE; return 0;
    default: return 0;
    }
}

unsigned sbfota_session_outcome(const struct sbfota_session *session)
{
    static const uint8_t outcomes[STATES] = {
        [IN_POLL_FAILED] = SBFOTA_OUTCOME_POLL_FAILED,
        [IN_SILENT] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_LOST] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_DOWNLOAD_FAILED] = SBFOTA_OUTCOME_DOWNLOAD_FAILED,
        [IN_LAPSED] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_ROLLED_BACK] = SBFOTA_OUTCOME_ROLLED_BACK,
        [IN_INTERRUPTED] = SBFOTA_OUTCOME_INTERRUPTED,
    };
    switch (session->state) {
    case IN_ENDED:
    case IN_BOOTED:
        return session->code == 0 ? SBFOTA_OUTCOME_UPDATED : SBFOTA_OUTCOME_UPDATE_FAILED;
    case IN_REPORTING:
    case IN_REPORTED: return session->outcome;
    }
    return outcomes[session->state];
}

/* The event's column in the table of moves; 0 if the procedure does not know it. */
static unsigned event_column(const struct sbfota_event *event)
{
    if (event->kind >= SBFOTA_KIND_COUNT || (event->kind == SBFOTA_ACCEPT && event->value != 1))
        return 0;
    return columns[event->kind] + (has_failure(event->kind) && event->value != 0 ? 1U : 0U);
}

/* What the move itself finds wrong: for the attempt, and in *told all of it. */
static unsigned move_problems(const struct sbfota_session *session,
                              const struct sbfota_event *event, unsigned move, unsigned *told)
{
    const unsigned next = move & STATE_MASK;
    unsigned problems = 0;
    if (move & DO_LATE)
        problems |= SBFOTA_PROBLEM_MISSING_START;
    if (move & DO_UNEXPECTED)
        problems |= SBFOTA_PROBLEM_OUT_OF_ORDER;
    if (move & DO_MISPLACED)
        problems |= SBFOTA_PROBLEM_ACCEPT_MISPLACED;
    *told = problems;
    /* A boot loses the update only if the module does not go on with it after all; a report says
     * that it does not. */
    if (move & DO_LOSES)
        *told |= SBFOTA_PROBLEM_REBOOT;
    if ((next == IN_REPORTING || next == IN_REPORTED) && sbfota_state_is_lost(session->state))
        problems |= SBFOTA_PROBLEM_REBOOT;
    if (event->kind == SBFOTA_ACCEPT && (move & DO_ACCEPTED) == 0 && session->state != IN_UNKNOWN)
        *told |= SBFOTA_PROBLEM_ACCEPT_MISPLACED;
    return problems;
}

/* A new attempt takes the place of the one before. */
static void begin_attempt(struct sbfota_session *session, int64_t time,
                          struct sbfota_change *change, struct sbfota_session *finished)
{
    change->what |= SBFOTA_CHANGE_BEGAN;
    if (session->state != IN_UNKNOWN) {
        change->what |= SBFOTA_CHANGE_FINISHED;
        session->flags |= FLAG_SUPERSEDED;
        if (finished != NULL)
            *finished = *session;
        else
            sbfota_session_attempt(session, &change->finished);
    }
    sbfota_session_forget(session);
    session->started = time;
}

static void move_session(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, unsigned move, struct sbfota_change *change,
                         struct sbfota_session *finished)
{
    unsigned told;
    unsigned problems = move_problems(session, event, move, &told);
    if (move & DO_BEGIN)
        begin_attempt(session, time, change, finished);
    if (sbfota_is_step(event->kind) || (move & DO_BOOT) != 0) {
        spend_time(session, time);
        session->latest = time;
        change->what |= SBFOTA_CHANGE_BELONGS;
    }
    if (move & DO_ACCEPTED)
        session->flags |= FLAG_ACCEPTED;
    const unsigned said = take_message(session, event, move);
    session->problems = (uint16_t)(session->problems | problems | said);
    change->problems = (uint16_t)(told | said);
    session->state = (uint8_t)(move & STATE_MASK);
    session->outcome = (uint8_t)sbfota_session_outcome(session);
}

/* Most events are the next percentage of the phase that the module is in: they change nothing else.
 * False, with nothing done, for all others. */
static bool go_on(struct sbfota_session *session, const struct sbfota_event *event, int64_t time,
                  struct sbfota_change *change)
{
    if (event->kind != SBFOTA_DOWNLOADING && event->kind != SBFOTA_UPDATING &&
        event->kind != SBFOTA_RESTORE)
        return false;
    const unsigned move = moves[session->state][columns[event->kind]];
    if ((move & ~(unsigned)DO_RISING) != session->state ||
        session->outcome != SBFOTA_OUTCOME_IN_PROGRESS)
        return false;
    sbfota_session_settle_delay(session, false);
    spend_time(session, time);
    session->latest = time;
    change->problems = (uint16_t)take_percent(session, event->value, move);
    session->problems = (uint16_t)(session->problems | change->problems);
    change->what = SBFOTA_CHANGE_BELONGS;
    change->outcome = SBFOTA_OUTCOME_IN_PROGRESS;
    change->phase = (uint8_t)sbfota_state_phase(session->state);
    return true;
}

void sbfota_session_step(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change,
                         struct sbfota_session *finished)
{
    if (session->state >= STATES)
        sbfota_session_init(session); /* somebody else has written there */
    if (go_on(session, event, time, change))
        return;
    const unsigned column = event_column(event);
    const unsigned outcome = session->outcome;
    const enum sbfota_phase phase = sbfota_state_phase(session->state);
    change->what = 0;
    change->problems = 0;
    follow_dialogue(session, event);
    if (column != 0) {
        follow_polling(session, event, time);
        move_session(session, event, time, moves[session->state][column], change, finished);
    }
    change->outcome = session->outcome;
    change->phase = (uint8_t)sbfota_state_phase(session->state);
    if (change->phase != phase)
        change->what |= SBFOTA_CHANGE_PHASE;
    if (change->outcome != outcome ||
        (change->what & SBFOTA_CHANGE_BEGAN && change->outcome != SBFOTA_OUTCOME_IN_PROGRESS))
        change->what |= SBFOTA_CHANGE_OUTCOME;
}

void sbfota_session_feed(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change)
{
    sbfota_session_step(session, event, time, change, NULL);
}
