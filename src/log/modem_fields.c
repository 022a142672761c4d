/* SPDX-License-Identifier: MIT */
#include "modem_fields.h"

#include <sbfota/texts.h>

#include "time.h"

/* A time that was reckoned, with as much of a zone and of a fraction as the log's last one. */
static struct record_value reckoned_time(const struct modem_state *state, bool known, int64_t time,
                                         char *buffer)
{
    static const struct clock_hint year_known = {.known = true};
    char shown[TIME_SIZE];
    if (!known || !state->dated || !clock_date((enum clock)state->clock, time, &year_known, &time))
        return (struct record_value){.type = VALUE_NONE};
    const struct bytes last =
        time_show((struct bytes){state->last.text, state->last.length}, shown);
    const bool fraction = memchr(last.data, '.', last.length) != NULL;
    return value_text(time_write(time, time_has_zone(last), fraction || time % 1000 != 0, buffer));
}

static struct record_value time_of(const struct modem_time *time, char *buffer)
{
    return value_time(time->text, time->length, buffer);
}

bool modem_silence(const struct modem_record *record, int64_t *milliseconds)
{
    const struct modem_state *const state = record->member.extra;
    if (!state->heard_dated || record->now == INT64_MIN)
        return false;
    *milliseconds = record->now > state->heard_ms ? record->now - state->heard_ms : 0;
    return true;
}

static struct record_value silence(const struct modem_record *record, bool seconds)
{
    int64_t milliseconds = 0;
    const bool known = modem_silence(record, &milliseconds);
    return (struct record_value){.type = !known    ? VALUE_NONE
                                         : seconds ? VALUE_SECONDS
                                                   : VALUE_NUMBER,
                                 .number = milliseconds};
}

struct record_value modem_value(const struct modem_record *record, enum modem_field field,
                                char *buffer)
{
    const struct fleet_member *const member = &record->member;
    const struct sbfota_session *const session = member->session;
    const struct modem_state *const state = member->extra;
    const unsigned percent = sbfota_session_percent(session);
    const unsigned phase = sbfota_session_phase(session);
    const unsigned power = sbfota_session_power(session);
    const unsigned delay = sbfota_session_delay(session);
    int64_t earliest = 0;
    int64_t latest = 0;
    const bool polls = sbfota_session_next_poll(session, &earliest, &latest);
    switch (field) {
    case MODEM_modem: return value_text(member->named ? member->name : (struct bytes){NULL, 0});
    case MODEM_file:
        if (member->named || member->name.length == 0)
            break;
        return value_text(member->name);
    case MODEM_phase: return value_word(sbfota_phase_name(phase), phase);
    case MODEM_percent: return value_number(percent != SBFOTA_NO_PERCENT, percent);
    case MODEM_outcome:
        return value_word(state->attempts == 0 ? NULL : sbfota_outcome_name(state->outcome),
                          state->outcome);
    case MODEM_attempts: return value_number(true, state->attempts);
    case MODEM_updated: return value_number(true, state->updated);
    case MODEM_first_seen:
    case MODEM_first_seen_text: return time_of(&state->first, buffer);
    case MODEM_last_seen:
    case MODEM_last_seen_text: return time_of(&state->last, buffer);
    case MODEM_power: return value_word(sbfota_power_name(power), power);
    case MODEM_polling_stopped: return value_bool(sbfota_session_polling_stopped(session));
    case MODEM_next_poll_earliest:
    case MODEM_next_poll_earliest_text: return reckoned_time(state, polls, earliest, buffer);
    case MODEM_next_poll_latest:
    case MODEM_next_poll_latest_text: return reckoned_time(state, polls, latest, buffer);
    case MODEM_delay: return value_number(delay != SBFOTA_NO_DELAY, delay);
    case MODEM_text: return value_word(modem_state_why(state), 0);
    case MODEM_phase_since:
    case MODEM_phase_since_text: return time_of(&state->phase_since, buffer);
    case MODEM_silent_s: return silence(record, true);
    case MODEM_silent_ms: return silence(record, false);
    case MODEM_power_losses: return value_number(true, state->power_losses);
    case MODEM_advice: return value_word(modem_state_advice(state), 0);
    case MODEM_FIELDS: break;
    }
    return (struct record_value){.type = VALUE_NONE};
}
