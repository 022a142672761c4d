/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <string.h>

#include <sbfota/texts.h>

#include "cli/writing/time.h"

void follow_init(const struct watch *watch, struct watch_port *port, int64_t now)
{
    sbfota_parser_init(&port->parser);
    sbfota_line_buffer_init(&port->line, port->room, sizeof port->room);
    sbfota_host_init(&port->host, watch->own->delay);
    port->lines = (struct line_counter){1, 0};
    pace_begin(&port->pace, SBFOTA_PHASE_NONE, false, now);
    port->delay_state = (uint8_t)sbfota_host_delay_state(&port->host);
    port->heard = port->host_due = now;
    port->heard_time = INT64_MIN;
    port->gone = INT64_MIN;
    port->power = (uint8_t)watch_power(port);
}

void follow_open(struct watch *watch, struct watch_port *port, int64_t now)
{
    uint8_t saved[SBFOTA_HOST_SAVED];
    port->gone = INT64_MIN;
    port->heard = port->host_due = now;
    port->unsent_length = 0;
    port->pending = SBFOTA_NONE;
    if (port->was_open) {
        sbfota_host_save(&port->host, saved);
        sbfota_host_init(&port->host, watch->own->delay);
        sbfota_host_load(&port->host, saved);
    }
    if (port->was_open || watch->own->wait)
        watch_raise(watch, port, ALARM_FOUND, NULL, NULL);
    follow_power(watch, port, NULL, NULL);
    port->was_open = true;
}

static bool is_boot(unsigned kind)
{
    return kind == SBFOTA_RDY || kind == SBFOTA_APP_RDY;
}

