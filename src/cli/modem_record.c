/* SPDX-License-Identifier: MIT */
#include "modem_record.h"

#include <sbfota/texts.h>

#include "log/time.h"
#include "out_value.h"

static const char *modem_field_name(enum modem_field field)
{
    static const char *const names[MODEM_FIELDS] = {
        [MODEM_MODEM] = "modem",
        [MODEM_FILE] = "file",
        [MODEM_PHASE] = "phase",
        [MODEM_PERCENT] = "percent",
        [MODEM_OUTCOME] = "outcome",
        [MODEM_ATTEMPTS] = "attempts",
        [MODEM_UPDATED] = "updated",
        [MODEM_FIRST_SEEN] = "first_seen",
        [MODEM_LAST_SEEN] = "last_seen",
        [MODEM_POWER] = "power",
        [MODEM_POLLING_STOPPED] = "polling_stopped",
        [MODEM_NEXT_POLL_EARLIEST] = "next_poll_earliest",
        [MODEM_NEXT_POLL_LATEST] = "next_poll_latest",
        [MODEM_DELAY] = "delay",
        [MODEM_TEXT] = "text",
        [MODEM_PHASE_SINCE] = "phase_since",
        [MODEM_SILENT] = "silent_s",
        [MODEM_POWER_LOSSES] = "power_losses",
        [MODEM_ADVICE] = "advice",
    };
    return names[field];
}

/* A time that was reckoned, with as much of a zone and of a fraction as the log's last one. */
static struct record_value reckoned_time(const struct modem_state *state, bool known, int64_t time,
                                         char *buffer)
{
    char shown[TIME_SIZE];
    if (!known || !state->dated)
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

bool modem_record_silence(const struct modem_record *record, int64_t *milliseconds)
{
    const struct modem_state *const state = record->member.extra;
    if (!state->heard_dated || record->now == INT64_MIN)
        return false;
    *milliseconds = record->now > state->heard_ms ? record->now - state->heard_ms : 0;
    return true;
}

static struct record_value silence(const struct modem_record *record)
{
    int64_t milliseconds = 0;
    const bool known = modem_record_silence(record, &milliseconds);
    return (struct record_value){.type = known ? VALUE_SECONDS : VALUE_NONE,
                                 .number = milliseconds};
}

struct record_value modem_record_value(const struct modem_record *record, enum modem_field field,
                                       char *buffer)
{
    const struct fleet_member *const member = &record->member;
    const struct sbfota_session *const session = member->session;
    const struct modem_state *const state = member->extra;
    const unsigned percent = sbfota_session_percent(session);
    const unsigned delay = sbfota_session_delay(session);
    int64_t earliest = 0;
    int64_t latest = 0;
    switch (field) {
    case MODEM_MODEM: return value_text(member->named ? member->name : (struct bytes){NULL, 0});
    case MODEM_FILE:
        if (member->named || member->name.length == 0)
            break;
        return value_text(member->name);
    case MODEM_PHASE: return value_word(sbfota_phase_name(sbfota_session_phase(session)), 0);
    case MODEM_PERCENT: return value_number(percent != SBFOTA_NO_PERCENT, percent);
    case MODEM_OUTCOME:
        return value_word(state->attempts == 0 ? NULL : sbfota_outcome_name(state->outcome), 0);
    case MODEM_ATTEMPTS: return value_number(true, state->attempts);
    case MODEM_UPDATED: return value_number(true, state->updated);
    case MODEM_FIRST_SEEN: return time_of(&state->first, buffer);
    case MODEM_LAST_SEEN: return time_of(&state->last, buffer);
    case MODEM_POWER: return value_word(sbfota_power_name(sbfota_session_power(session)), 0);
    case MODEM_POLLING_STOPPED: return value_bool(sbfota_session_polling_stopped(session));
    case MODEM_NEXT_POLL_EARLIEST: {
        const bool known = sbfota_session_next_poll(session, &earliest, &latest);
        return reckoned_time(state, known, earliest, buffer);
    }
    case MODEM_NEXT_POLL_LATEST: {
        const bool known = sbfota_session_next_poll(session, &earliest, &latest);
        return reckoned_time(state, known, latest, buffer);
    }
    case MODEM_DELAY: return value_number(delay != SBFOTA_NO_DELAY, delay);
    case MODEM_TEXT: return value_word(modem_state_why(state), 0);
    case MODEM_PHASE_SINCE: return time_of(&state->phase_since, buffer);
    case MODEM_SILENT: return silence(record);
    case MODEM_POWER_LOSSES: return value_number(true, state->power_losses);
    case MODEM_ADVICE: return value_word(modem_state_advice(state), 0);
    case MODEM_FIELDS: break;
    }
    return (struct record_value){.type = VALUE_NONE};
}

void modem_record_put_json(struct writer *writer, const struct modem_record *record)
{
    char before = '{';
    for (enum modem_field field = MODEM_MODEM; field < MODEM_FIELDS; field++) {
        char buffer[TIME_SIZE];
        const struct record_value value = modem_record_value(record, field, buffer);
        if (value.type == VALUE_NONE)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, modem_field_name(field));
        writer_string(writer, "\":");
        value_put_json(writer, &value);
        before = ',';
    }
    writer_string(writer, "}\n");
}

void modem_record_put_csv(struct writer *writer, const struct modem_record *record)
{
    for (enum modem_field field = MODEM_MODEM; field < MODEM_FIELDS; field++) {
        char buffer[TIME_SIZE];
        const struct record_value value = modem_record_value(record, field, buffer);
        value_put_csv(writer, &value);
        writer_string(writer, field + 1 < MODEM_FIELDS ? "," : "\r\n");
    }
}

void modem_record_put_csv_heading(struct writer *writer)
{
    for (enum modem_field field = MODEM_MODEM; field < MODEM_FIELDS; field++) {
        writer_string(writer, modem_field_name(field));
        writer_string(writer, field + 1 < MODEM_FIELDS ? "," : "\r\n");
    }
}
