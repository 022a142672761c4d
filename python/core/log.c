/* SPDX-License-Identifier: MIT
 *
 * Log and Batch: files, or bytes that are fed, to events (sbfota/log.h). Reading lets other threads of Python run. */
#include "core.h"

#include <string.h>

struct log_object {
    PyObject_HEAD struct sbfota_log *log;
    PyObject *plan; /* or NULL */
    bool busy;      /* a thread is in a call */
};

static PyTypeObject *log_type;
PyTypeObject *batch_type;

void log_raise(enum sbfota_log_result result)
{
    switch (result) {
    case SBFOTA_LOG_NO_MEMORY: PyErr_NoMemory(); break;
    case SBFOTA_LOG_NO_FORM:
        PyErr_SetString(
            PyExc_ValueError,
            "form: there is none of this name; `sbfota decode --capture help` lists them");
        break;
    case SBFOTA_LOG_NO_COLUMN:
        PyErr_SetString(PyExc_ValueError, "columns: there is none of one of these names");
        break;
    case SBFOTA_LOG_NO_THREAD:
        PyErr_SetString(PyExc_RuntimeError, "the system has no thread");
        break;
    case SBFOTA_LOG_NO_PLAN:
        PyErr_SetString(PyExc_ValueError,
                        "the bytes are no plan of this version, or they are damaged");
        break;
    case SBFOTA_LOG_NO_SPLIT:
        PyErr_SetString(PyExc_ValueError,
                        "begin and end need a plan of a log that can be read in parts");
        break;
    case SBFOTA_LOG_END:
    case SBFOTA_LOG_BATCH:
    case SBFOTA_LOG_MESSAGE:
    case SBFOTA_LOG_MORE:
    case SBFOTA_LOG_INVALID:
        PyErr_SetString(
            PyExc_ValueError,
            "an option is out of its range: threads are 0 to 1024, modem_token is -1 or more, "
            "begin is not behind end; a part is not read with all or recursive");
        break;
    }
}

/* The paths of a list of bytes; they live as long as it. NULL with an exception set. */
static const char **take_paths(PyObject *list, size_t *count)
{
    *count = (size_t)PyList_Size(list);
    const char **const paths = PyMem_Calloc(*count + 1, sizeof *paths);
    if (paths == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < *count; i++) {
        char *path = NULL;
        if (PyBytes_AsStringAndSize(PyList_GetItem(list, (Py_ssize_t)i), &path, NULL) < 0) {
            PyMem_Free(paths);
            return NULL;
        }
        paths[i] = path;
    }
    return paths;
}

static enum sbfota_log_result open_log(struct log_object *self, PyObject *list,
                                       const struct sbfota_log_options *options)
{
    enum sbfota_log_result result;
    size_t count;
    if (list == Py_None)
        return sbfota_log_new(&self->log, options);
    const char **const paths = take_paths(list, &count);
    if (paths == NULL)
        return SBFOTA_LOG_INVALID;
    result = sbfota_log_open(&self->log, paths, count, options);
    PyMem_Free(paths);
    return result;
}

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {
        "paths",           "form", "modem",     "text_field", "time_field",  "modem_field", "name",
        "modem_from_file", "all",  "recursive", "as_named",   "modem_token", "threads",     "plan",
        "begin",           "end",  "notes",     NULL};
    struct sbfota_log_options options = {0};
    PyObject *paths;
    int modem_from_file = 0;
    int all = 0;
    int recursive = 0;
    int as_named = 0;
    int threads = 0;
    int notes = 0;
    PyObject *plan = Py_None;
    unsigned long long begin = 0;
    unsigned long long end = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|$zzzzzzppppiiOKKp:Log", names, &paths,
                                     &options.form, &options.modem, &options.text_field,
                                     &options.time_field, &options.modem_field, &options.name,
                                     &modem_from_file, &all, &recursive, &as_named,
                                     &options.modem_token, &threads, &plan, &begin, &end, &notes) ||
        (plan != Py_None && (options.plan = plan_from(plan)) == NULL))
        return NULL;
    if (paths != Py_None && !PyList_Check(paths)) {
        PyErr_SetString(PyExc_TypeError, "a list of paths is needed");
        return NULL;
    }
    options.modem_from_file = modem_from_file != 0;
    options.all = all != 0;
    options.recursive = recursive != 0;
    options.as_named = as_named != 0;
    options.notes = notes != 0;
    options.threads = threads < 0 ? 1025U : (unsigned)threads;
    options.begin = begin;
    options.end = end;
    struct log_object *const self = core_object(type);
    if (self == NULL)
        return NULL;
    Py_INCREF(plan);
    self->plan = plan;
    const enum sbfota_log_result result = open_log(self, paths, &options);
    if (result == SBFOTA_LOG_END)
        return (PyObject *)self;
    if (!PyErr_Occurred())
        log_raise(result);
    Py_DECREF(self);
    return NULL;
}

