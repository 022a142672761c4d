/* SPDX-License-Identifier: MIT
 *
 * The module, and what all its files need. */
#include "core.h"

#include <string.h>

PyTypeObject *core_type(PyObject *module, PyType_Spec *spec)
{
    PyObject *const type = PyType_FromSpec(spec);
    const char *const dot = strrchr(spec->name, '.');
    if (type == NULL)
        return NULL;
    Py_INCREF(type);
    if (PyModule_AddObject(module, dot + 1, type) < 0) {
        Py_DECREF(type);
        Py_DECREF(type);
        return NULL;
    }
    return (PyTypeObject *)type;
}

void *core_object(PyTypeObject *type)
{
    return PyType_GenericAlloc(type, 0);
}

void core_object_free(PyObject *object)
{
    PyTypeObject *const type = Py_TYPE(object);
    /* That of a class of Python which inherits is another. */
    const freefunc give_back = (freefunc)PyType_GetSlot(type, Py_tp_free);
    give_back(object);
    Py_DECREF(type);
}

PyObject *core_no_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    (void)type;
    (void)args;
    (void)keywords;
    PyErr_SetString(PyExc_TypeError, "only sbfota makes these objects");
    return NULL;
}

PyObject *core_none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

PyObject *core_text(const char *text, size_t length)
{
    PyObject *const decoded = PyUnicode_DecodeUTF8(text, (Py_ssize_t)length, NULL);
    if (decoded != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError))
        return decoded;
    PyErr_Clear();
    return PyUnicode_DecodeLatin1(text, (Py_ssize_t)length, NULL);
}

PyObject *core_name(const char *name)
{
    return name == NULL ? core_none() : PyUnicode_InternFromString(name);
}

PyObject *core_number(int64_t number, int64_t none)
{
    return number == none ? core_none() : PyLong_FromLongLong(number);
}

bool core_put(PyObject *dict, const char *key, PyObject *value)
{
    if (value == NULL)
        return false;
    const int result = PyDict_SetItemString(dict, key, value);
    Py_DECREF(value);
    return result == 0;
}

PyObject *core_bytes(PyObject *object)
{
    if (PyUnicode_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "bytes are needed, not str");
        return NULL;
    }
    if (PyLong_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "bytes are needed, not int");
        return NULL;
    }
    return PyBytes_FromObject(object);
}

bool core_time(PyObject *object, int64_t *time)
{
    *time = SBFOTA_NO_TIME;
    if (object == NULL || object == Py_None)
        return true;
    PyObject *const number = PyNumber_Long(object);
    if (number == NULL)
        return false;
    *time = PyLong_AsLongLong(number);
    Py_DECREF(number);
    return !PyErr_Occurred();
}

bool core_is(PyObject *object, PyTypeObject *type, const char *name)
{
    if (PyObject_TypeCheck(object, type))
        return true;
    PyErr_Format(PyExc_TypeError, "a %s is needed", name);
    return false;
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "_core",
                                        .m_doc = "What sbfota is built on; use sbfota.",
                                        .m_size = -1};

PyMODINIT_FUNC PyInit__core(void)
{
    static int (*const rooms[])(PyObject *) = {
        event_add_to,    parser_add_to, session_add_to, host_add_to, log_add_to,  stream_add_to,
        sessions_add_to, modems_add_to, plan_add_to,    rows_add_to, files_add_to};
    PyObject *const module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++)
        if (rooms[i](module) < 0) {
            Py_DECREF(module);
            return NULL;
        }
    if (PyModule_AddStringConstant(module, "__version__", sbfota_version()) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
