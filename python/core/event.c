/* SPDX-License-Identifier: MIT
 *
 * Event: one event, its fields as JSON Lines have them (grammar/event_fields.def). */
#include "core.h"

#include <string.h>

#include <sbfota/texts.h>

#include "event_values.h"

PyTypeObject *event_type;

struct event_object *event_new(const struct sbfota_event *message)
{
    struct event_object *const event = core_object(event_type);
    if (event == NULL)
        return NULL;
    event->message = *message;
    event->time_ms = SBFOTA_NO_TIME;
    return event;
}

struct event_object *event_from(PyObject *object)
{
    return core_is(object, event_type, "sbfota.Event") ? (struct event_object *)object : NULL;
}

static void dealloc(PyObject *self)
{
    struct event_object *const event = (struct event_object *)self;
    Py_XDECREF(event->data);
    Py_XDECREF(event->time);
    Py_XDECREF(event->modem);
    Py_XDECREF(event->file);
    Py_XDECREF(event->log);
    core_object_free(self);
}

/* A field that there is not is None. */
static PyObject *get(PyObject *self, void *closure)
{
    PyObject *const value =
        event_value((struct event_object *)self, (enum event_field)(intptr_t)closure, false);
    return value != NULL || PyErr_Occurred() ? value : core_none();
}

static PyObject *get_time_ms(PyObject *self, void *closure)
{
    (void)closure;
    return core_number(((struct event_object *)self)->time_ms, SBFOTA_NO_TIME);
}

static PyObject *get_data(PyObject *self, void *closure)
{
    PyObject *const data = ((struct event_object *)self)->data;
    (void)closure;
    Py_XINCREF(data);
    return data == NULL ? core_none() : data;
}

/* `as` is a keyword of Python. */
#define as as_
#define STRING(text) #text
#define ATTRIBUTE(id) STRING(id)
static PyGetSetDef fields[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) \
    {ATTRIBUTE(id), get, NULL, meaning, (void *)(intptr_t)EVENT_##id},
#include "event_fields.def"
#undef EVENT_FIELD
#undef as
    {"time_ms", get_time_ms, NULL,
     "milliseconds since what `clock` says, or as the caller gave them; None without a time", NULL},
    {"data", get_data, NULL, "the text as bytes, without line ends; None of `overlong` and `blank`",
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyObject *asdict(PyObject *self, PyObject *unused)
{
    static const char *const names[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) #id,
#include "event_fields.def"
#undef EVENT_FIELD
    };
    PyObject *const dict = PyDict_New();
    (void)unused;
    for (enum event_field field = 0; dict != NULL && field < EVENT_FIELDS; field++) {
        if (!event_field_is_of_rows(field))
            continue;
        PyObject *const value = event_value((struct event_object *)self, field, true);
        if (value == NULL && !PyErr_Occurred())
            continue;
        if (!core_put(dict, names[field], value)) {
            Py_DECREF(dict);
            return NULL;
        }
    }
    return dict;
}

static PyObject *encode(PyObject *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"own", "framed", NULL};
    struct event_object *const event = (struct event_object *)self;
    char line[SBFOTA_LINE_MAX + 16];
    int own = 0;
    int framed = 1;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|$pp:encode", names, &own, &framed))
        return NULL;
    const unsigned style = (own ? SBFOTA_FORMAT_OWN : 0U) | (framed ? SBFOTA_FORMAT_FRAMED : 0U);
    const ptrdiff_t length =
        sbfota_format(&event->message, event->data == NULL ? NULL : PyBytes_AsString(event->data),
                      style, line, sizeof line);
    if (length >= 0 && (size_t)length <= sizeof line)
        return PyBytes_FromStringAndSize(line, length);
    PyErr_Format(PyExc_ValueError,
                 length == SBFOTA_FORMAT_OUT_OF_RANGE ? "%s: the number is out of its range"
                                                      : "%s: there is no text to write",
                 sbfota_message(event->message.kind) == NULL
                     ? "none"
                     : sbfota_message(event->message.kind)->name);
    return NULL;
}

static PyObject *repr(PyObject *self)
{
    PyObject *const dict = asdict(self, NULL);
    PyObject *const shown = dict == NULL ? NULL : PyUnicode_FromFormat("<Event %R>", dict);
    Py_XDECREF(dict);
    return shown;
}

static PyMethodDef methods[] = {
    {"asdict", asdict, METH_NOARGS,
     "asdict($self, /)\n--\n\nThe fields that there are, with the names, the values and in the "
     "order of a "
     "line of `sbfota decode -f jsonl`."},
    {"encode", (PyCFunction)(void (*)(void))encode, METH_VARARGS | METH_KEYWORDS,
     "encode($self, /, *, own=False, framed=True)\n--\n\n"
     "The bytes of the line.\n\n"
     "own: as this event was spelled, not as the note has it. framed: with line ends.\n"
     "ValueError: the event has no text (`overlong`, `blank`), or is a command with a number out "
     "of its range."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {
    {Py_tp_dealloc, dealloc},
    {Py_tp_new, core_no_new},
    {Py_tp_repr, repr},
    {Py_tp_getset, fields},
    {Py_tp_methods, methods},
    {Py_tp_doc, "One event, of a port or of a log. A field that it does not have is None."},
    {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Event", sizeof(struct event_object), 0, Py_TPFLAGS_DEFAULT,
                           slots};

int event_add_to(PyObject *module)
{
    event_type = core_type(module, &spec);
    return event_type == NULL ? -1 : 0;
}
