/* SPDX-License-Identifier: MIT
 *
 * Plan: how one plain log is read, so that it can be read in parts (sbfota/log.h). */
#include "core.h"

struct plan_object {
    PyObject_HEAD struct sbfota_log_plan *plan;
};

static PyTypeObject *plan_type;

const struct sbfota_log_plan *plan_from(PyObject *object)
{
    return core_is(object, plan_type, "Plan") ? ((struct plan_object *)object)->plan : NULL;
}

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"", NULL};
    const char *bytes;
    Py_ssize_t length;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "y#:Plan", names, &bytes, &length))
        return NULL;
    struct plan_object *const self = core_object(type);
    if (self == NULL)
        return NULL;
    const enum sbfota_log_result result = sbfota_log_plan_load(&self->plan, bytes, (size_t)length);
    if (result == SBFOTA_LOG_END)
        return (PyObject *)self;
    log_raise(result);
    Py_DECREF(self);
    return NULL;
}

static void dealloc(PyObject *self)
{
    sbfota_log_plan_free(((struct plan_object *)self)->plan);
    core_object_free(self);
}

static PyObject *save(PyObject *self, PyObject *unused)
{
    const struct sbfota_log_plan *const plan = ((struct plan_object *)self)->plan;
    const size_t size = sbfota_log_plan_save(plan, NULL, 0);
    PyObject *const bytes =
        size == 0 ? PyErr_NoMemory() : PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    (void)unused;
    if (bytes != NULL)
        sbfota_log_plan_save(plan, PyBytes_AsString(bytes), size);
    return bytes;
}

static PyObject *reduce(PyObject *self, PyObject *unused)
{
    PyObject *const bytes = save(self, unused);
    return bytes == NULL ? NULL : Py_BuildValue("(O(N))", Py_TYPE(self), bytes);
}

static PyObject *splits(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(sbfota_log_plan_splits(((struct plan_object *)self)->plan));
}

static PyObject *form(PyObject *self, void *unused)
{
    (void)unused;
    return core_name(sbfota_log_plan_form(((struct plan_object *)self)->plan));
}

static PyMethodDef methods[] = {
    {"save", save, METH_NOARGS,
     "save($self, /)\n--\n\nThe plan as bytes, some 10 KiB: Plan(bytes) is it again."},
    {"__reduce__", reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};
static PyGetSetDef getters[] = {
    {"splits", splits, NULL, "Can the log be read in parts?", NULL},
    {"form", form, NULL, "The name of the log's form; \"packed\" of what is compressed or UTF-16.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_new, create},
    {Py_tp_dealloc, dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, getters},
    {Py_tp_doc, "Plan(saved, /)\n--\n\nHow one log is read: `plan` makes it, and it can be "
                "pickled. ValueError: the bytes are no plan of this version, or damaged."},
    {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Plan", sizeof(struct plan_object), 0, Py_TPFLAGS_DEFAULT,
                           slots};

/* A Plan of the first bytes of a log, or None if more of it must be known. */
static PyObject *make(PyObject *module, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"head",       "whole",       "form",        "modem", "text_field",
                            "time_field", "modem_field", "modem_token", NULL};
    struct sbfota_log_options options = {0};
    enum sbfota_log_result result;
    const char *head;
    Py_ssize_t length;
    int whole;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "y#p|$zzzzzi:make_plan", names, &head, &length,
                                     &whole, &options.form, &options.modem, &options.text_field,
                                     &options.time_field, &options.modem_field,
                                     &options.modem_token))
        return NULL;
    struct plan_object *const self = core_object(plan_type);
    if (self == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS result =
        sbfota_log_plan_make(&self->plan, head, (size_t)length, whole != 0, &options);
    Py_END_ALLOW_THREADS if (result == SBFOTA_LOG_END) return (PyObject *)self;
    Py_DECREF(self);
    if (result == SBFOTA_LOG_MORE)
        return core_none();
    log_raise(result);
    return NULL;
}

static PyMethodDef functions[] = {
    {"make_plan", (PyCFunction)(void (*)(void))make, METH_VARARGS | METH_KEYWORDS,
     "make_plan($module, /, head, whole, *, form=None, modem=None, text_field=None, "
     "time_field=None, modem_field=None, modem_token=0)\n--\n\nA Plan of the first bytes of a log; "
     "None: give more of them."},
    {NULL, NULL, 0, NULL}};

int plan_add_to(PyObject *module)
{
    plan_type = core_type(module, &spec);
    return plan_type == NULL ? -1 : PyModule_AddFunctions(module, functions);
}