static bool is_result(unsigned kind)
{
    return kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

/* The first result code behind a command of ours answers it. */
static enum sbfota_kind find_answered(struct watch_port *port, unsigned kind)
{
    const enum sbfota_kind pending = (enum sbfota_kind)port->pending;
    if (record_is_hosts(kind))
        port->pending = (uint8_t)kind;
    if (is_boot(kind))
        port->pending = SBFOTA_NONE;
    if (!is_result(kind))
        return SBFOTA_NONE;
    port->pending = SBFOTA_NONE;
    return pending;
}

/* A line that is malformed, and would have been the end of the download or of the update. */
static bool is_broken_end(const struct sbfota_event *event, const char *text)
{
    static const char *const begins[] = {"+QIND: \"SBFOTA\",\"HTTPEND", "+QIND: \"SBFOTA\",\"END"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        const size_t length = strlen(begins[i]);
        if (text != NULL && event->length >= length && memcmp(text, begins[i], length) == 0)
            return true;
    }
    return false;
}

/* What the pace counts from. */
static void follow_pace(struct watch_port *port, const struct sbfota_event *event,
                        const struct sbfota_change *change, int64_t now)
{
    const unsigned before = port->pace.phase;
    const unsigned kind = event->kind;
    const bool first = kind == SBFOTA_HTTP_START || kind == SBFOTA_START ||
                       (kind == SBFOTA_RESTORE && before == SBFOTA_PHASE_UPDATE);
    if (first || kind == SBFOTA_RESUME || change->phase != before)
        pace_begin(&port->pace, change->phase, first, now);
    if ((kind == SBFOTA_DOWNLOADING || kind == SBFOTA_UPDATING || kind == SBFOTA_RESTORE) &&
        event->value >= 0)
        pace_tell(&port->pace, (unsigned)event->value, now);
}

/* Has the attempt failed, and is that settled? Told once. */
static void follow_failure(struct watch *watch, struct watch_port *port,
                           const struct sbfota_change *change, const struct sbfota_event *event,
                           const char *text)
{
    const bool before = port->failed;
    if ((change->what & SBFOTA_CHANGE_FINISHED) != 0 && !before &&
        alarm_is_failure(change->finished.outcome))
        watch_raise(watch, port, ALARM_FAILED, event, text);
    port->failed =
        alarm_is_failure(port->outcome) && alarm_is_settled(port->outcome, watch_power(port));
    if (port->failed && (!before || (change->what & SBFOTA_CHANGE_BEGAN) != 0))
        watch_raise(watch, port, ALARM_FAILED, event, text);
}

/* What an event has changed. */
static void follow_change(struct watch *watch, struct watch_port *port,
                          const struct sbfota_change *change, const struct sbfota_event *event,
                          const char *text)
{
    port->counts.attempts += (change->what & SBFOTA_CHANGE_BEGAN) != 0;
    if ((change->what & (SBFOTA_CHANGE_BEGAN | SBFOTA_CHANGE_OUTCOME)) != 0) {
        const bool told = (change->what & SBFOTA_CHANGE_OUTCOME) != 0 &&
                          (change->outcome != SBFOTA_OUTCOME_IN_PROGRESS ||
                           (change->what & SBFOTA_CHANGE_BEGAN) == 0);
        port->outcome = change->outcome;
        if (told) {
            port->counts.outcomes[change->outcome]++;
            watch_raise(watch, port, ALARM_OUTCOME + change->outcome, event, text);
        }
    }
    follow_failure(watch, port, change, event, text);
}

void follow_power(struct watch *watch, struct watch_port *port, const struct sbfota_event *event,
                  const char *text)
{
    const unsigned power = watch_power(port);
    if (power == port->power)
        return;
    port->power = (uint8_t)power;
    watch_raise(watch, port, ALARM_POWER, event, text);
}

void follow_host(struct watch *watch, struct watch_port *port)
{
    const unsigned delay = sbfota_host_delay_state(&port->host);
    if (delay != port->delay_state && delay >= SBFOTA_HOST_DELAY_MUTE)
        watch_raise(watch, port, ALARM_DELAY_FAILED, NULL, NULL);
    port->delay_state = (uint8_t)delay;
}

/* What has changed that no message tells alone. */
static void follow_state(struct watch *watch, struct watch_port *port,
                         const struct sbfota_event *event, const char *text)
{
    const bool stopped = sbfota_session_polling_stopped(sbfota_host_session(&port->host));
    follow_power(watch, port, event, text);
    if (stopped && !port->stopped)
        watch_raise(watch, port, ALARM_POLLING_STOPPED, event, text);
    port->stopped = stopped;
    follow_host(watch, port);
}

/* A message of the procedure ends a silence. */
static void follow_heard(struct watch *watch, struct watch_port *port,
                         const struct sbfota_event *event, const char *text, int64_t time)
{
    port->heard = timer_now();
    port->heard_time = time;
    port->last_kind = event->kind;
    if (port->silent) {
        port->silent = false;
        watch_raise(watch, port, ALARM_HEARD, event, text);
    }
}

static void keep_line(struct watch_port *port, const struct sbfota_event *event, const char *text,
                      int64_t time, bool sent)
{
    struct watch_line *const line = &port->last[port->last_next];
    line->time = time;
    line->kind = event->kind;
    line->sent = sent;
    line->length = text == NULL ? 0 : (uint16_t)event->length;
    if (text != NULL)
        memcpy(line->text, text, line->length);
    port->last_next = (port->last_next + 1) % WATCH_LAST_LINES;
}

/* Is it a message of the procedure, or a boot? */
static bool is_step(unsigned kind)
{
    return (kind >= SBFOTA_POLLING_TIME && kind <= SBFOTA_REPORT_END) || is_boot(kind);
}

static void take_event(struct watch *watch, struct watch_port *port,
                       const struct sbfota_event *event, const char *text)
{
    struct sbfota_change change = {.what = 0};
    const int64_t time = time_now();
    struct record record = {.event = *event,
                            .line = port->line_number,
                            .offset = event->offset,
                            .text = {text, text == NULL ? 0 : (size_t)event->length},
                            .direction = port->is_input ? DIRECTION_NONE : DIRECTION_RX,
                            .answers = find_answered(port, event->kind)};
    if (event->kind == SBFOTA_BLANK)
        return;
    watch->changed = true;
    port->counts.lines++;
    port->counts.malformed += event->kind == SBFOTA_MALFORMED;
    port->counts.messages += record_is_sbfota(&record);
    keep_line(port, event, text, time, false);
    watch_tell_record(watch, port, &record, time);
    const unsigned phase = sbfota_session_phase(sbfota_host_session(&port->host));
    change.phase = (uint8_t)phase;
    change.outcome = port->outcome;
    if (event->kind != SBFOTA_MALFORMED || is_broken_end(event, text))
        sbfota_host_event(&port->host, event, time, &change);
    port->host_due = 0;
    if (is_step(event->kind)) {
        follow_heard(watch, port, event, text, time);
        follow_pace(port, event, &change, timer_now());
    }
    follow_change(watch, port, &change, event, text);
    follow_state(watch, port, event, text);
    /* Last, so that who asks for a message is told what has come of it. */
    watch_raise(watch, port, ALARM_MESSAGE + event->kind, event, text);
}

/* Where the lines of the stream begin and end: bytes that the parser has taken. */
static void count_lines(struct watch_port *port, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r' || bytes[i] == '\n') {
            line_counter_ends(&port->lines, bytes + i, 1);
            port->in_text = false;
        } else if (!port->in_text) {
            line_counter_text(&port->lines);
            port->line_number = port->lines.line;
            port->in_text = true;
        }
    }
}

