/* SPDX-License-Identifier: MIT */
#include "log/sessions/modem_state.h"

#include <string.h>

#include <sbfota/texts.h>

#include "log/sessions/advice.h"
#include "log/sessions/fleet_modem.h"

static void keep_time(struct modem_time *kept, struct bytes time)
{
    const bool fits = time.data != NULL && time.length <= sizeof kept->text;
    kept->length = fits ? (uint8_t)time.length : 0;
    if (fits)
        fleet_copy_time(kept->text, time.data, time.length);
}

static bool is_loss(unsigned power)
{
    return power != SBFOTA_POWER_SAFE && power != SBFOTA_POWER_UNKNOWN;
}

/* A command to a module that says nothing more does not end its silence; that of one that never spoke begins with the first. */
static void hear(struct modem_state *state, const struct fleet_event *event)
{
    if (event->sent && (state->heard || state->heard_dated))
        return;
    state->heard = state->heard || !event->sent;
    state->heard_dated = state->dated;
    state->heard_ms = state->seen_ms;
}

/* When it was. What no session has followed tells its date only where its own time does. */
static bool find_date(const struct fleet *fleet, const struct fleet_event *event, int64_t time,
                      int64_t *date)
{
    *date = event->milliseconds;
    if (event->clock == CLOCK_EPOCH)
        return true;
    return time != SBFOTA_NO_TIME && clock_date(event->clock, time, &fleet->hint, date);
}

void modem_state_see(struct modem_state *state, const struct fleet *fleet,
                     const struct fleet_event *event, int64_t time,
                     const struct sbfota_session *session)
{
    const unsigned phase = sbfota_session_phase(session);
    const bool boots = event->event->kind == SBFOTA_RDY || event->event->kind == SBFOTA_APP_RDY;
    if (event->time.length > 0) {
        if (state->first.length == 0)
            keep_time(&state->first, event->time);
        keep_time(&state->last, event->time);
        state->clock = (uint8_t)event->clock;
        state->dated = find_date(fleet, event, time, &state->seen_ms);
        hear(state, event);
    }
    if (state->seen && boots && event->followed && is_loss(state->power))
        state->power_losses++;
    if (!state->seen || phase != state->phase)
        keep_time(&state->phase_since, event->time);
    state->phase = (uint8_t)phase;
    state->power = (uint8_t)sbfota_session_power(session);
    state->seen = true;
}

void modem_state_take(struct modem_state *state, const struct sbfota_attempt *facts)
{
    state->attempts++;
    state->updated += facts->outcome == SBFOTA_OUTCOME_UPDATED;
    state->outcome = facts->outcome;
    state->failed = failure_of(facts, &state->failure);
}

/* That of the last outcome, with no attempt at all behind the best. */
unsigned modem_rank(uint32_t attempts, unsigned outcome, bool polling_stopped)
{
    const unsigned rank = outcome_rank(outcome);
    return (attempts == 0 ? 1 : rank == 0 ? 0 : rank + 1) * 2 + polling_stopped;
}

const char *modem_state_why(const struct modem_state *state)
{
    const struct sbfota_code_row *const row =
        state->failed && state->failure.table != SBFOTA_CODE_TABLE_NONE
            ? sbfota_code(state->failure.table, state->failure.code)
            : NULL;
    return row == NULL ? NULL : row->text;
}

const char *modem_state_advice(const struct modem_state *state)
{
    if (is_loss(state->power))
        return "Do not cut the power now.";
    return state->failed ? advice_on(&state->failure) : NULL;
}
