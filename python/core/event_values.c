/* SPDX-License-Identifier: MIT */
#include "event_values.h"

#include <sbfota/texts.h>

#include "log/text/spelling.h"

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

/* What comes of the argument of the message. */
static PyObject *argument(const struct event_object *event, enum event_field field)
{
    const struct record record = record_of(event);
    struct event_value values[ARGUMENT_VALUES];
    const unsigned count =
        sbfota_message(event->message.kind) == NULL ? 0 : event_argument(&record, values);
    for (unsigned i = 0; i < count; i++)
        if (values[i].field == field && values[i].value.type != VALUE_NONE)
            return core_value(&values[i].value);
    return NULL;
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
    case EVENT_code:
    case EVENT_seconds:
    case EVENT_percent:
    case EVENT_para:
    case EVENT_parameter:
    case EVENT_min:
    case EVENT_max:
    case EVENT_text:
    case EVENT_polling:
    case EVENT_keyword:
    case EVENT_reason:
    case EVENT_at: return argument(event, field);
    case EVENT_answers: return kind_name(event->answers);
    case EVENT_flags: return flags(event, needed);
    case EVENT_as: return spelling(event);
    case EVENT_raw: return raw(event, needed);
    case EVENT_FIELDS: break;
    }
    return NULL;
}
