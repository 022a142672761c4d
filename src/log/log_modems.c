/* SPDX-License-Identifier: MIT */
#include "log_modems.h"

#include <stdlib.h>
#include <string.h>

#include "fleet_block.h"
#include "log_event.h"
#include "time.h"

struct sbfota_log_modems {
    struct fleet fleet;
    struct fleet_sink sink;
    int64_t now;    /* that was asked for, or SBFOTA_NO_TIME */
    int64_t newest; /* of all events that have a date; INT64_MIN without one */
};

static void take(void *context, const struct log_attempt *attempt)
{
    (void)context;
    modem_state_take(attempt->extra, &attempt->facts);
}

static void see(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes)
{
    struct sbfota_log_modems *const modems = context;
    (void)changes;
    const struct modem_state *const state = extra;
    modem_state_see(extra, &modems->fleet, event, time, session);
    if (event->time.length > 0 && state->dated && state->seen_ms > modems->newest)
        modems->newest = state->seen_ms;
}

struct sbfota_log_modems *sbfota_log_modems_new(int64_t now)
{
    struct sbfota_log_modems *const modems = calloc(1, sizeof *modems);
    if (modems == NULL)
        return NULL;
    modems->now = now;
    modems->newest = INT64_MIN;
    modems->fleet.extra = sizeof(struct modem_state);
    modems->sink = (struct fleet_sink){.context = modems, .take = take, .see = see};
    return modems;
}

static void feed(struct sbfota_log_modems *modems, const struct sbfota_log_event *event)
{
    struct fleet *const fleet = &modems->fleet;
    const struct bytes modem = {event->modem, event->modem_length};
    const struct bytes text = {event->text, event->text_length};
    struct fleet_modem *const found =
        modem.data != NULL
            ? fleet_find(fleet, modem)
            : fleet_find_unnamed(fleet, event->log == NULL ? event->file : event->log);
    if (found == NULL)
        return;
    const struct fleet_event fed = {
        .event = &event->message,
        .modem = modem,
        .time = {event->time, event->time_length},
        .milliseconds = event->time_ms,
        .clock = log_event_clock(event),
        .file = fleet_file_number(fleet, event->file),
        .line = event->line,
        .followed = fleet_wants(&event->message, text, (enum direction)event->direction),
        .sent = event->direction == SBFOTA_LOG_TX,
    };
    fleet_feed(fleet, found, &fed, &modems->sink);
}

static enum sbfota_log_result result(const struct sbfota_log_modems *modems)
{
    return modems->fleet.no_memory ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_modems_feed(struct sbfota_log_modems *modems,
                                              const struct sbfota_log_event *events, size_t count)
{
    for (size_t i = 0; i < count && !modems->fleet.no_memory; i++)
        feed(modems, &events[i]);
    return result(modems);
}

enum sbfota_log_result sbfota_log_modems_finish(struct sbfota_log_modems *modems)
{
    if (!modems->fleet.no_memory)
        fleet_end(&modems->fleet, &modems->sink);
    return result(modems);
}

size_t sbfota_log_modems_count(const struct sbfota_log_modems *modems)
{
    return modems->fleet.no_memory
               ? 0
               : (size_t)modems->fleet.groups[0].count + modems->fleet.groups[1].count;
}

bool log_modems_record(const struct sbfota_log_modems *modems, size_t number,
                       struct modem_record *record)
{
    record->now = modems->now == SBFOTA_NO_TIME ? modems->newest : modems->now;
    return number < sbfota_log_modems_count(modems) &&
           fleet_next(&modems->fleet, &number, &record->member);
}

static void put_time(const struct modem_record *record, enum modem_field field,
                     char text[SBFOTA_LOG_TIME_SIZE])
{
    char buffer[TIME_SIZE];
    const struct record_value value = modem_value(record, field, buffer);
    const size_t length = value.type == VALUE_NONE ? 0 : value.text.length;
    if (length > 0 && length < SBFOTA_LOG_TIME_SIZE)
        memcpy(text, value.text.data, length);
}

bool sbfota_log_modems_get(const struct sbfota_log_modems *modems, size_t number,
                           struct sbfota_log_modem *modem)
{
    struct modem_record record;
    if (!log_modems_record(modems, number, &record))
        return false;
    const struct fleet_member *const member = &record.member;
    const struct modem_state *const state = member->extra;
    const bool has_file = !member->named && member->name.length > 0;
    *modem = (struct sbfota_log_modem){
        .modem = member->named ? member->name.data : NULL,
        .file = has_file ? member->name.data : NULL,
        .text = modem_state_why(state),
        .advice = modem_state_advice(state),
        .silent_ms = SBFOTA_NO_TIME,
        .modem_length = member->named ? (uint32_t)member->name.length : 0,
        .attempts = state->attempts,
        .updated = state->updated,
        .power_losses = state->power_losses,
        .percent = sbfota_session_percent(member->session),
        .delay = sbfota_session_delay(member->session),
        .phase = (uint8_t)sbfota_session_phase(member->session),
        .power = (uint8_t)sbfota_session_power(member->session),
        .outcome = state->outcome,
        .polling_stopped = sbfota_session_polling_stopped(member->session),
    };
    modem_silence(&record, &modem->silent_ms);
    put_time(&record, MODEM_first_seen, modem->first_seen);
    put_time(&record, MODEM_last_seen, modem->last_seen);
    put_time(&record, MODEM_phase_since, modem->phase_since);
    put_time(&record, MODEM_next_poll_earliest, modem->next_poll_earliest);
    put_time(&record, MODEM_next_poll_latest, modem->next_poll_latest);
    return true;
}

void sbfota_log_modems_free(struct sbfota_log_modems *modems)
{
    if (modems == NULL)
        return;
    fleet_free(&modems->fleet);
    free(modems);
}
