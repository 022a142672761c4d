/* SPDX-License-Identifier: MIT
 *
 * Batches, Attempts and Modems of an iterator of Python as an Arrow C stream, in a capsule (the Arrow PyCapsule interface). Who reads it may be
 * any thread, and need not hold the GIL. */
#include "core.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/arrow.h>

/* What a stream has rows of. */
struct row_kind {
    PyTypeObject **type; /* of what the iterator gives */
    enum sbfota_log_result (*schema)(const struct sbfota_log_table *table, struct ArrowSchema *out);
    enum sbfota_log_result (*array)(const PyObject *item, const struct sbfota_log_table *table,
                                    struct ArrowArray *out);
};

static enum sbfota_log_result
events_array(const PyObject *item, const struct sbfota_log_table *table, struct ArrowArray *out)
{
    return sbfota_log_batch_array(((const struct batch_object *)item)->batch, table, out);
}

static enum sbfota_log_result
attempts_array(const PyObject *item, const struct sbfota_log_table *table, struct ArrowArray *out)
{
    return sbfota_log_attempts_array(((const struct attempts_object *)item)->attempts, table, out);
}

static enum sbfota_log_result
modems_array(const PyObject *item, const struct sbfota_log_table *table, struct ArrowArray *out)
{
    const struct sbfota_log_modems *const modems = ((const struct follower *)item)->followed;
    return sbfota_log_modems_array(modems, 0, sbfota_log_modems_count(modems), table, out);
}

/* The kind of a name; NULL with an exception set. */
static const struct row_kind *kind_find(const char *name)
{
    static const struct {
        const char *name;
        struct row_kind kind;
    } kinds[] = {
        {"events", {&batch_type, sbfota_log_schema, events_array}},
        {"attempts", {&attempts_type, sbfota_log_attempts_schema, attempts_array}},
        {"modems", {&modems_type, sbfota_log_modems_schema, modems_array}},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i].kind;
    PyErr_SetString(PyExc_ValueError, "rows: events, attempts or modems");
    return NULL;
}

struct source {
    PyObject *iterator;
    PyObject *raised; /* a list for what the iterator raises; or NULL */
    char *columns;    /* or NULL */
    bool plain;
    bool raw;
    const struct row_kind *kind;
    char error[512];
};

static struct sbfota_log_table table_of(const struct source *source)
{
    return (struct sbfota_log_table){
        .columns = source->columns, .plain = source->plain, .raw = source->raw};
}

static int fail(struct source *source, int number, const char *text)
{
    strncpy(source->error, text, sizeof source->error - 1);
    return number;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct source *const source = stream->private_data;
    const struct sbfota_log_table table = table_of(source);
    const enum sbfota_log_result result = source->kind->schema(&table, out);
    return result == SBFOTA_LOG_END ? 0 : fail(source, ENOMEM, "not enough memory");
}

/* The exception that is set, as the stream's error. Who gave a list gets it there; else an interrupt is raised again, where Python goes on. */
static int take_exception(struct source *source)
{
    PyObject *type;
    PyObject *value;
    PyObject *trace;
    const bool interrupt = PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) != 0;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    PyObject *const text = value == NULL ? NULL : PyObject_Str(value);
    PyObject *const bytes = text == NULL ? NULL : PyUnicode_AsUTF8String(text);
    fail(source, 0, interrupt || bytes == NULL ? "interrupted" : PyBytes_AsString(bytes));
    if (source->raised != NULL && value != NULL)
        PyList_Append(source->raised, value);
    else if (interrupt)
        PyErr_SetInterrupt();
    Py_XDECREF(bytes);
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    PyErr_Clear();
    return interrupt ? EINTR : EIO;
}

static int make_array(struct source *source, PyObject *item, struct ArrowArray *out)
{
    const struct sbfota_log_table table = table_of(source);
    enum sbfota_log_result result;
    if (!PyObject_TypeCheck(item, *source->kind->type))
        return fail(source, EINVAL, "the iterator gives something else");
    Py_BEGIN_ALLOW_THREADS result = source->kind->array(item, &table, out);
    Py_END_ALLOW_THREADS if (result == SBFOTA_LOG_END) return 0;
    out->release = NULL;
    return fail(source, ENOMEM, "not enough memory");
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct source *const source = stream->private_data;
    const PyGILState_STATE state = PyGILState_Ensure();
    int result = 0;
    out->release = NULL;
    PyObject *const item = PyIter_Next(source->iterator);
    if (item != NULL) {
        result = make_array(source, item, out);
        Py_DECREF(item);
    } else if (PyErr_Occurred()) {
        result = take_exception(source);
    }
    PyGILState_Release(state);
    return result;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const struct source *const source = stream->private_data;
    return source->error[0] == '\0' ? NULL : source->error;
}

