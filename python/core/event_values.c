/* SPDX-License-Identifier: MIT */
#include "event_values.h"

#include <sbfota/texts.h>

#include "log/spelling.h"

bool event_field_is_of_rows(enum event_field field)
{
    enum {
        BOTH = 1,
        ROWS = 1,
        COLUMNS = 0
    };
    static const bool of_rows[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) where,
#include "event_fields.def"
#undef EVENT_FIELD
    };
    return of_rows[field];
}

static struct record record_of(const struct event_object *event)
{
    struct record record = {.event = event->message, .lead = {"", 0}, .tail = {"", 0}};
    if (event->data != NULL)
        record.text =
            (struct bytes){PyBytes_AsString(event->data), (size_t)PyBytes_Size(event->data)};
    return record;
}

static PyObject *shared(PyObject *object)
{
    Py_XINCREF(object);
    return object;
}

static PyObject *text_of(struct bytes text)
{
    return core_text(text.data, text.length);
}

static PyObject *named(const char *name)
{
    return name == NULL ? NULL : PyUnicode_InternFromString(name);
}

static enum sbfota_argument argument(const struct event_object *event)
{
    const struct sbfota_message_row *const row = sbfota_message(event->message.kind);
    return row == NULL ? SBFOTA_ARGUMENT_NONE : (enum sbfota_argument)row->argument;
}

static bool has_table_code(const struct event_object *event)
{
    return sbfota_table_of_kind(event->message.kind) != SBFOTA_CODE_TABLE_NONE;
}

static PyObject *number_if(const struct event_object *event, enum sbfota_argument wanted)
{
    return argument(event) == wanted ? PyLong_FromLong(event->message.value) : NULL;
}

static PyObject *code(const struct event_object *event)
{
    if (has_table_code(event))
        return PyLong_FromLong(event->message.value);
    return event->message.extent == 0 ? number_if(event, SBFOTA_ARGUMENT_CME_CODE) : NULL;
}

static PyObject *meaning(const struct event_object *event)
{
    const struct record record = record_of(event);
    if (has_table_code(event)) {
        const struct sbfota_code_row *const row =
            sbfota_code(sbfota_table_of_kind(event->message.kind), event->message.value);
        return row == NULL ? NULL : named(row->text);
    }
    if (argument(event) != SBFOTA_ARGUMENT_CME_CODE || event->message.extent == 0 ||
        event->data == NULL)
        return NULL;
    return text_of(record_part(&record));
}

static PyObject *polling(const struct event_object *event)
{
    const struct sbfota_code_row *const row =
        has_table_code(event)
            ? sbfota_code(sbfota_table_of_kind(event->message.kind), event->message.value)
            : NULL;
    if (row == NULL || row->aftermath == SBFOTA_AFTERMATH_NONE)
        return NULL;
    return named(row->aftermath == SBFOTA_AFTERMATH_STOPPED ? "stopped" : "rearmed");
}

static PyObject *keyword(const struct event_object *event)
{
    const struct record record = record_of(event);
    return event->message.kind == SBFOTA_UNKNOWN && event->data != NULL
               ? text_of(record_part(&record))
               : NULL;
}

