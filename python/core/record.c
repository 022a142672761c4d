/* SPDX-License-Identifier: MIT
 *
 * Attempts and modems as dicts, with the keys of a line of `sbfota sessions` and `sbfota modems -f jsonl` and in their order; what one does
 * not have is left out. */
#include "core.h"

#include <string.h>

#include <sbfota/texts.h>

PyObject *problem_list(unsigned problems)
{
    PyObject *const list = PyList_New(0);
    for (unsigned bit = 0; list != NULL && bit < 16; bit++) {
        if ((problems >> bit & 1) == 0)
            continue;
        PyObject *const name = core_name(sbfota_problem_name(1U << bit));
        if (name == NULL || PyList_Append(list, name) < 0) {
            Py_XDECREF(name);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(name);
    }
    return list;
}

PyObject *core_value(const struct record_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT: return core_text(value->text.data, value->text.length);
    case VALUE_WORD: return PyUnicode_InternFromString(value->text.data);
    case VALUE_NUMBER: return PyLong_FromLongLong(value->number);
    case VALUE_SECONDS:
        return value->number % 1000 == 0 ? PyLong_FromLongLong(value->number / 1000)
                                         : PyFloat_FromDouble((double)value->number / 1000.0);
    case VALUE_BOOL: return PyBool_FromLong(value->number != 0);
    case VALUE_PROBLEMS: return problem_list((unsigned)value->number);
    }
    return core_none();
}

/* The fields of a record, from one on. */
static bool put_record(PyObject *dict, const struct record_kind *kind, const void *record,
                       unsigned first)
{
    for (unsigned field = first; field < kind->count; field++) {
        const struct record_value value = kind->value(record, field);
        if (value.type != VALUE_NONE && kind->fields[field].in_rows &&
            !core_put(dict, kind->fields[field].name, core_value(&value)))
            return false;
    }
    return true;
}

PyObject *record_dict(const struct record_kind *kind, const void *record)
{
    PyObject *const dict = PyDict_New();
    if (dict == NULL || put_record(dict, kind, record, 0))
        return dict;
    Py_DECREF(dict);
    return NULL;
}

PyObject *attempt_dict(const struct sbfota_attempt *facts)
{
    const struct sbfota_log_attempt attempt = {.facts = *facts};
    PyObject *const dict = PyDict_New();
    unsigned first = 0; /* of what no log tells */
    while (strcmp(attempt_kind.fields[first].name, "outcome") != 0)
        first++;
    if (dict == NULL)
        return NULL;
    if ((facts->started == SBFOTA_NO_TIME ||
         core_put(dict, "started_ms", PyLong_FromLongLong(facts->started))) &&
        (facts->ended == SBFOTA_NO_TIME ||
         core_put(dict, "ended_ms", PyLong_FromLongLong(facts->ended))) &&
        put_record(dict, &attempt_kind, &attempt, first))
        return dict;
    Py_DECREF(dict);
    return NULL;
}
