/* SPDX-License-Identifier: MIT
 *
 * Session: the update sessions of one modem (sbfota/session.h). */
#include "core.h"

#include <string.h>

struct session_object {
    PyObject_HEAD struct sbfota_session session;
};

static PyTypeObject *session_type;

static struct sbfota_session *of(PyObject *self)
{
    return &((struct session_object *)self)->session;
}

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {NULL};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, ":Session", names))
        return NULL;
    struct session_object *const session = core_object(type);
    if (session != NULL)
        sbfota_session_init(&session->session);
    return (PyObject *)session;
}

PyObject *session_copy(const struct sbfota_session *session)
{
    struct session_object *const copy = core_object(session_type);
    if (copy != NULL)
        copy->session = *session;
    return (PyObject *)copy;
}

static PyObject *has(const struct sbfota_change *change, enum sbfota_change_bit bit)
{
    return PyBool_FromLong((change->what & bit) != 0);
}

PyObject *change_tuple(const struct sbfota_change *change)
{
    PyObject *const finished = (change->what & SBFOTA_CHANGE_FINISHED) != 0
                                   ? attempt_dict(&change->finished)
                                   : core_none();
    if (finished == NULL)
        return NULL;
    PyObject *const problems = problem_list(change->problems);
    if (problems == NULL) {
        Py_DECREF(finished);
        return NULL;
    }
    return Py_BuildValue("(ssNNNNNNN)", sbfota_phase_name(change->phase),
                         sbfota_outcome_name(change->outcome), finished,
                         has(change, SBFOTA_CHANGE_BEGAN), has(change, SBFOTA_CHANGE_BELONGS),
                         has(change, SBFOTA_CHANGE_PHASE), has(change, SBFOTA_CHANGE_OUTCOME),
                         has(change, SBFOTA_CHANGE_REPEAT), problems);
}

static PyObject *feed(PyObject *self, PyObject *args)
{
    PyObject *object;
    PyObject *when = NULL;
    struct sbfota_change change;
    int64_t time;
    if (!PyArg_ParseTuple(args, "O|O:feed", &object, &when) || !core_time(when, &time))
        return NULL;
    const struct event_object *const event = event_from(object);
    if (event == NULL)
        return NULL;
    memset(&change, 0, sizeof change);
    sbfota_session_feed(of(self), &event->message,
                        when == NULL || when == Py_None ? event->time_ms : time, &change);
    return change_tuple(&change);
}

static PyObject *starts_in(PyObject *self, PyObject *args)
{
    PyObject *when = NULL;
    uint32_t seconds;
    int64_t now;
    if (!PyArg_ParseTuple(args, "|O:starts_in", &when) || !core_time(when, &now))
        return NULL;
    return sbfota_session_starts_in(of(self), now, &seconds) ? PyLong_FromUnsignedLong(seconds)
                                                             : core_none();
}

static PyObject *save(PyObject *self, PyObject *unused)
{
    uint8_t saved[SBFOTA_SESSION_SAVED];
    (void)unused;
    sbfota_session_save(of(self), saved);
    return PyBytes_FromStringAndSize((const char *)saved, sizeof saved);
}

static PyObject *load(PyObject *self, PyObject *object)
{
    PyObject *const saved = core_bytes(object);
    if (saved == NULL)
        return NULL;
    const bool sound = PyBytes_Size(saved) == SBFOTA_SESSION_SAVED &&
                       sbfota_session_load(of(self), (const uint8_t *)PyBytes_AsString(saved));
    Py_DECREF(saved);
    if (sound)
        return core_none();
    PyErr_SetString(PyExc_ValueError, "these bytes are no saved session of this version");
    return NULL;
}

static PyObject *get_phase(PyObject *self, void *unused)
{
    (void)unused;
    return core_name(sbfota_phase_name(sbfota_session_phase(of(self))));
}

static PyObject *get_percent(PyObject *self, void *unused)
{
    (void)unused;
    return core_number(sbfota_session_percent(of(self)), SBFOTA_NO_PERCENT);
}

static PyObject *get_power(PyObject *self, void *unused)
{
    (void)unused;
    return core_name(sbfota_power_name(sbfota_session_power(of(self))));
}

static PyObject *get_accept(PyObject *self, void *unused)
{
    (void)unused;
    return core_name(sbfota_accept_name(sbfota_session_accept(of(self))));
}

static PyObject *get_accept_allowed(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_session_accept_allowed(of(self)));
}

static PyObject *get_delay(PyObject *self, void *unused)
{
    (void)unused;
    return core_number(sbfota_session_delay(of(self)), SBFOTA_NO_DELAY);
}

static PyObject *get_polling_stopped(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_session_polling_stopped(of(self)));
}

static PyObject *get_next_poll(PyObject *self, void *unused)
{
    int64_t earliest;
    int64_t latest;
    (void)unused;
    if (!sbfota_session_next_poll(of(self), &earliest, &latest))
        return core_none();
    return Py_BuildValue("(LL)", (long long)earliest, (long long)latest);
}

static PyObject *get_attempt(PyObject *self, void *unused)
{
    struct sbfota_attempt attempt;
    (void)unused;
    return sbfota_session_attempt(of(self), &attempt) ? attempt_dict(&attempt) : core_none();
}

static PyGetSetDef getters[] = {
    {"phase", get_phase, NULL, "what the module is at, or was at last", NULL},
    {"percent", get_percent, NULL, "how far it is in that phase, 0 to 100; or None", NULL},
    {"power", get_power, NULL, "what losing the power now would do; only `safe` permits to cut it",
     NULL},
    {"accept", get_accept, NULL, "what became of the host's accept", NULL},
    {"accept_allowed", get_accept_allowed, NULL, "would the module take accept now?", NULL},
    {"delay", get_delay, NULL,
     "seconds of the delay before the update, as last set or told; or None", NULL},
    {"polling_stopped", get_polling_stopped, NULL, "has the module stopped polling?", NULL},
    {"next_poll", get_next_poll, NULL,
     "when the module will next ask for firmware: (earliest, latest) in milliseconds of the "
     "events' clock; or None",
     NULL},
    {"attempt", get_attempt, NULL,
     "the last attempt, under way or over, as it stands: a dict; or None", NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMethodDef methods[] = {
    {"feed", feed, METH_VARARGS,
     "feed($self, event, time_ms=None, /)\n--\n\nWhat an event changed, as a tuple."},
    {"starts_in", starts_in, METH_VARARGS,
     "starts_in($self, now_ms=None, /)\n--\n\nSeconds until the update starts by itself, 0 if that "
     "is "
     "overdue; None if it is not waiting or nothing tells."},
    {"save", save, METH_NOARGS,
     "save($self, /)\n--\n\n64 bytes, for the time that the host is down."},
    {"load", load, METH_O,
     "load($self, saved, /)\n--\n\nTake what save gave.\n\nValueError: it is none of this "
     "version."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {{Py_tp_new, create},
                              {Py_tp_dealloc, core_object_free},
                              {Py_tp_getset, getters},
                              {Py_tp_methods, methods},
                              {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Session", sizeof(struct session_object), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

int session_add_to(PyObject *module)
{
    session_type = core_type(module, &spec);
    return session_type == NULL ? -1 : 0;
}
