/* SPDX-License-Identifier: MIT
 *
 * An attempt as a dict, with the keys of a line of `sbfota sessions -f jsonl` and in their order; what it does not have is left out. */
#include "core.h"

#include <string.h>

#include <sbfota/texts.h>

static const struct sbfota_code_row *failure(const struct sbfota_attempt *facts)
{
    if (facts->has & SBFOTA_HAS_POLL_CODE)
        return sbfota_code(SBFOTA_CODE_TABLE_POLLING, facts->poll_code);
    if ((facts->has & SBFOTA_HAS_UPDATE_CODE) && facts->update_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_UPDATE, facts->update_code);
    if ((facts->has & SBFOTA_HAS_HTTP_CODE) && facts->http_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_HTTP, facts->http_code);
    return NULL;
}

static bool put_code(PyObject *dict, const char *key, const struct sbfota_attempt *facts,
                     unsigned has, int32_t code)
{
    return (facts->has & has) == 0 || core_put(dict, key, PyLong_FromLong(code));
}

bool dict_put_name(PyObject *dict, const char *key, const char *name)
{
    return name == NULL || core_put(dict, key, PyUnicode_InternFromString(name));
}

bool dict_put_text(PyObject *dict, const char *key, const char *text, size_t length)
{
    return text == NULL || core_put(dict, key, core_text(text, length));
}

/* Milliseconds as seconds. */
bool dict_put_duration(PyObject *dict, const char *key, int64_t milliseconds)
{
    if (milliseconds == SBFOTA_NO_DURATION)
        return true;
    return core_put(dict, key,
                    milliseconds % 1000 == 0 ? PyLong_FromLongLong(milliseconds / 1000)
                                             : PyFloat_FromDouble((double)milliseconds / 1000.0));
}

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

static bool put_facts(PyObject *dict, const struct sbfota_attempt *facts)
{
    const struct sbfota_code_row *const failed = failure(facts);
    return dict_put_name(dict, "outcome", sbfota_outcome_name(facts->outcome)) &&
           dict_put_name(dict, "phase", sbfota_phase_name(facts->phase)) &&
           (facts->percent == SBFOTA_NO_PERCENT ||
            core_put(dict, "percent", PyLong_FromLong(facts->percent))) &&
           put_code(dict, "poll_code", facts, SBFOTA_HAS_POLL_CODE, facts->poll_code) &&
           put_code(dict, "http_code", facts, SBFOTA_HAS_HTTP_CODE, facts->http_code) &&
           put_code(dict, "update_code", facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code) &&
           put_code(dict, "report_code", facts, SBFOTA_HAS_REPORT_CODE, facts->report_code) &&
           dict_put_name(dict, "text", failed == NULL ? NULL : failed->text) &&
           core_put(dict, "resumes", PyLong_FromLong(facts->resumes)) &&
           core_put(dict, "accepted", PyBool_FromLong(facts->accepted)) &&
           (facts->delay == SBFOTA_NO_DELAY ||
            core_put(dict, "delay", PyLong_FromLong(facts->delay))) &&
           dict_put_duration(dict, "downloading_s", facts->downloading_ms) &&
           dict_put_duration(dict, "updating_s", facts->updating_ms) &&
           dict_put_duration(dict, "restore_s", facts->restore_ms) &&
           core_put(dict, "problems", problem_list(facts->problems));
}

PyObject *attempt_dict(const struct sbfota_attempt *facts)
{
    PyObject *const dict = PyDict_New();
    if (dict == NULL)
        return NULL;
    if ((facts->started == SBFOTA_NO_TIME ||
         core_put(dict, "started_ms", PyLong_FromLongLong(facts->started))) &&
        (facts->ended == SBFOTA_NO_TIME ||
         core_put(dict, "ended_ms", PyLong_FromLongLong(facts->ended))) &&
        put_facts(dict, facts))
        return dict;
    Py_DECREF(dict);
    return NULL;
}

static bool put_file(PyObject *dict, const char *key, const char *file)
{
    return file == NULL || dict_put_text(dict, key, file, strlen(file));
}

static bool put_edges(PyObject *dict, const struct sbfota_log_attempt *attempt)
{
    const struct sbfota_log_edge *const from = &attempt->from;
    const struct sbfota_log_edge *const to = &attempt->to;
    const bool other =
        to->file != NULL && (from->file == NULL || strcmp(from->file, to->file) != 0);
    return dict_put_text(dict, "modem", attempt->modem, attempt->modem_length) &&
           put_file(dict, "file", from->file) && (!other || put_file(dict, "to_file", to->file)) &&
           dict_put_text(dict, "started", from->time, from->time_length) &&
           dict_put_text(dict, "ended", to->time, to->time_length) &&
           core_put(dict, "from_line", PyLong_FromUnsignedLongLong(from->line)) &&
           core_put(dict, "to_line", PyLong_FromUnsignedLongLong(to->line));
}

PyObject *attempt_log_dict(const struct sbfota_log_attempt *attempt)
{
    PyObject *const dict = PyDict_New();
    if (dict == NULL || (put_edges(dict, attempt) && put_facts(dict, &attempt->facts)))
        return dict;
    Py_DECREF(dict);
    return NULL;
}
