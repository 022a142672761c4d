/* SPDX-License-Identifier: MIT
 *
 * Sessions and Attempts: the sessions of all modems of a log (sbfota/log.h). */
#include "core.h"

#include <string.h>

struct sessions_object {
    PyObject_HEAD struct sbfota_log_sessions *sessions;
    bool busy;
};

static PyTypeObject *sessions_type;
PyTypeObject *attempts_type;

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {NULL};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, ":Sessions", names))
        return NULL;
    struct sessions_object *const self = core_object(type);
    if (self == NULL)
        return NULL;
    self->sessions = sbfota_log_sessions_new();
    if (self->sessions != NULL)
        return (PyObject *)self;
    Py_DECREF(self);
    return PyErr_NoMemory();
}

static void dealloc(PyObject *self)
{
    sbfota_log_sessions_free(((struct sessions_object *)self)->sessions);
    core_object_free(self);
}

/* The attempts that have been finished, or None. */
static PyObject *take(struct sessions_object *self, enum sbfota_log_result result)
{
    if (result < 0) {
        log_raise(result);
        return NULL;
    }
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(self->sessions);
    if (attempts == NULL)
        return core_none();
    struct attempts_object *const object = core_object(attempts_type);
    if (object == NULL)
        sbfota_log_attempts_free(attempts);
    else
        object->attempts = attempts;
    return (PyObject *)object;
}

static PyObject *feed_batch(struct sessions_object *self, const struct sbfota_log_batch *batch)
{
    enum sbfota_log_result result;
    self->busy = true;
    Py_BEGIN_ALLOW_THREADS result =
        sbfota_log_sessions_feed(self->sessions, batch->events, batch->count);
    Py_END_ALLOW_THREADS self->busy = false;
    return take(self, result);
}

/* The bytes of a str that stands in an event; NULL for none. They live until the tuple does. */
static const char *bytes_of(PyObject *kept, Py_ssize_t place, PyObject *text, size_t *length)
{
    *length = 0;
    if (text == NULL)
        return NULL;
    PyObject *const bytes = PyUnicode_AsUTF8String(text);
    if (bytes == NULL || PyTuple_SetItem(kept, place, bytes) < 0)
        return NULL;
    *length = (size_t)PyBytes_Size(bytes);
    return PyBytes_AsString(bytes);
}

PyObject *event_for_log(const struct event_object *event, struct sbfota_log_event *out)
{
    enum {
        TIME,
        MODEM,
        FILE_NAME,
        LOG_NAME,
        NAMES
    };
    PyObject *const kept = PyTuple_New(NAMES);
    size_t length;
    *out = (struct sbfota_log_event){.message = event->message,
                                     .time_ms = event->time_ms,
                                     .line = event->line,
                                     .clock = event->clock,
                                     .direction = event->direction,
                                     .answers = event->answers,
                                     .modem_number = SBFOTA_LOG_NO_NUMBER,
                                     .file_number = SBFOTA_LOG_NO_NUMBER,
                                     .log_number = SBFOTA_LOG_NO_NUMBER};
    if (kept == NULL)
        return NULL;
    if (event->data != NULL) {
        out->text = PyBytes_AsString(event->data);
        out->text_length = (uint16_t)PyBytes_Size(event->data);
    }
    out->time = bytes_of(kept, TIME, event->time, &length);
    out->time_length = (uint8_t)(length < UINT8_MAX ? length : UINT8_MAX);
    out->modem = bytes_of(kept, MODEM, event->modem, &length);
    out->modem_length = (uint32_t)length;
    out->file = bytes_of(kept, FILE_NAME, event->file, &length);
    out->log = bytes_of(kept, LOG_NAME, event->log, &length);
    if (!PyErr_Occurred())
        return kept;
    Py_DECREF(kept);
    return NULL;
}

static PyObject *feed_event(struct sessions_object *self, const struct event_object *event)
{
    struct sbfota_log_event out;
    PyObject *const kept = event_for_log(event, &out);
    if (kept == NULL)
        return NULL;
    PyObject *const taken = take(self, sbfota_log_sessions_feed(self->sessions, &out, 1));
    Py_DECREF(kept);
    return taken;
}

