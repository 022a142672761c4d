/* SPDX-License-Identifier: MIT */
#include "log/sessions/log_event.h"

#include "log/sessions/fleet_events.h"
#include "log/sessions/fleet_feed.h"
#include "log/text/time.h"

uint8_t log_event_public_clock(enum clock clock, struct bytes shown)
{
    switch (clock) {
    case CLOCK_NONE: return SBFOTA_LOG_CLOCK_NONE;
    case CLOCK_EPOCH: return time_has_zone(shown) ? SBFOTA_LOG_CLOCK_UTC : SBFOTA_LOG_CLOCK_LOCAL;
    case CLOCK_YEAR: return SBFOTA_LOG_CLOCK_YEAR;
    case CLOCK_DAY: return SBFOTA_LOG_CLOCK_DAY;
    case CLOCK_START: return SBFOTA_LOG_CLOCK_START;
    }
    return SBFOTA_LOG_CLOCK_NONE;
}

static enum clock clock_of(const struct sbfota_log_event *event)
{
    switch ((enum sbfota_log_clock)event->clock) {
    case SBFOTA_LOG_CLOCK_NONE:
    case SBFOTA_LOG_CLOCK_COUNT: return CLOCK_NONE;
    case SBFOTA_LOG_CLOCK_UTC:
    case SBFOTA_LOG_CLOCK_LOCAL: return CLOCK_EPOCH;
    case SBFOTA_LOG_CLOCK_YEAR: return CLOCK_YEAR;
    case SBFOTA_LOG_CLOCK_DAY: return CLOCK_DAY;
    case SBFOTA_LOG_CLOCK_START: return CLOCK_START;
    }
    return CLOCK_NONE;
}

static void feed(struct fleet *fleet, const struct fleet_sink *sink,
                 const struct sbfota_log_event *event)
{
    const struct bytes modem = {event->modem, event->modem_length};
    const struct bytes text = {event->text == NULL ? "" : event->text,
                               event->text == NULL ? 0 : event->text_length};
    const bool followed = fleet_wants(&event->message, text, (enum direction)event->direction);
    struct fleet_modem *const found =
        modem.data != NULL
            ? fleet_find(fleet, modem)
            : fleet_find_unnamed(fleet, event->log == NULL ? event->file : event->log);
    if (found == NULL || (!followed && sink->see == NULL))
        return;
    const struct fleet_event fed = {
        .event = &event->message,
        .modem = modem,
        .time = {event->time, event->time_length},
        .milliseconds = event->time_ms,
        .clock = clock_of(event),
        .file = fleet_file_number(fleet, event->file),
        .line = event->line,
        .followed = followed,
        .sent = event->direction == SBFOTA_LOG_TX,
    };
    fleet_feed(fleet, found, &fed, sink);
}

bool log_events_feed(struct fleet *fleet, const struct fleet_sink *sink,
                     const struct sbfota_log_event *events, size_t count)
{
    for (size_t i = 0; i < count && !fleet->no_memory; i++)
        feed(fleet, sink, &events[i]);
    return !fleet->no_memory;
}