void follow_bytes(struct watch *watch, struct watch_port *port, const char *bytes, size_t length)
{
    port->counts.bytes += length;
    watch->changed = true;
    watch_log_take(&watch->log, &port->chunk, time_now(), timer_now(), watch_modem(port),
                   (struct bytes){bytes, length});
    while (length > 0 && !port->ended) {
        struct sbfota_event event;
        const size_t used = sbfota_parse(&port->parser, bytes, length, &event);
        const char *const text = sbfota_line_buffer_take(&port->line, bytes, used, &event);
        count_lines(port, bytes, used);
        bytes += used;
        length -= used;
        if (event.kind != SBFOTA_NONE)
            take_event(watch, port, &event, event.kind == SBFOTA_OVERLONG ? NULL : text);
    }
}

void follow_close(struct watch *watch, struct watch_port *port)
{
    struct sbfota_event event;
    watch_log_flush(&watch->log, &port->chunk, watch_modem(port));
    if (!port->ended && sbfota_finish(&port->parser, &event)) {
        event.flags |= event.kind == SBFOTA_BLANK ? 0U : SBFOTA_FLAG_UNENDED;
        const char *const text = sbfota_line_buffer_take(&port->line, NULL, 0, &event);
        take_event(watch, port, &event, event.kind == SBFOTA_OVERLONG ? NULL : text);
    }
    port->in_text = false;
}

void follow_sent(struct watch *watch, struct watch_port *port, const struct sbfota_event *command,
                 const char *text, size_t length)
{
    struct sbfota_event event = *command;
    const int64_t time = time_now();
    const size_t line = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
    event.length = line;
    struct record record = {.event = event,
                            .line = port->lines.line,
                            .offset = port->counts.bytes,
                            .text = {text, line},
                            .direction = DIRECTION_TX};
    find_answered(port, command->kind);
    watch_log_flush(&watch->log, &port->chunk, watch_modem(port));
    watch_log_put(&watch->log, time, watch_modem(port), DIRECTION_TX, (struct bytes){text, length});
    keep_line(port, &event, text, time, true);
    watch_tell_record(watch, port, &record, time);
    port->counts.commands++;
    watch->changed = true;
}

int64_t watch_limit(const struct watch *watch, const struct watch_port *port)
{
    const unsigned phase = sbfota_session_phase(sbfota_host_session(&port->host));
    const enum limit limit = limit_of(phase, port->last_kind);
    return limit == LIMIT_IDLE && port->stopped ? 0 : (int64_t)watch->own->limits[limit] * 1000;
}

void follow_silence(struct watch *watch, struct watch_port *port, int64_t now)
{
    const int64_t limit = watch_limit(watch, port);
    if (port->silent || port->gone != INT64_MIN || limit == 0 || now - port->heard < limit)
        return;
    port->silent = true;
    port->counts.silences++;
    watch->changed = true;
    watch_raise(watch, port, ALARM_SILENT, NULL, NULL);
}
