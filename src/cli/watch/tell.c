/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <unistd.h>

#include <sbfota/texts.h>

#include "cli/writing/put.h"
#include "cli/writing/time.h"

static bool is_told(const struct watch *watch, const struct record *record)
{
    const unsigned kind = record->event.kind;
    const bool result = kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
    if (watch->options->capture.all)
        return true;
    return kind != SBFOTA_OTHER && (!result || record->answers != SBFOTA_NONE);
}

void watch_tell_record(struct watch *watch, const struct watch_port *port, struct record *record,
                       int64_t time)
{
    char shown[TIME_TEXT_SIZE];
    if (watch->put == NULL || !is_told(watch, record))
        return;
    const char *const text = utc_show(time, shown);
    record->time = (struct bytes){text, strlen(text)};
    record->modem = watch_modem(port);
    watch->put(&watch->records, record);
}

/* Does the code of the message that tells it say why? */
static bool has_code(unsigned alarm, const struct sbfota_event *event)
{
    return event != NULL && sbfota_table_of_kind(event->kind) != SBFOTA_CODE_TABLE_NONE &&
           (alarm <= ALARM_FAILED || alarm == ALARM_POLLING_STOPPED);
}

/* What that code means; NULL if there is none, or nothing is known of it. */
static const struct sbfota_code_row *code_of(unsigned alarm, const struct sbfota_event *event)
{
    if (!has_code(alarm, event))
        return NULL;
    return sbfota_code(sbfota_table_of_kind(event->kind), event->value);
}

static void put_json(struct watch *watch, const struct watch_port *port, unsigned alarm,
                     const struct sbfota_event *event, const char *time)
{
    struct writer *const writer = &watch->writer;
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    const unsigned percent = sbfota_session_percent(session);
    writer_print(writer, "{\"time\":\"%s\"", time);
    if (port->name[0] != '\0') {
        writer_string(writer, ",\"modem\":\"");
        json_put_text(writer, watch_modem(port));
        writer_byte(writer, '"');
    }
    writer_print(writer, ",\"watch\":\"%s\",\"phase\":\"%s\"", alarm_name(alarm),
                 sbfota_phase_name(sbfota_session_phase(session)));
    if (percent != SBFOTA_NO_PERCENT)
        writer_print(writer, ",\"percent\":%u", percent);
    writer_print(writer, ",\"power\":\"%s\"", sbfota_power_name(watch_power(port)));
    if (has_code(alarm, event))
        writer_print(writer, ",\"code\":%ld", (long)event->value);
    if (code_of(alarm, event) != NULL)
        writer_print(writer, ",\"text\":\"%s\"", code_of(alarm, event)->text);
    if (alarm == ALARM_SILENT)
        writer_print(writer, ",\"limit\":%lld", (long long)watch_limit(watch, port) / 1000);
    writer_string(writer, "}\n");
}

static void put_text(struct watch *watch, const struct watch_port *port, unsigned alarm,
                     const struct sbfota_event *event, const char *time)
{
    struct writer *const writer = &watch->writer;
    const struct sbfota_code_row *const code = code_of(alarm, event);
    writer_print(writer, "     *  %s", time);
    if (port->name[0] != '\0') {
        writer_string(writer, "  ");
        text_put_padding(writer, text_put_safe(writer, watch_modem(port)), 12);
    }
    writer_print(writer, " * %-14s  %s", alarm_name(alarm),
                 alarm == ALARM_POWER ? sbfota_power_name(watch_power(port))
                                      : alarm_summary(alarm));
    if (code != NULL && code->value != 0)
        writer_print(writer, ": %s", code->text);
    writer_byte(writer, '\n');
}

static void ring(struct watch *watch)
{
    if (watch->screen.shown)
        screen_bell(&watch->screen);
    else if (isatty(STDERR_FILENO))
        (void)!write(STDERR_FILENO, "\a", 1);
}

int watch_status(const struct watch_port *port)
{
    if (alarm_is_failure(port->outcome))
        return EXIT_FAILED;
    if (port->gone != INT64_MIN)
        return EXIT_LOST;
    return port->silent ? EXIT_SILENT : EXIT_DONE;
}

void watch_raise(struct watch *watch, struct watch_port *port, unsigned alarm,
                 const struct sbfota_event *event, const char *text)
{
    const struct watch_options *const own = watch->own;
    const uint64_t bit = UINT64_C(1) << alarm;
    char shown[TIME_TEXT_SIZE];
    /* A message has a record of its own. */
    if (watch->put != NULL && alarm >= ALARM_OUTCOME) {
        const char *const time = utc_show(time_now(), shown);
        if (watch->put == jsonl_put)
            put_json(watch, port, alarm, event, time);
        else
            put_text(watch, port, alarm, event, time);
    }
    if (own->bell && alarm_rings(alarm))
        ring(watch);
    for (unsigned i = 0; i < own->on_count; i++)
        if ((own->on[i].alarms & bit) != 0)
            commands_queue(port, &own->on[i], alarm, event, text);
    if ((own->until & bit) != 0 && !port->ended) {
        port->ended = true;
        port->status = (uint8_t)(alarm == ALARM_FAILED   ? EXIT_FAILED
                                 : alarm == ALARM_SILENT ? EXIT_SILENT
                                 : alarm == ALARM_LOST   ? EXIT_LOST
                                                         : watch_status(port));
    }
    watch->changed = true;
}