static PyObject *flags(const struct event_object *event, bool needed)
{
    const struct record record = record_of(event);
    const unsigned set = record_flags(&record);
    PyObject *const list = needed && set == 0 ? NULL : PyList_New(0);
    for (unsigned bit = 0; list != NULL && bit < 8; bit++) {
        const char *const name = (set >> bit & 1) != 0 ? sbfota_flag_name(1U << bit) : NULL;
        PyObject *const flag = named(name);
        if (name == NULL)
            continue;
        if (flag == NULL || PyList_Append(list, flag) < 0) {
            Py_XDECREF(flag);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(flag);
    }
    return list;
}

static PyObject *spelling(const struct event_object *event)
{
    const struct record record = record_of(event);
    char words[256]; /* without line ends they are far fewer */
    if (sbfota_message(event->message.kind) == NULL || spelling_is_canonical(&record) ||
        spelling_most(&record) > sizeof words)
        return NULL;
    PyObject *const said =
        PyUnicode_DecodeASCII(words, (Py_ssize_t)spelling_write(&record, words), NULL);
    if (said == NULL || !spelling_has_text(&record))
        return said;
    PyObject *const text = text_of(record.text);
    PyObject *const whole = text == NULL ? NULL : PyUnicode_Concat(said, text);
    Py_XDECREF(text);
    Py_DECREF(said);
    return whole;
}

static PyObject *raw(const struct event_object *event, bool needed)
{
    const struct record record = record_of(event);
    if (event->data == NULL || (needed && !record_needs_raw(&record)))
        return NULL;
    return text_of(record.text);
}

static PyObject *clock_name(const struct event_object *event)
{
    static const char *const names[SBFOTA_LOG_CLOCK_COUNT] = {NULL,   "utc", "local",
                                                              "year", "day", "start"};
    return named(names[event->clock]);
}

static PyObject *direction(const struct event_object *event)
{
    if (event->direction == SBFOTA_LOG_DIRECTION_NONE)
        return NULL;
    return named(event->direction == SBFOTA_LOG_TX ? "tx" : "rx");
}

static PyObject *kind_name(unsigned kind)
{
    const struct sbfota_message_row *const row = sbfota_message(kind);
    return row == NULL ? NULL : named(row->name);
}

static PyObject *range_number(const struct event_object *event, int64_t number)
{
    return event->message.kind == SBFOTA_RANGE ? PyLong_FromLongLong(number) : NULL;
}

static PyObject *parameter(const struct event_object *event)
{
    if (event->message.kind != SBFOTA_RANGE)
        return NULL;
    return named(event->message.detail == SBFOTA_PARAMETER_ACCEPT ? "sbfota_accept"
                                                                  : "sbfota_delay");
}

static PyObject *reason(const struct event_object *event)
{
    const unsigned kind = event->message.kind;
    return kind == SBFOTA_UNKNOWN || kind == SBFOTA_MALFORMED
               ? named(sbfota_reason_name(event->message.detail))
               : NULL;
}

PyObject *event_value(const struct event_object *event, enum event_field field, bool needed)
{
    switch (field) {
    case EVENT_file: return shared(event->file);
    case EVENT_line: return event->line == 0 ? NULL : PyLong_FromUnsignedLongLong(event->line);
    case EVENT_offset: return PyLong_FromUnsignedLongLong(event->message.offset);
    case EVENT_length: return PyLong_FromUnsignedLongLong(event->message.length);
    case EVENT_time: return shared(event->time);
    case EVENT_time_text: return shared(event->time);
    case EVENT_clock: return clock_name(event);
    case EVENT_modem: return shared(event->modem);
    case EVENT_dir: return direction(event);
    case EVENT_event: return kind_name(event->message.kind);
    case EVENT_code: return code(event);
    case EVENT_seconds: return number_if(event, SBFOTA_ARGUMENT_SECONDS);
    case EVENT_percent: return number_if(event, SBFOTA_ARGUMENT_PERCENT);
    case EVENT_para: return number_if(event, SBFOTA_ARGUMENT_PARA);
    case EVENT_parameter: return parameter(event);
    case EVENT_min: return range_number(event, event->message.value);
    case EVENT_max: return range_number(event, event->message.extent);
    case EVENT_text: return meaning(event);
    case EVENT_polling: return polling(event);
    case EVENT_keyword: return keyword(event);
    case EVENT_reason: return reason(event);
    case EVENT_at:
        return event->message.kind == SBFOTA_MALFORMED ? PyLong_FromLong(event->message.value)
                                                       : NULL;
    case EVENT_answers: return kind_name(event->answers);
    case EVENT_flags: return flags(event, needed);
    case EVENT_as: return spelling(event);
    case EVENT_raw: return raw(event, needed);
    case EVENT_FIELDS: break;
    }
    return NULL;
}