static void release(struct ArrowArrayStream *stream)
{
    struct source *const source = stream->private_data;
    stream->release = NULL;
    if (Py_IsInitialized()) {
        const PyGILState_STATE state = PyGILState_Ensure();
        Py_XDECREF(source->iterator);
        Py_XDECREF(source->raised);
        PyGILState_Release(state);
    }
    free(source->columns);
    free(source);
}

static void stream_end(PyObject *capsule)
{
    struct ArrowArrayStream *const stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream != NULL && stream->release != NULL)
        stream->release(stream);
    free(stream);
}

static void schema_end(PyObject *capsule)
{
    struct ArrowSchema *const schema = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (schema != NULL && schema->release != NULL)
        schema->release(schema);
    free(schema);
}

static PyObject *make_stream(PyObject *module, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"batches", "raised", "columns", "plain", "raw", "rows", NULL};
    PyObject *batches;
    PyObject *raised;
    const char *columns;
    int plain;
    int raw;
    const char *rows;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOzpps:stream", names, &batches, &raised,
                                     &columns, &plain, &raw, &rows))
        return NULL;
    const struct row_kind *const kind = kind_find(rows);
    if (kind == NULL)
        return NULL;
    if (raised != Py_None && !PyList_Check(raised)) {
        PyErr_SetString(PyExc_TypeError, "raised is a list, or None");
        return NULL;
    }
    PyObject *const iterator = PyObject_GetIter(batches);
    if (iterator == NULL)
        return NULL;
    struct source *const source = calloc(1, sizeof *source);
    struct ArrowArrayStream *const stream = calloc(1, sizeof *stream);
    char *const kept = columns == NULL ? NULL : malloc(strlen(columns) + 1);
    if (source == NULL || stream == NULL || (columns != NULL && kept == NULL)) {
        free(source);
        free(stream);
        free(kept);
        Py_DECREF(iterator);
        return PyErr_NoMemory();
    }
    if (kept != NULL)
        strcpy(kept, columns);
    *source = (struct source){
        .iterator = iterator, .columns = kept, .plain = plain != 0, .raw = raw != 0, .kind = kind};
    if (raised != Py_None) {
        Py_INCREF(raised);
        source->raised = raised;
    }
    *stream = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, source};
    PyObject *const capsule = PyCapsule_New(stream, "arrow_array_stream", stream_end);
    if (capsule == NULL) {
        release(stream);
        free(stream);
    }
    return capsule;
}

static PyObject *make_schema(PyObject *module, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"columns", "plain", "rows", NULL};
    struct sbfota_log_table table = {0};
    int plain;
    const char *rows;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "zps:schema", names, &table.columns, &plain,
                                     &rows))
        return NULL;
    const struct row_kind *const kind = kind_find(rows);
    if (kind == NULL)
        return NULL;
    table.plain = plain != 0;
    struct ArrowSchema *const schema = calloc(1, sizeof *schema);
    if (schema == NULL)
        return PyErr_NoMemory();
    const enum sbfota_log_result result = kind->schema(&table, schema);
    if (result != SBFOTA_LOG_END) {
        free(schema);
        log_raise(result);
        return NULL;
    }
    PyObject *const capsule = PyCapsule_New(schema, "arrow_schema", schema_end);
    if (capsule == NULL) {
        schema->release(schema);
        free(schema);
    }
    return capsule;
}

static PyMethodDef functions[] = {
    {"stream", (PyCFunction)(void (*)(void))make_stream, METH_VARARGS | METH_KEYWORDS,
     "stream($module, /, batches, raised, columns, plain, raw, rows)\n--\n\nA capsule of an "
     "Arrow C "
     "stream."},
    {"schema", (PyCFunction)(void (*)(void))make_schema, METH_VARARGS | METH_KEYWORDS,
     "schema($module, /, columns, plain, rows)\n--\n\nA capsule of its type. ValueError: there "
     "is no such "
     "column."},
    {NULL, NULL, 0, NULL}};

int stream_add_to(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
