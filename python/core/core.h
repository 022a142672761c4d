/* SPDX-License-Identifier: MIT
 *
 * sbfota._core: the libraries as Python sees them, over the limited API of CPython 3.9. What is policy (which files, what is a warning,
 * what an exception) is in the Python files beside it. */
#ifndef SBFOTA_PYTHON_CORE_H
#define SBFOTA_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <sbfota/host.h>
#include <sbfota/log.h>

#include "log/records/record_value.h"

/* One event, of a port or of a log. */
struct event_object {
    PyObject_HEAD struct sbfota_event message;
    PyObject *data; /* the text as bytes, or NULL */
    PyObject *time; /* str, or NULL; and so the next two */
    PyObject *modem;
    PyObject *file;
    PyObject *log;   /* whose part the file is */
    int64_t time_ms; /* or SBFOTA_NO_TIME */
    uint64_t line;   /* 0 if it is of no log */
    uint8_t clock;   /* enum sbfota_log_clock */
    uint8_t direction;
    uint8_t answers;
};

/* Each room adds its types and functions to the module; -1 with an exception set. */
int event_add_to(PyObject *module);
int parser_add_to(PyObject *module);
int session_add_to(PyObject *module);
int host_add_to(PyObject *module);
int log_add_to(PyObject *module);
int sessions_add_to(PyObject *module);
int modems_add_to(PyObject *module);
int stream_add_to(PyObject *module);
int plan_add_to(PyObject *module);
int rows_add_to(PyObject *module);
int files_add_to(PyObject *module);

/* Make a type and add it; NULL with an exception set. The reference lasts. */
PyTypeObject *core_type(PyObject *module, PyType_Spec *spec);
/* An object of such a type, all zero behind its head. */
void *core_object(PyTypeObject *type);
/* Give it back: for tp_dealloc, when all that it holds has been let go. */
void core_object_free(PyObject *object);

/* tp_new of types whose objects only the module makes. */
PyObject *core_no_new(PyTypeObject *type, PyObject *args, PyObject *keywords);

/* A str. What is not UTF-8 becomes U+0000 to U+00FF byte for byte, as in JSON Lines. */
PyObject *core_text(const char *text, size_t length);
/* A str of a constant; None for NULL. */
PyObject *core_name(const char *name);
PyObject *core_none(void);
/* An int, or None if it is `none`. */
PyObject *core_number(int64_t number, int64_t none);
/* A dict's key; takes the reference, and false if it is NULL. */
bool core_put(PyObject *dict, const char *key, PyObject *value);
/* What is like bytes, as bytes; NULL with TypeError. */
PyObject *core_bytes(PyObject *object);
/* A time in milliseconds: None is none. False with an exception set. */
bool core_time(PyObject *object, int64_t *time);
/* An object of the type, or TypeError. */
bool core_is(PyObject *object, PyTypeObject *type, const char *name);

/* event.c */
extern PyTypeObject *event_type;
struct event_object *event_new(const struct sbfota_event *message);
struct event_object *event_from(PyObject *object); /* or NULL with TypeError */
/* record.c: the value of a field; None if it is absent. */
PyObject *core_value(const struct record_value *value);
/* A dict with the keys of JSON Lines; of the facts of an attempt alone, with the times of their clock. */
PyObject *record_dict(const struct record_kind *kind, const void *record);
PyObject *attempt_dict(const struct sbfota_attempt *facts);
/* Their names. */
PyObject *problem_list(unsigned problems);
/* session.c: (phase, outcome, finished, began, belongs, phase_changed, outcome_changed, repeat, problems). */
PyObject *change_tuple(const struct sbfota_change *change);
PyObject *session_copy(const struct sbfota_session *session);

/* log.c */
struct batch_object {
    PyObject_HEAD struct sbfota_log_batch *batch;
};
extern PyTypeObject *batch_type;
/* An exception of a result that is an error. */
void log_raise(enum sbfota_log_result result);

/* plan.c: the plan of a Plan; NULL with TypeError. It lives as long as the object. */
const struct sbfota_log_plan *plan_from(PyObject *object);

/* follow.c: what follows the events of a log. */
typedef enum sbfota_log_result (*follow_feed)(void *followed, const struct sbfota_log_event *events,
                                              size_t count);
struct follower_kind {
    const char *busy; /* what is said to another thread meanwhile */
    bool once;        /* nothing is fed behind the end */
    follow_feed feed;
    enum sbfota_log_result (*finish)(void *followed);
    PyObject *(*take)(void *followed); /* what a call gives */
    void (*free)(void *followed);
};
struct follower {
    PyObject_HEAD void *followed;
    const struct follower_kind *kind;
    bool busy;
    bool finished;
};
/* It takes what it follows, or NULL without memory. NULL with an exception set. */
struct follower *follower_make(PyTypeObject *type, const struct follower_kind *kind,
                               void *followed);
void follower_dealloc(PyObject *object);
PyObject *follower_feed(PyObject *object, PyObject *from);
PyObject *follower_feed_rows(PyObject *object, PyObject *args);
PyObject *follower_finish(PyObject *object, PyObject *unused);

/* rows.c: give each row of a batch of an Arrow table of events, whose columns are ROWS, to whom follows them. False with an exception set. */
bool rows_feed(follow_feed feed, void *followed, PyObject *schema, PyObject *array);

/* sessions.c, modems.c */
struct attempts_object {
    PyObject_HEAD struct sbfota_log_attempts *attempts;
};
extern PyTypeObject *attempts_type;
extern PyTypeObject *modems_type;

#endif