static void dealloc(PyObject *self)
{
    sbfota_log_free(((struct log_object *)self)->log);
    Py_XDECREF(((struct log_object *)self)->plan);
    core_object_free(self);
}

static bool enter(struct log_object *self)
{
    if (self->busy) {
        PyErr_SetString(PyExc_RuntimeError, "another thread reads this log");
        return false;
    }
    self->busy = true;
    return true;
}

static PyObject *batch_new(struct sbfota_log_batch *batch)
{
    struct batch_object *const object = core_object(batch_type);
    if (object == NULL)
        sbfota_log_batch_free(batch);
    else
        object->batch = batch;
    return (PyObject *)object;
}

static PyObject *message_tuple(const struct sbfota_log_message *message)
{
    PyObject *const file =
        message->file == NULL ? core_none() : core_text(message->file, strlen(message->file));
    PyObject *const text = core_text(message->text, strlen(message->text));
    PyObject *const byte = message->byte == SBFOTA_LOG_NO_BYTE
                               ? core_none()
                               : PyLong_FromUnsignedLongLong(message->byte);
    if (file != NULL && text != NULL && byte != NULL)
        return Py_BuildValue("(iNNN)", (int)message->trouble, file, text, byte);
    Py_XDECREF(file);
    Py_XDECREF(text);
    Py_XDECREF(byte);
    return NULL;
}

static PyObject *next_batch(PyObject *object, PyObject *unused)
{
    struct log_object *const self = (struct log_object *)object;
    struct sbfota_log_batch *batch = NULL;
    enum sbfota_log_result result;
    (void)unused;
    if (!enter(self))
        return NULL;
    Py_BEGIN_ALLOW_THREADS result = sbfota_log_next(self->log, &batch);
    Py_END_ALLOW_THREADS self->busy = false;
    if (result == SBFOTA_LOG_BATCH)
        return batch_new(batch);
    if (result == SBFOTA_LOG_MESSAGE)
        return message_tuple(sbfota_log_message(self->log));
    if (result == SBFOTA_LOG_MORE)
        return PyBool_FromLong(0);
    if (result == SBFOTA_LOG_END)
        return core_none();
    log_raise(result);
    return NULL;
}

static PyObject *feed(PyObject *object, PyObject *args)
{
    struct log_object *const self = (struct log_object *)object;
    const char *bytes;
    Py_ssize_t length;
    Py_ssize_t begin;
    size_t taken;
    if (!PyArg_ParseTuple(args, "y#n:feed", &bytes, &length, &begin))
        return NULL;
    if (begin < 0 || begin > length) {
        PyErr_SetString(PyExc_ValueError, "begin is not in these bytes");
        return NULL;
    }
    if (!enter(self))
        return NULL;
    Py_BEGIN_ALLOW_THREADS taken =
        sbfota_log_feed(self->log, bytes + begin, (size_t)(length - begin));
    Py_END_ALLOW_THREADS self->busy = false;
    return PyLong_FromSize_t(taken);
}

static PyObject *finish(PyObject *object, PyObject *unused)
{
    struct log_object *const self = (struct log_object *)object;
    (void)unused;
    if (!enter(self))
        return NULL;
    Py_BEGIN_ALLOW_THREADS sbfota_log_finish(self->log);
    Py_END_ALLOW_THREADS self->busy = false;
    return core_none();
}

static PyObject *stop(PyObject *object, PyObject *unused)
{
    struct log_object *const self = (struct log_object *)object;
    (void)unused;
    Py_BEGIN_ALLOW_THREADS sbfota_log_stop(self->log);
    Py_END_ALLOW_THREADS return core_none();
}

static PyObject *lines(PyObject *object, PyObject *unused)
{
    struct log_object *const self = (struct log_object *)object;
    (void)unused;
    return PyLong_FromUnsignedLongLong(sbfota_log_lines(self->log));
}

