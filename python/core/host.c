/* SPDX-License-Identifier: MIT
 *
 * Host: the host's side of the dialogue with a module (sbfota/host.h). */
#include "core.h"

#include <string.h>

struct host_object {
    PyObject_HEAD struct sbfota_host host;
};

static PyTypeObject *host_type;

static struct sbfota_host *of(PyObject *self)
{
    return &((struct host_object *)self)->host;
}

/* None is any. False with an exception set. */
static bool take_delay(PyObject *object, unsigned *delay)
{
    *delay = SBFOTA_NO_DELAY;
    if (object == NULL || object == Py_None)
        return true;
    const long number = PyLong_AsLong(object);
    if (number == -1 && PyErr_Occurred())
        return false;
    if (number < 0 || number > 60) {
        PyErr_Format(PyExc_ValueError, "a delay is 0 to 60 seconds, not %ld", number);
        return false;
    }
    *delay = (unsigned)number;
    return true;
}

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"delay", NULL};
    PyObject *object = NULL;
    unsigned delay;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:Host", names, &object) ||
        !take_delay(object, &delay))
        return NULL;
    struct host_object *const host = core_object(type);
    if (host != NULL)
        sbfota_host_init(&host->host, delay);
    return (PyObject *)host;
}

static PyObject *set_delay(PyObject *self, PyObject *object)
{
    unsigned delay;
    if (!take_delay(object, &delay))
        return NULL;
    sbfota_host_set_delay(of(self), delay);
    return core_none();
}

static PyObject *event(PyObject *self, PyObject *args)
{
    PyObject *object;
    PyObject *when = NULL;
    struct sbfota_change change;
    int64_t time;
    if (!PyArg_ParseTuple(args, "O|O:event", &object, &when) || !core_time(when, &time))
        return NULL;
    const struct event_object *const taken = event_from(object);
    if (taken == NULL)
        return NULL;
    memset(&change, 0, sizeof change);
    const bool ours =
        sbfota_host_event(of(self), &taken->message,
                          when == NULL || when == Py_None ? taken->time_ms : time, &change);
    PyObject *const told = change_tuple(&change);
    return told == NULL ? NULL : Py_BuildValue("(NN)", PyBool_FromLong(ours), told);
}

static PyObject *next_command(PyObject *self, PyObject *when)
{
    struct sbfota_event command;
    struct sbfota_change change;
    char bytes[SBFOTA_HOST_ROOM];
    ptrdiff_t length = 0;
    uint32_t again;
    int64_t now;
    if (!core_time(when, &now))
        return NULL;
    if (sbfota_host_next(of(self), now, &command, &change, &again))
        length = sbfota_format(&command, NULL, SBFOTA_FORMAT_FRAMED, bytes, sizeof bytes);
    PyObject *const wait = core_number(again, SBFOTA_NO_DURATION);
    return wait == NULL ? NULL : Py_BuildValue("(y#N)", bytes, (Py_ssize_t)length, wait);
}

static PyObject *ready(PyObject *self, PyObject *object)
{
    const int stopped = PyObject_IsTrue(object);
    if (stopped < 0)
        return NULL;
    sbfota_host_ready(of(self), stopped != 0);
    return core_none();
}

static PyObject *claim(PyObject *self, PyObject *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_host_claim(of(self)));
}

static PyObject *release(PyObject *self, PyObject *unused)
{
    (void)unused;
    sbfota_host_release(of(self));
    return core_none();
}

static PyObject *silence(PyObject *self, PyObject *when)
{
    int64_t now;
    if (!core_time(when, &now))
        return NULL;
    return core_number(sbfota_host_silence(of(self), now), SBFOTA_NO_DURATION);
}

static PyObject *save(PyObject *self, PyObject *unused)
{
    uint8_t saved[SBFOTA_HOST_SAVED];
    (void)unused;
    sbfota_host_save(of(self), saved);
    return PyBytes_FromStringAndSize((const char *)saved, sizeof saved);
}

static PyObject *load(PyObject *self, PyObject *object)
{
    PyObject *const saved = core_bytes(object);
    if (saved == NULL)
        return NULL;
    const bool sound = PyBytes_Size(saved) == SBFOTA_HOST_SAVED &&
                       sbfota_host_load(of(self), (const uint8_t *)PyBytes_AsString(saved));
    Py_DECREF(saved);
    if (sound)
        return core_none();
    PyErr_SetString(PyExc_ValueError, "these bytes are no saved host of this version");
    return NULL;
}

static PyObject *get_may_cut(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_host_may_cut(of(self)));
}

static PyObject *get_unsaved(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_host_unsaved(of(self)));
}

static PyObject *get_session(PyObject *self, void *unused)
{
    (void)unused;
    return session_copy(sbfota_host_session(of(self)));
}

static PyObject *get_delay_state(PyObject *self, void *unused)
{
    static const char *const names[] = {"any",     "pending", "verified", "mute",
                                        "refused", "differs", "reboots"};
    (void)unused;
    return core_name(names[sbfota_host_delay_state(of(self))]);
}

static PyGetSetDef getters[] = {
    {"may_cut", get_may_cut, NULL, "may the power of the module be cut now?", NULL},
    {"unsaved", get_unsaved, NULL, "has anything but a percentage changed since save or load?",
     NULL},
    {"session", get_session, NULL, "the Session as it stands: a copy", NULL},
    {"delay_state", get_delay_state, NULL,
     "what has become of the delay: `any`, `pending`, `verified`, or given up: `mute`, `refused`, "
     "`differs`, `reboots`",
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMethodDef methods[] = {
    {"set_delay", set_delay, METH_O,
     "set_delay($self, delay, /)\n--\n\nAnother delay from now on, 0 to 60 seconds, or None to "
     "leave it "
     "alone; and a new try if the last was given up."},
    {"event", event, METH_VARARGS, "event($self, event, now_ms=None, /)\n--\n\n(ours, change)"},
    {"next", next_command, METH_O,
     "next($self, now_ms, /)\n--\n\n"
     "(command, again_ms): the bytes to send now, which may be none, and milliseconds until the "
     "next call at the latest, "
     "or None if only an event can change anything. What it gives must be sent."},
    {"ready", ready, METH_O,
     "ready($self, tasks_stopped, /)\n--\n\nHave the host's tasks stopped, so that the update may "
     "begin? "
     "While true, accept is sent in its window."},
    {"claim", claim, METH_NOARGS,
     "claim($self, /)\n--\n\nMay the caller send a command of its own now? If so, nothing is sent "
     "until "
     "release. False while a command is under way."},
    {"release", release, METH_NOARGS, "release($self, /)\n--\n\nThe caller's command has ended."},
    {"silence", silence, METH_O,
     "silence($self, now_ms, /)\n--\n\nMilliseconds since the last event of the module; None if "
     "none has "
     "come."},
    {"save", save, METH_NOARGS,
     "save($self, /)\n--\n\n72 bytes, for the time that the host is down."},
    {"load", load, METH_O,
     "load($self, saved, /)\n--\n\nTake what save gave.\n\nValueError: it is none of this "
     "version."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {{Py_tp_new, create},
                              {Py_tp_dealloc, core_object_free},
                              {Py_tp_getset, getters},
                              {Py_tp_methods, methods},
                              {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Host", sizeof(struct host_object), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

int host_add_to(PyObject *module)
{
    host_type = core_type(module, &spec);
    return host_type == NULL ? -1 : 0;
}
