/* SPDX-License-Identifier: MIT
 *
 * Modems: where each modem of a log stands (sbfota/log.h). */
#include "core.h"

#include <string.h>

#include <sbfota/texts.h>

PyTypeObject *modems_type;

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"now", NULL};
    PyObject *now = NULL;
    int64_t time;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:Modems", names, &now) ||
        !core_time(now, &time))
        return NULL;
    struct modems_object *const self = core_object(type);
    if (self == NULL)
        return NULL;
    self->modems = sbfota_log_modems_new(time);
    if (self->modems != NULL)
        return (PyObject *)self;
    Py_DECREF(self);
    return PyErr_NoMemory();
}

static void dealloc(PyObject *self)
{
    sbfota_log_modems_free(((struct modems_object *)self)->modems);
    core_object_free(self);
}

static PyObject *done(enum sbfota_log_result result)
{
    if (result == SBFOTA_LOG_END)
        return core_none();
    log_raise(result);
    return NULL;
}

static PyObject *feed_batch(struct modems_object *self, const struct sbfota_log_batch *batch)
{
    enum sbfota_log_result result;
    self->busy = true;
    Py_BEGIN_ALLOW_THREADS result =
        sbfota_log_modems_feed(self->modems, batch->events, batch->count);
    Py_END_ALLOW_THREADS self->busy = false;
    return done(result);
}

static PyObject *feed_event(struct modems_object *self, const struct event_object *event)
{
    struct sbfota_log_event out;
    PyObject *const kept = event_for_log(event, &out);
    if (kept == NULL)
        return NULL;
    const enum sbfota_log_result result = sbfota_log_modems_feed(self->modems, &out, 1);
    Py_DECREF(kept);
    return done(result);
}

static bool is_busy(const struct modems_object *self)
{
    if (self->busy || self->finished)
        PyErr_SetString(PyExc_RuntimeError, self->busy ? "another thread follows these modems"
                                                       : "there were no more events");
    return self->busy || self->finished;
}

static PyObject *feed(PyObject *object, PyObject *from)
{
    struct modems_object *const self = (struct modems_object *)object;
    if (is_busy(self))
        return NULL;
    if (PyObject_TypeCheck(from, batch_type))
        return feed_batch(self, ((struct batch_object *)from)->batch);
    const struct event_object *const event = event_from(from);
    return event == NULL ? NULL : feed_event(self, event);
}

static enum sbfota_log_result follow(void *modems, const struct sbfota_log_event *event)
{
    return sbfota_log_modems_feed(modems, event, 1);
}

static PyObject *feed_rows(PyObject *object, PyObject *args)
{
    struct modems_object *const self = (struct modems_object *)object;
    PyObject *schema;
    PyObject *array;
    if (!PyArg_ParseTuple(args, "OO:feed_rows", &schema, &array) || is_busy(self))
        return NULL;
    self->busy = true;
    const bool fed = rows_feed(follow, self->modems, schema, array);
    self->busy = false;
    return fed ? core_none() : NULL;
}

static PyObject *finish(PyObject *object, PyObject *unused)
{
    struct modems_object *const self = (struct modems_object *)object;
    (void)unused;
    if (is_busy(self))
        return NULL;
    self->finished = true;
    return done(sbfota_log_modems_finish(self->modems));
}

static bool put_time(PyObject *dict, const char *key, const char *time)
{
    return time[0] == '\0' || dict_put_text(dict, key, time, strlen(time));
}

static bool put_number(PyObject *dict, const char *key, uint32_t number)
{
    return core_put(dict, key, PyLong_FromUnsignedLong(number));
}

/* With the keys of a line of `sbfota modems -f jsonl`, and in their order. */
static bool put_modem(PyObject *dict, const struct sbfota_log_modem *modem)
{
    const size_t file = modem->file == NULL ? 0 : strlen(modem->file);
    return dict_put_text(dict, "modem", modem->modem, modem->modem_length) &&
           dict_put_text(dict, "file", modem->file, file) &&
           dict_put_name(dict, "phase", sbfota_phase_name(modem->phase)) &&
           (modem->percent == SBFOTA_NO_PERCENT || put_number(dict, "percent", modem->percent)) &&
           (modem->attempts == 0 ||
            dict_put_name(dict, "outcome", sbfota_outcome_name(modem->outcome))) &&
           put_number(dict, "attempts", modem->attempts) &&
           put_number(dict, "updated", modem->updated) &&
           put_time(dict, "first_seen", modem->first_seen) &&
           put_time(dict, "last_seen", modem->last_seen) &&
           dict_put_name(dict, "power", sbfota_power_name(modem->power)) &&
           core_put(dict, "polling_stopped", PyBool_FromLong(modem->polling_stopped)) &&
           put_time(dict, "next_poll_earliest", modem->next_poll_earliest) &&
           put_time(dict, "next_poll_latest", modem->next_poll_latest) &&
           (modem->delay == SBFOTA_NO_DELAY || put_number(dict, "delay", modem->delay)) &&
           dict_put_name(dict, "text", modem->text) &&
           put_time(dict, "phase_since", modem->phase_since) &&
           (modem->silent_ms == SBFOTA_NO_TIME ||
            dict_put_duration(dict, "silent_s", modem->silent_ms)) &&
           put_number(dict, "power_losses", modem->power_losses) &&
           dict_put_name(dict, "advice", modem->advice);
}

static Py_ssize_t length(PyObject *self)
{
    return (Py_ssize_t)sbfota_log_modems_count(((struct modems_object *)self)->modems);
}

static PyObject *item(PyObject *self, Py_ssize_t number)
{
    struct sbfota_log_modem modem;
    if (number < 0 ||
        !sbfota_log_modems_get(((struct modems_object *)self)->modems, (size_t)number, &modem)) {
        PyErr_SetString(PyExc_IndexError, "there is no such modem");
        return NULL;
    }
    PyObject *const dict = PyDict_New();
    if (dict == NULL || put_modem(dict, &modem))
        return dict;
    Py_DECREF(dict);
    return NULL;
}

static PyMethodDef methods[] = {
    {"feed", feed, METH_O, "feed($self, events, /)\n--\n\nA Batch, or an Event."},
    {"feed_rows", feed_rows, METH_VARARGS,
     "feed_rows($self, schema, array, /)\n--\n\nA batch of a table with the columns ROWS, in "
     "capsules of Arrow. ValueError: it has other columns, or an event that there is not."},
    {"finish", finish, METH_NOARGS, "finish($self, /)\n--\n\nThere are no more events."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {{Py_tp_new, create},      {Py_tp_dealloc, dealloc},
                              {Py_tp_methods, methods}, {Py_sq_length, length},
                              {Py_sq_item, item},       {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Modems", sizeof(struct modems_object), 0,
                           Py_TPFLAGS_DEFAULT, slots};

int modems_add_to(PyObject *module)
{
    modems_type = core_type(module, &spec);
    return modems_type == NULL ? -1 : 0;
}
