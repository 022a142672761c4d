/* SPDX-License-Identifier: MIT
 *
 * In which order files are read, and which of them are parts of one log. */
#include "core.h"

#include <stdlib.h>

#include "log/input/rotation.h"

/* The list is of bytes, which live as long as it. */
static bool take_names(PyObject *list, struct log_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *name = NULL;
        if (PyBytes_AsStringAndSize(PyList_GetItem(list, (Py_ssize_t)i), &name, NULL) < 0)
            return false;
        /* Its place, told by how many were there before. */
        files[i] = (struct log_file){.name = name, .lines = i};
    }
    return true;
}

static PyObject *tell(const struct log_file *files, size_t count)
{
    PyObject *const list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *const item = Py_BuildValue("(Ky)", (unsigned long long)files[i].lines,
                                             files[i].log == NULL ? "" : files[i].log);
        if (item == NULL || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

static PyObject *order(PyObject *module, PyObject *list)
{
    (void)module;
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "a list of names is needed");
        return NULL;
    }
    const size_t count = (size_t)PyList_Size(list);
    struct log_file *const files = calloc(count + 1, sizeof *files);
    PyObject *told = NULL;
    if (files == NULL)
        return PyErr_NoMemory();
    if (take_names(list, files, count)) {
        if (rotation_find(files, count, false))
            told = tell(files, count);
        else
            PyErr_NoMemory();
        for (size_t i = 0; i < count; i++)
            free(files[i].log);
    }
    free(files);
    return told;
}

static PyMethodDef functions[] = {{"order_files", order, METH_O,
                                   "order_files($module, names, /)\n--\n\nThe places of names of "
                                   "files in the order in which they "
                                   "are read, those that one log was put away in together, oldest "
                                   "first; and the log's name, empty "
                                   "of a file that is all of its log."},
                                  {NULL, NULL, 0, NULL}};

int files_add_to(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
