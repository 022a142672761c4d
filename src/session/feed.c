/* SPDX-License-Identifier: MIT
 *
 * One event at a time through the machine of grammar/session.rl, and into the registers beside it.
 * */
#include "durations.h"

#define SESSION_TABLE
#include "../../gen/session.inc"
#undef SESSION_TABLE
#define SESSION_REACHES
#include "../../gen/session.inc"

/* A call by itself, so that what comes most often does not save the registers for all others. */
#if defined __GNUC__
#define SBFOTA_APART static __attribute__((noinline))
#else
#define SBFOTA_APART static
#endif

/* 64 bytes or less, whoever compiles it. */
typedef char session_is_small[sizeof(struct sbfota_session) <= 64 ? 1 : -1];

enum {
    REPEATS_FOR = 1000 /* ms within which the same message is told once more */
};

void sbfota_session_forget(struct sbfota_session *session)
{
    session->started = session->latest = SBFOTA_NO_TIME;
    for (size_t i = 0; i < PHASES; i++)
        session->spent[i] = 0;
    session->waited = 0;
    session->code = session->report_code = 0;
    session->timeout = SBFOTA_NO_DELAY;
    session->problems = 0;
    session->flags &= ~FLAGS_ATTEMPT;
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
    session->last_kind = SBFOTA_NONE;
    session->last_spelling = 0;
    sbfota_session_forget(session);
}

/* A percentage; one that is out of range is not believed. Returns the problem, or 0. */
static unsigned take_percent(struct sbfota_session *session, int32_t percent, unsigned move)
{
    const bool rising = (move & DO_RISING) != 0;
    const bool back = rising && session->percent <= 100 && percent < session->percent;
    if (!sbfota_is_percent(percent)) {
        if ((move & (DO_RISING | DO_BEGIN)) == 0)
            session->percent = PERCENT_NONE;
        return 0;
    }
    session->percent = (uint8_t)percent;
    return back ? SBFOTA_PROBLEM_PERCENT_BACK : 0;
}

/* What a host has accepted before is kept, and it may accept again. */
static unsigned take_timeout(struct sbfota_session *session, int32_t seconds)
{
    const bool good = sbfota_is_delay(seconds);
    const bool differs = good && sbfota_is_delay(session->delay) && session->delay != seconds;
    if (sbfota_has_accepted(session->flags))
        session->flags |= FLAG_ACCEPTED;
    session->flags = (session->flags & ~FLAGS_ACCEPT) | FLAG_WINDOW;
    session->timeout = good ? (uint16_t)seconds : SBFOTA_NO_DELAY;
    if (good)
        session->delay = (uint16_t)seconds;
    return differs ? SBFOTA_PROBLEM_DELAY_DIFFERS : 0;
}

static void take_code(struct sbfota_session *session, int32_t code, unsigned flag)
{
    session->code = code;
    session->flags |= flag;
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
        [IN_LOST_IDLE] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_DOWNLOAD_FAILED] = SBFOTA_OUTCOME_DOWNLOAD_FAILED,
        [IN_LAPSED] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_LAPSED_IDLE] = SBFOTA_OUTCOME_DOWNLOAD_LOST,
        [IN_REBOOTED] = SBFOTA_OUTCOME_ROLLED_BACK,
        [IN_ROLLED_BACK] = SBFOTA_OUTCOME_ROLLED_BACK,
        [IN_INTERRUPTED] = SBFOTA_OUTCOME_INTERRUPTED,
        [IN_INTERRUPTED_IDLE] = SBFOTA_OUTCOME_INTERRUPTED,
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
static unsigned event_column(unsigned kind, int32_t value)
{
    if (kind >= SBFOTA_KIND_COUNT || (kind == SBFOTA_ACCEPT && value != 1))
        return 0;
    return columns[kind] + (has_failure(kind) && value != 0 ? 1U : 0U);
}

unsigned sbfota_session_target(unsigned kind, int32_t value)
{
    return moves[IN_UNKNOWN][event_column(kind, value)] & STATE_MASK;
}

bool sbfota_session_reaches(unsigned kind, int32_t value, unsigned state)
{
    return (reaches[event_column(kind, value)] >> state & 1) != 0;
}

