/* SPDX-License-Identifier: MIT
 *
 * Modems: where each modem of a log stands (sbfota/log.h). */
#include "core.h"

PyTypeObject *modems_type;

static enum sbfota_log_result feed(void *modems, const struct sbfota_log_event *events,
                                   size_t count)
{
    return sbfota_log_modems_feed(modems, events, count);
}

static enum sbfota_log_result finish(void *modems)
{
    return sbfota_log_modems_finish(modems);
}

static void release(void *modems)
{
    sbfota_log_modems_free(modems);
}

static PyObject *take(void *modems)
{
    (void)modems; /* they are told one by one */
    return core_none();
}

static const struct follower_kind kind = {.busy = "another thread follows these modems",
                                          .once = true,
                                          .feed = feed,
                                          .finish = finish,
                                          .take = take,
                                          .free = release};

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"now", NULL};
    PyObject *now = NULL;
    int64_t time;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:Modems", names, &now) ||
        !core_time(now, &time))
        return NULL;
    return (PyObject *)follower_make(type, &kind, sbfota_log_modems_new(time));
}

static Py_ssize_t length(PyObject *self)
{
    return (Py_ssize_t)sbfota_log_modems_count(((struct follower *)self)->followed);
}

static PyObject *item(PyObject *self, Py_ssize_t number)
{
    struct sbfota_log_modem modem;
    if (number < 0 ||
        !sbfota_log_modems_get(((struct follower *)self)->followed, (size_t)number, &modem)) {
        PyErr_SetString(PyExc_IndexError, "there is no such modem");
        return NULL;
    }
    return record_dict(&modem_kind, &modem);
}

static PyMethodDef methods[] = {
    {"feed", follower_feed, METH_O, "feed($self, events, /)\n--\n\nA Batch, or an Event."},
    {"feed_rows", follower_feed_rows, METH_VARARGS,
     "feed_rows($self, schema, array, /)\n--\n\nA batch of a table with the columns ROWS, in "
     "capsules of Arrow. ValueError: it has other columns, or an event that there is not."},
    {"finish", follower_finish, METH_NOARGS, "finish($self, /)\n--\n\nThere are no more events."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {{Py_tp_new, create},      {Py_tp_dealloc, follower_dealloc},
                              {Py_tp_methods, methods}, {Py_sq_length, length},
                              {Py_sq_item, item},       {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Modems", sizeof(struct follower), 0, Py_TPFLAGS_DEFAULT,
                           slots};

int modems_add_to(PyObject *module)
{
    modems_type = core_type(module, &spec);
    return modems_type == NULL ? -1 : 0;
}
