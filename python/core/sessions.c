/* SPDX-License-Identifier: MIT
 *
 * Sessions and Attempts: the sessions of all modems of a log (sbfota/log.h). */
#include "core.h"

static PyTypeObject *sessions_type;
PyTypeObject *attempts_type;

static enum sbfota_log_result feed(void *sessions, const struct sbfota_log_event *events,
                                   size_t count)
{
    return sbfota_log_sessions_feed(sessions, events, count);
}

static enum sbfota_log_result finish(void *sessions)
{
    return sbfota_log_sessions_finish(sessions);
}

static void release(void *sessions)
{
    sbfota_log_sessions_free(sessions);
}

/* The attempts that have been finished, or None. */
static PyObject *take(void *sessions)
{
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(sessions);
    if (attempts == NULL)
        return core_none();
    struct attempts_object *const object = core_object(attempts_type);
    if (object == NULL)
        sbfota_log_attempts_free(attempts);
    else
        object->attempts = attempts;
    return (PyObject *)object;
}

static const struct follower_kind kind = {.busy = "another thread follows these sessions",
                                          .feed = feed,
                                          .finish = finish,
                                          .take = take,
                                          .free = release};

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {NULL};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, ":Sessions", names))
        return NULL;
    return (PyObject *)follower_make(type, &kind, sbfota_log_sessions_new());
}

static PyMethodDef methods[] = {
    {"feed", follower_feed, METH_O,
     "feed($self, events, /)\n--\n\nA Batch, or an Event. The Attempts that have been finished, or "
     "None."},
    {"feed_rows", follower_feed_rows, METH_VARARGS,
     "feed_rows($self, schema, array, /)\n--\n\nA batch of a table with the columns ROWS, in "
     "capsules of Arrow. The Attempts that have been finished, or None. ValueError: it has other "
     "columns, or an event that there is not."},
    {"finish", follower_finish, METH_NOARGS,
     "finish($self, /)\n--\n\nThere are no more events. The last Attempts, or None."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_new, create}, {Py_tp_dealloc, follower_dealloc}, {Py_tp_methods, methods}, {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Sessions", sizeof(struct follower), 0, Py_TPFLAGS_DEFAULT,
                           slots};

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
        PyObject *const record = record_dict(&attempt_kind, &attempts->list[i]);
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