static PyMethodDef methods[] = {
    {"lines", lines, METH_NOARGS,
     "lines($self, /)\n--\n\nLines of the log, or of its part, that have been read."},
    {"next", next_batch, METH_NOARGS,
     "next($self, /)\n--\n\nA Batch; (trouble, file, text, byte); False: feed more; None: the end. "
     "It "
     "waits for it."},
    {"feed", feed, METH_VARARGS,
     "feed($self, data, begin, /)\n--\n\nHow many bytes from there on were taken."},
    {"finish", finish, METH_NOARGS, "finish($self, /)\n--\n\nNo more bytes will be fed."},
    {"stop", stop, METH_NOARGS, "stop($self, /)\n--\n\nEnd reading early, from any thread."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {
    {Py_tp_new, create}, {Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Log", sizeof(struct log_object), 0, Py_TPFLAGS_DEFAULT,
                           slots};

static void batch_dealloc(PyObject *self)
{
    sbfota_log_batch_free(((struct batch_object *)self)->batch);
    core_object_free(self);
}

static Py_ssize_t batch_length(PyObject *self)
{
    return (Py_ssize_t)((struct batch_object *)self)->batch->count;
}

/* A name that was made a str last: that of the next event is mostly the same. */
struct last_name {
    uint32_t number;
    PyObject *text;
};

/* A new reference; NULL without an exception if there is no name. */
static PyObject *name_text(struct last_name *last, uint32_t number, const char *name, size_t length)
{
    if (name == NULL)
        return NULL;
    if (last->text == NULL || last->number != number) {
        PyObject *const text = core_text(name, length);
        if (text == NULL)
            return NULL;
        Py_XDECREF(last->text);
        last->text = text;
        last->number = number;
    }
    Py_INCREF(last->text);
    return last->text;
}

struct last_names {
    struct last_name modem;
    struct last_name file;
    struct last_name log;
};

static PyObject *event_of(const struct sbfota_log_event *from, struct last_names *last)
{
    struct event_object *const event = event_new(&from->message);
    if (event == NULL)
        return NULL;
    event->time_ms = from->time_ms;
    event->line = from->line;
    event->clock = from->clock < SBFOTA_LOG_CLOCK_COUNT ? from->clock : 0;
    event->direction = from->direction;
    event->answers = from->answers;
    if (from->text != NULL)
        event->data = PyBytes_FromStringAndSize(from->text, from->text_length);
    if (from->time != NULL)
        event->time = core_text(from->time, from->time_length);
    event->modem = name_text(&last->modem, from->modem_number, from->modem, from->modem_length);
    event->file = name_text(&last->file, from->file_number, from->file,
                            from->file == NULL ? 0 : strlen(from->file));
    event->log = name_text(&last->log, from->log_number, from->log,
                           from->log == NULL ? 0 : strlen(from->log));
    if (!PyErr_Occurred())
        return (PyObject *)event;
    Py_DECREF(event);
    return NULL;
}

static PyObject *batch_events(PyObject *self, PyObject *unused)
{
    const struct sbfota_log_batch *const batch = ((struct batch_object *)self)->batch;
    struct last_names last = {{0}, {0}, {0}};
    PyObject *list = PyList_New((Py_ssize_t)batch->count);
    (void)unused;
    for (size_t i = 0; list != NULL && i < batch->count; i++) {
        PyObject *const event = event_of(&batch->events[i], &last);
        if (event == NULL || PyList_SetItem(list, (Py_ssize_t)i, event) < 0) {
            Py_DECREF(list);
            list = NULL;
        }
    }
    Py_XDECREF(last.modem.text);
    Py_XDECREF(last.file.text);
    Py_XDECREF(last.log.text);
    return list;
}

static PyMethodDef batch_methods[] = {
    {"events", batch_events, METH_NOARGS, "events($self, /)\n--\n\nA list of Event."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot batch_slots[] = {{Py_tp_new, core_no_new},
                                    {Py_tp_dealloc, batch_dealloc},
                                    {Py_sq_length, batch_length},
                                    {Py_tp_methods, batch_methods},
                                    {0, NULL}};
static PyType_Spec batch_spec = {"sbfota._core.Batch", sizeof(struct batch_object), 0,
                                 Py_TPFLAGS_DEFAULT, batch_slots};

int log_add_to(PyObject *module)
{
    log_type = core_type(module, &spec);
    batch_type = core_type(module, &batch_spec);
    return log_type == NULL || batch_type == NULL ? -1 : 0;
}
