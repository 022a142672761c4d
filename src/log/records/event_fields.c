/* SPDX-License-Identifier: MIT */
#include "log/records/event_fields.h"

#include <sbfota/texts.h>

/* A code, and what it means. */
static unsigned tell_code(const struct sbfota_event *event,
                          struct event_value values[ARGUMENT_VALUES])
{
    const struct sbfota_code_row *const code =
        sbfota_code(sbfota_table_of_kind(event->kind), event->value);
    values[0] = (struct event_value){EVENT_code, value_number(true, event->value)};
    if (code == NULL)
        return 1;
    values[1] = (struct event_value){EVENT_text, value_word(code->text, 0)};
    if (code->aftermath == SBFOTA_AFTERMATH_NONE)
        return 2;
    const bool stopped = code->aftermath == SBFOTA_AFTERMATH_STOPPED;
    values[2] =
        (struct event_value){EVENT_polling, value_word(stopped ? "stopped" : "rearmed", !stopped)};
    return 3;
}

static unsigned tell_range(const struct sbfota_event *event,
                           struct event_value values[ARGUMENT_VALUES])
{
    const char *const parameter =
        event->detail == SBFOTA_PARAMETER_ACCEPT ? "sbfota_accept" : "sbfota_delay";
    values[0] = (struct event_value){EVENT_parameter, value_word(parameter, event->detail)};
    values[1] = (struct event_value){EVENT_min, value_number(true, event->value)};
    values[2] = (struct event_value){EVENT_max, value_number(true, event->extent)};
    return 3;
}

static struct record_value part_value(const struct record *record)
{
    const struct bytes part = record->text.data == NULL ? record->text : record_part(record);
    return value_text(part.data, part.length);
}

/* Of what is malformed or unknown. */
static unsigned tell_odd(const struct record *record, struct event_value values[ARGUMENT_VALUES])
{
    const struct sbfota_event *const event = &record->event;
    unsigned count = 0;
    if (event->kind == SBFOTA_UNKNOWN)
        values[count++] = (struct event_value){EVENT_keyword, part_value(record)};
    if (event->detail != SBFOTA_REASON_NONE)
        values[count++] = (struct event_value){
            EVENT_reason, value_word(sbfota_reason_name(event->detail), event->detail)};
    if (event->kind == SBFOTA_MALFORMED)
        values[count++] = (struct event_value){EVENT_at, value_number(true, event->value)};
    return count;
}

unsigned event_argument(const struct record *record, struct event_value values[ARGUMENT_VALUES])
{
    const struct sbfota_event *const event = &record->event;
    const struct record_value number = value_number(true, event->value);
    switch ((enum sbfota_argument)sbfota_message(event->kind)->argument) {
    case SBFOTA_ARGUMENT_NONE: return 0;
    case SBFOTA_ARGUMENT_SECONDS: values[0] = (struct event_value){EVENT_seconds, number}; return 1;
    case SBFOTA_ARGUMENT_PERCENT: values[0] = (struct event_value){EVENT_percent, number}; return 1;
    case SBFOTA_ARGUMENT_PARA: values[0] = (struct event_value){EVENT_para, number}; return 1;
    case SBFOTA_ARGUMENT_RANGE: return tell_range(event, values);
    case SBFOTA_ARGUMENT_CME_CODE:
        values[0] = event->extent > 0 ? (struct event_value){EVENT_text, part_value(record)}
                                      : (struct event_value){EVENT_code, number};
        return 1;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: return tell_code(event, values);
    case SBFOTA_ARGUMENT_TEXT: return tell_odd(record, values);
    }
    return 0;
}