static bool is_busy(const struct sessions_object *self)
{
    if (self->busy)
        PyErr_SetString(PyExc_RuntimeError, "another thread follows these sessions");
    return self->busy;
}

static PyObject *feed(PyObject *object, PyObject *from)
{
    struct sessions_object *const self = (struct sessions_object *)object;
    if (is_busy(self))
        return NULL;
    if (PyObject_TypeCheck(from, batch_type))
        return feed_batch(self, ((struct batch_object *)from)->batch);
    const struct event_object *const event = event_from(from);
    return event == NULL ? NULL : feed_event(self, event);
}

static enum sbfota_log_result follow(void *sessions, const struct sbfota_log_event *event)
{
    return sbfota_log_sessions_feed(sessions, event, 1);
}

static PyObject *feed_rows(PyObject *object, PyObject *args)
{
    struct sessions_object *const self = (struct sessions_object *)object;
    PyObject *schema;
    PyObject *array;
    if (!PyArg_ParseTuple(args, "OO:feed_rows", &schema, &array) || is_busy(self))
        return NULL;
    self->busy = true;
    const bool fed = rows_feed(follow, self->sessions, schema, array);
    self->busy = false;
    return fed ? take(self, SBFOTA_LOG_END) : NULL;
}

static PyObject *finish(PyObject *object, PyObject *unused)
{
    struct sessions_object *const self = (struct sessions_object *)object;
    (void)unused;
    return is_busy(self) ? NULL : take(self, sbfota_log_sessions_finish(self->sessions));
}

static PyMethodDef methods[] = {
    {"feed", feed, METH_O,
     "feed($self, events, /)\n--\n\nA Batch, or an Event. The Attempts that have been finished, or "
     "None."},
    {"feed_rows", feed_rows, METH_VARARGS,
     "feed_rows($self, schema, array, /)\n--\n\nA batch of a table with the columns ROWS, in "
     "capsules of Arrow. The Attempts that have been finished, or None. ValueError: it has other "
     "columns, or an event that there is not."},
    {"finish", finish, METH_NOARGS,
     "finish($self, /)\n--\n\nThere are no more events. The last Attempts, or None."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_new, create}, {Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Sessions", sizeof(struct sessions_object), 0,
                           Py_TPFLAGS_DEFAULT, slots};

static void attempts_dealloc(PyObject *self)
{
    sbfota_log_attempts_free(((struct attempts_object *)self)->attempts);
    core_object_free(self);
}

static Py_ssize_t attempts_length(PyObject *self)
{
    return (Py_ssize_t)((struct attempts_object *)self)->attempts->count;
}

static PyObject *attempts_records(PyObject *self, PyObject *unused)
{
    const struct sbfota_log_attempts *const attempts = ((struct attempts_object *)self)->attempts;
    PyObject *const list = PyList_New((Py_ssize_t)attempts->count);
    (void)unused;
    for (size_t i = 0; list != NULL && i < attempts->count; i++) {
        PyObject *const record = attempt_log_dict(&attempts->list[i]);
        if (record == NULL || PyList_SetItem(list, (Py_ssize_t)i, record) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

static PyMethodDef attempts_methods[] = {
    {"records", attempts_records, METH_NOARGS, "records($self, /)\n--\n\nA list of dicts."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot attempts_slots[] = {{Py_tp_new, core_no_new},
                                       {Py_tp_dealloc, attempts_dealloc},
                                       {Py_sq_length, attempts_length},
                                       {Py_tp_methods, attempts_methods},
                                       {0, NULL}};
static PyType_Spec attempts_spec = {"sbfota._core.Attempts", sizeof(struct attempts_object), 0,
                                    Py_TPFLAGS_DEFAULT, attempts_slots};

int sessions_add_to(PyObject *module)
{
    sessions_type = core_type(module, &spec);
    attempts_type = core_type(module, &attempts_spec);
    return sessions_type == NULL || attempts_type == NULL ? -1 : 0;
}
