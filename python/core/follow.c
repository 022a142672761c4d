/* SPDX-License-Identifier: MIT
 *
 * What Sessions and Modems have in common: they follow the events of a log. */
#include "core.h"

struct follower *follower_make(PyTypeObject *type, const struct follower_kind *kind, void *followed)
{
    struct follower *const self = followed == NULL ? NULL : core_object(type);
    if (self == NULL) {
        if (followed != NULL)
            kind->free(followed);
        else
            PyErr_NoMemory();
        return NULL;
    }
    self->kind = kind;
    self->followed = followed;
    return self;
}

void follower_dealloc(PyObject *object)
{
    struct follower *const self = (struct follower *)object;
    if (self->followed != NULL)
        self->kind->free(self->followed);
    core_object_free(object);
}

static PyObject *take(struct follower *self, enum sbfota_log_result result)
{
    if (result >= 0)
        return self->kind->take(self->followed);
    log_raise(result);
    return NULL;
}

static PyObject *feed_batch(struct follower *self, const struct sbfota_log_batch *batch)
{
    enum sbfota_log_result result;
    self->busy = true;
    Py_BEGIN_ALLOW_THREADS result = self->kind->feed(self->followed, batch->events, batch->count);
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

/* An event as the log library has it, which lives as long as what is given: a tuple, or NULL with an exception set. */
static PyObject *event_for_log(const struct event_object *event, struct sbfota_log_event *out)
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

static PyObject *feed_event(struct follower *self, const struct event_object *event)
{
    struct sbfota_log_event out;
    PyObject *const kept = event_for_log(event, &out);
    if (kept == NULL)
        return NULL;
    PyObject *const taken = take(self, self->kind->feed(self->followed, &out, 1));
    Py_DECREF(kept);
    return taken;
}

static bool is_busy(const struct follower *self)
{
    if (self->busy || self->finished)
        PyErr_SetString(PyExc_RuntimeError,
                        self->busy ? self->kind->busy : "there were no more events");
    return self->busy || self->finished;
}

PyObject *follower_feed(PyObject *object, PyObject *from)
{
    struct follower *const self = (struct follower *)object;
    if (is_busy(self))
        return NULL;
    if (PyObject_TypeCheck(from, batch_type))
        return feed_batch(self, ((struct batch_object *)from)->batch);
    const struct event_object *const event = event_from(from);
    return event == NULL ? NULL : feed_event(self, event);
}

PyObject *follower_feed_rows(PyObject *object, PyObject *args)
{
    struct follower *const self = (struct follower *)object;
    PyObject *schema;
    PyObject *array;
    if (!PyArg_ParseTuple(args, "OO:feed_rows", &schema, &array) || is_busy(self))
        return NULL;
    self->busy = true;
    const bool fed = rows_feed(self->kind->feed, self->followed, schema, array);
    self->busy = false;
    return fed ? take(self, SBFOTA_LOG_END) : NULL;
}

PyObject *follower_finish(PyObject *object, PyObject *unused)
{
    struct follower *const self = (struct follower *)object;
    (void)unused;
    if (is_busy(self))
        return NULL;
    self->finished = self->kind->once;
    return take(self, self->kind->finish(self->followed));
}
