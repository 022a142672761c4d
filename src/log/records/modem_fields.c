/* SPDX-License-Identifier: MIT */
#include "log/records/modem_fields.h"

#include <sbfota/session.h>

#define RECORD_FIELDS "modem_fields.def"
#define power_word sbfota_power_name
enum {
    power_words = SBFOTA_POWER_COUNT
};
#include "log/records/record_tables.h"
#include "log/sessions/log_event.h"
#include "log/text/time.h"

static void put_time(char text[SBFOTA_LOG_TIME_SIZE], struct bytes time)
{
    if (time.data != NULL && time.length < SBFOTA_LOG_TIME_SIZE)
        memcpy(text, time.data, time.length);
}

static void put_captured(char text[SBFOTA_LOG_TIME_SIZE], const struct modem_time *time)
{
    char buffer[TIME_SIZE];
    if (time->length > 0)
        put_time(text, time_show((struct bytes){time->text, time->length}, buffer));
}

/* A time that was reckoned, with as much of a zone and of a fraction as the log's last one, as it is shown. */
static void put_reckoned(char text[SBFOTA_LOG_TIME_SIZE], const struct modem_state *state,
                         struct bytes last, int64_t time)
{
    static const struct clock_hint year_known = {.known = true};
    char buffer[TIME_SIZE];
    if (!state->dated || !clock_date((enum clock)state->clock, time, &year_known, &time))
        return;
    const bool fraction = memchr(last.data, '.', last.length) != NULL;
    put_time(text, time_write(time, time_has_zone(last), fraction || time % 1000 != 0, buffer));
}

/* Milliseconds since its last event; SBFOTA_NO_TIME if they are not known. */
static int64_t measure_silence(const struct modem_state *state, int64_t now)
{
    if (!state->heard_dated || now == INT64_MIN)
        return SBFOTA_NO_TIME;
    return now > state->heard_ms ? now - state->heard_ms : 0;
}

struct sbfota_log_modem modem_show(const struct fleet_member *member, int64_t now)
{
    const struct modem_state *const state = member->extra;
    const struct sbfota_session *const session = member->session;
    const bool has_file = !member->named && member->name.length > 0;
    int64_t earliest = 0;
    int64_t latest = 0;
    struct sbfota_log_modem modem = {
        .modem = member->named ? member->name.data : NULL,
        .file = has_file ? member->name.data : NULL,
        .text = modem_state_why(state),
        .advice = modem_state_advice(state),
        .silent_ms = measure_silence(state, now),
        .modem_length = member->named ? (uint32_t)member->name.length : 0,
        .attempts = state->attempts,
        .updated = state->updated,
        .power_losses = state->power_losses,
        .percent = sbfota_session_percent(session),
        .delay = sbfota_session_delay(session),
        .phase = (uint8_t)sbfota_session_phase(session),
        .power = (uint8_t)sbfota_session_power(session),
        .outcome = state->outcome,
        .polling_stopped = sbfota_session_polling_stopped(session),
    };
    put_captured(modem.first_seen, &state->first);
    put_captured(modem.last_seen, &state->last);
    put_captured(modem.phase_since, &state->phase_since);
    const struct bytes last = {modem.last_seen, strlen(modem.last_seen)};
    if (last.length > 0)
        modem.clock = log_event_public_clock((enum clock)state->clock, last);
    if (sbfota_session_next_poll(session, &earliest, &latest)) {
        put_reckoned(modem.next_poll_earliest, state, last, earliest);
        put_reckoned(modem.next_poll_latest, state, last, latest);
    }
    return modem;
}

static struct record_value time_value(const char *text)
{
    return value_string(text[0] == '\0' ? NULL : text);
}

static struct record_value value(const void *record, unsigned field)
{
    const struct sbfota_log_modem *const modem = record;
    const bool heard = modem->silent_ms != SBFOTA_NO_TIME;
    switch ((enum field)field) {
    case FIELD_modem: return value_text(modem->modem, modem->modem_length);
    case FIELD_file: return value_string(modem->file);
    case FIELD_phase: return value_word(sbfota_phase_name(modem->phase), modem->phase);
    case FIELD_percent: return value_number(modem->percent != SBFOTA_NO_PERCENT, modem->percent);
    case FIELD_outcome:
        return value_word(modem->attempts == 0 ? NULL : sbfota_outcome_name(modem->outcome),
                          modem->outcome);
    case FIELD_attempts: return value_number(true, modem->attempts);
    case FIELD_updated: return value_number(true, modem->updated);
    case FIELD_first_seen:
    case FIELD_first_seen_text: return time_value(modem->first_seen);
    case FIELD_last_seen:
    case FIELD_last_seen_text: return time_value(modem->last_seen);
    case FIELD_power: return value_word(sbfota_power_name(modem->power), modem->power);
    case FIELD_polling_stopped: return value_bool(modem->polling_stopped);
    case FIELD_next_poll_earliest:
    case FIELD_next_poll_earliest_text: return time_value(modem->next_poll_earliest);
    case FIELD_next_poll_latest:
    case FIELD_next_poll_latest_text: return time_value(modem->next_poll_latest);
    case FIELD_delay: return value_number(modem->delay != SBFOTA_NO_DELAY, modem->delay);
    case FIELD_text: return value_word(modem->text, 0);
    case FIELD_phase_since:
    case FIELD_phase_since_text: return time_value(modem->phase_since);
    case FIELD_silent_s: return value_duration(heard, modem->silent_ms, true);
    case FIELD_silent_ms: return value_duration(heard, modem->silent_ms, false);
    case FIELD_power_losses: return value_number(true, modem->power_losses);
    case FIELD_advice: return value_word(modem->advice, 0);
    case FIELDS: break;
    }
    return value_number(false, 0);
}

const struct record_kind modem_kind = RECORD_KIND(value);