/* What the move itself finds wrong with the attempt. */
static unsigned move_problems(const struct sbfota_session *session, unsigned move)
{
    const unsigned next = move & STATE_MASK;
    const bool reported = next == IN_REPORTING || next == IN_REPORTED;
    unsigned problems = 0;
    if (move & DO_LATE)
        problems |= SBFOTA_PROBLEM_MISSING_START;
    if (move & DO_UNEXPECTED)
        problems |= SBFOTA_PROBLEM_OUT_OF_ORDER;
    if (move & DO_UNSAID)
        problems |= SBFOTA_PROBLEM_MISSING_END;
    if (move & DO_MISPLACED)
        problems |= SBFOTA_PROBLEM_ACCEPT_MISPLACED;
    /* A report says that the boot before it has lost the update. */
    if ((move & DO_GOES_ON) != 0 || (reported && sbfota_state_is_lost(session->state)))
        problems |= SBFOTA_PROBLEM_REBOOT;
    return problems;
}

/* What is told of the move, but not yet of the attempt: a boot loses the update only if the module does not go on with it after
 * all. */
static unsigned event_problems(unsigned move)
{
    return move & DO_LOSES ? SBFOTA_PROBLEM_REBOOT : 0U;
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

/* The problem of a message that the end of the input may have cut. */
static unsigned unended(const struct sbfota_event *event)
{
    const bool cut = (event->flags & SBFOTA_FLAG_UNENDED) != 0;
    const bool counts = sbfota_is_step(event->kind) || event->kind == SBFOTA_MALFORMED;
    return cut && counts ? SBFOTA_PROBLEM_UNENDED : 0;
}

static void move_session(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, unsigned move, struct sbfota_change *change,
                         struct sbfota_session *finished)
{
    const unsigned told = event_problems(move);
    unsigned problems = move_problems(session, move);
    if (move & DO_BEGIN)
        begin_attempt(session, time, change, finished);
    if (sbfota_is_step(event->kind) || (move & DO_BOOT) != 0) {
        problems |= sbfota_session_take_time(session, event->kind, time, false) | unended(event);
        change->what |= SBFOTA_CHANGE_BELONGS;
    }
    if (move & DO_ACCEPTED)
        sbfota_session_send_accept(session);
    if (move & DO_UNSAID)
        session->outcome = SBFOTA_OUTCOME_UNKNOWN;
    problems |= take_message(session, event, move);
    session->problems = (uint16_t)(session->problems | problems);
    change->problems = (uint16_t)(change->problems | told | problems);
    session->state = (uint8_t)(move & STATE_MASK);
    session->outcome = (uint8_t)sbfota_session_outcome(session);
}

/* Has the last message this value, of those that are kept? */
static bool is_last_value(const struct sbfota_session *session, int32_t value)
{
    switch (session->last_kind) {
    case SBFOTA_POLLING_ERROR:
    case SBFOTA_HTTP_END:
    case SBFOTA_END: return session->code == value;
    case SBFOTA_REPORT_END: return session->report_code == value;
    case SBFOTA_DOWNLOADING:
    case SBFOTA_UPDATING:
    case SBFOTA_RESTORE: return session->percent == value;
    case SBFOTA_UPDATE_TIMEOUT: return sbfota_is_delay(value) && session->timeout == value;
    default: return true;
    }
}

/* Is it the message before, told once more: the same, spelled alike, within a second? */
static bool is_repeat(const struct sbfota_session *session, const struct sbfota_event *event,
                      int64_t time)
{
    if (session->last_kind != event->kind || session->last_spelling != sbfota_spelled(event) ||
        time == SBFOTA_NO_TIME || session->latest == SBFOTA_NO_TIME)
        return false;
    const uint64_t apart = time > session->latest ? (uint64_t)time - (uint64_t)session->latest
                                                  : (uint64_t)session->latest - (uint64_t)time;
    return apart <= REPEATS_FOR && is_last_value(session, event->value);
}

static void take_repeat(struct sbfota_session *session, const struct sbfota_event *event,
                        int64_t time, struct sbfota_change *change)
{
    unsigned problems = sbfota_session_take_time(session, event->kind, time, true) | unended(event);
    if (event->kind == SBFOTA_UPDATE_TIMEOUT)
        problems |= take_timeout(session, event->value); /* a command may have come between */
    session->problems = (uint16_t)(session->problems | problems);
    change->problems = (uint16_t)(change->problems | problems);
    change->what |= SBFOTA_CHANGE_BELONGS | SBFOTA_CHANGE_REPEAT;
}

/* What an event is remembered as, for one that repeats it. */
static void remember(struct sbfota_session *session, const struct sbfota_event *event)
{
    const bool kept = !sbfota_is_percentage(event->kind) || sbfota_is_percent(event->value);
    const bool step = sbfota_is_step(event->kind) && kept;
    session->last_kind = step ? event->kind : (uint8_t)SBFOTA_NONE;
    session->last_spelling = step ? sbfota_spelled(event) : 0;
}

/* What a percentage is of: the phase, and its number among those that are timed, from 1. */
struct counted {
    uint8_t phase;
    uint8_t timed;
};

static struct counted counted_by(unsigned kind)
{
    if (kind == SBFOTA_DOWNLOADING)
        return (struct counted){SBFOTA_PHASE_DOWNLOAD, 1};
    return kind == SBFOTA_UPDATING ? (struct counted){SBFOTA_PHASE_UPDATE, 2}
                                   : (struct counted){SBFOTA_PHASE_RESTORE, 3};
}

/* Most events are the next percentage of the phase that the module is in: they change nothing else, and one that is another
 * than the last repeats none. False, with nothing done, for all others. */
static bool go_on(struct sbfota_session *session, const struct sbfota_event *event, int64_t time,
                  struct sbfota_change *change)
{
    const unsigned kind = event->kind;
    const int32_t value = event->value;
    if (!sbfota_is_percentage(kind) || session->state >= STATES || session->percent == value ||
        !sbfota_is_percent(value) || (event->flags & SBFOTA_FLAG_UNENDED) != 0)
        return false;
    const unsigned move = moves[session->state][columns[kind]];
    if ((move & ~(unsigned)DO_RISING) != session->state)
        return false;
    const struct counted counted = counted_by(kind);
    const uint32_t passed = sbfota_measure(session->latest, time);
    const unsigned problems =
        sbfota_spend(session, counted.timed, passed) | take_percent(session, value, move);
    session->latest = time;
    session->waited = 0;
    session->problems = (uint16_t)(session->problems | problems);
    session->last_kind = (uint8_t)kind;
    session->last_spelling = sbfota_spelled(event);
    change->problems = (uint16_t)problems;
    change->what = SBFOTA_CHANGE_BELONGS;
    change->outcome = SBFOTA_OUTCOME_IN_PROGRESS;
    change->phase = counted.phase;
    return true;
}

/* A message that would have said how the attempt goes on, if it were whole. */
static void take_malformed(struct sbfota_session *session, const struct sbfota_event *event,
                           struct sbfota_change *change)
{
    const unsigned problems = SBFOTA_PROBLEM_MALFORMED | unended(event);
    session->last_kind = SBFOTA_NONE;
    session->last_spelling = 0;
    if (session->state == IN_UNKNOWN)
        return;
    session->problems = (uint16_t)(session->problems | problems);
    change->problems = (uint16_t)problems;
}

/* Phase and outcome, and whether they are others than `change` has. */
static void tell_change(const struct sbfota_session *session, struct sbfota_change *change)
{
    const uint8_t phase = (uint8_t)sbfota_state_phase(session->state);
    const bool is_verdict = session->outcome != SBFOTA_OUTCOME_IN_PROGRESS;
    if (change->phase != phase)
        change->what |= SBFOTA_CHANGE_PHASE;
    if (change->outcome != session->outcome || (change->what & SBFOTA_CHANGE_BEGAN && is_verdict))
        change->what |= SBFOTA_CHANGE_OUTCOME;
    change->phase = phase;
    change->outcome = session->outcome;
}

SBFOTA_APART void take_other(struct sbfota_session *session, const struct sbfota_event *event,
                             int64_t time, struct sbfota_change *change,
                             struct sbfota_session *finished)
{
    if (session->state >= STATES)
        sbfota_session_init(session); /* somebody else has written there */
    const unsigned column = event_column(event->kind, event->value);
    /* As they were, in the place of what they will be: on the stack they would lie below all that follows. */
    change->outcome = session->outcome;
    change->phase = (uint8_t)sbfota_state_phase(session->state);
    change->what = 0;
    change->problems = (uint16_t)sbfota_session_follow_dialogue(session, event);
    if (event->kind == SBFOTA_MALFORMED)
        take_malformed(session, event, change);
    if (column != 0) {
        sbfota_session_follow_polling(session, event, time);
        if (is_repeat(session, event, time))
            take_repeat(session, event, time, change);
        else
            move_session(session, event, time, moves[session->state][column], change, finished);
        remember(session, event);
    }
    tell_change(session, change);
}

void sbfota_session_step(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change,
                         struct sbfota_session *finished)
{
    if (!go_on(session, event, time, change))
        take_other(session, event, time, change, finished);
}

void sbfota_session_feed(struct sbfota_session *session, const struct sbfota_event *event,
                         int64_t time, struct sbfota_change *change)
{
    sbfota_session_step(session, event, time, change, NULL);
}
