/* SPDX-License-Identifier: MIT
 *
 * Parser and parse: the bytes of a port to events (sbfota/sbfota.h). */
#include "core.h"

#include <string.h>

enum {
    /* What of the stream is kept between two pieces: the longest text and the byte that ends it. */
    KEPT = SBFOTA_LINE_MAX + 1
};

struct parser_object {
    PyObject_HEAD struct sbfota_parser parser;
    bool busy;      /* in a call: making objects may run code of Python, which may call again */
    uint64_t taken; /* bytes of the stream */
    size_t kept;
    char tail[KEPT]; /* the last `kept` bytes of them */
};

static PyTypeObject *parser_type;

static PyObject *create(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {NULL};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, ":Parser", names))
        return NULL;
    struct parser_object *const parser = core_object(type);
    if (parser != NULL)
        sbfota_parser_init(&parser->parser);
    return (PyObject *)parser;
}

/* The text of an event: what of it came before this piece is in the tail. */
static PyObject *text_of(const struct parser_object *parser, const struct sbfota_event *event,
                         const char *piece)
{
    if (event->kind == SBFOTA_OVERLONG || event->kind == SBFOTA_BLANK ||
        event->length > SBFOTA_LINE_MAX)
        return NULL;
    const size_t length = (size_t)event->length;
    if (event->offset >= parser->taken)
        return PyBytes_FromStringAndSize(piece + (event->offset - parser->taken),
                                         (Py_ssize_t)length);
    const size_t before = (size_t)(parser->taken - event->offset);
    const size_t old = before < length ? before : length;
    char text[SBFOTA_LINE_MAX];
    if (before > parser->kept)
        return NULL;
    memcpy(text, parser->tail + parser->kept - before, old);
    if (length > old)
        memcpy(text + old, piece, length - old);
    return PyBytes_FromStringAndSize(text, (Py_ssize_t)length);
}

/* Behind a piece. */
static void keep(struct parser_object *parser, const char *piece, size_t length)
{
    parser->taken += length;
    if (length >= KEPT) {
        memcpy(parser->tail, piece + length - KEPT, KEPT);
        parser->kept = KEPT;
        return;
    }
    const size_t drop = parser->kept + length > KEPT ? parser->kept + length - KEPT : 0;
    memmove(parser->tail, parser->tail + drop, parser->kept - drop);
    memcpy(parser->tail + parser->kept - drop, piece, length);
    parser->kept += length - drop;
}

static bool append(struct parser_object *parser, PyObject *list, const struct sbfota_event *message,
                   const char *piece, int64_t time)
{
    struct event_object *const event = event_new(message);
    if (event == NULL)
        return false;
    event->time_ms = time;
    event->data = text_of(parser, message, piece);
    const bool done = !PyErr_Occurred() && PyList_Append(list, (PyObject *)event) == 0;
    Py_DECREF(event);
    return done;
}

static PyObject *feed_bytes(struct parser_object *parser, const char *piece, size_t length,
                            int64_t time)
{
    PyObject *const list = PyList_New(0);
    size_t done = 0;
    bool sound = list != NULL;
    while (sound && done < length) {
        struct sbfota_event event;
        done += sbfota_parse(&parser->parser, piece + done, length - done, &event);
        if (event.kind != SBFOTA_NONE)
            sound = append(parser, list, &event, piece, time);
    }
    keep(parser, piece, done);
    if (sound)
        return list;
    Py_XDECREF(list);
    return NULL;
}

static bool enter(struct parser_object *parser)
{
    if (parser->busy) {
        PyErr_SetString(PyExc_RuntimeError, "another call to this parser is under way");
        return false;
    }
    parser->busy = true;
    return true;
}

static PyObject *feed(PyObject *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"data", "time_ms", NULL};
    PyObject *data;
    PyObject *when = NULL;
    int64_t time;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|O:feed", names, &data, &when) ||
        !core_time(when, &time))
        return NULL;
    PyObject *const bytes = core_bytes(data);
    if (bytes == NULL || !enter((struct parser_object *)self)) {
        Py_XDECREF(bytes);
        return NULL;
    }
    PyObject *const list = feed_bytes((struct parser_object *)self, PyBytes_AsString(bytes),
                                      (size_t)PyBytes_Size(bytes), time);
    ((struct parser_object *)self)->busy = false;
    Py_DECREF(bytes);
    return list;
}

static PyObject *finish_stream(struct parser_object *parser, int64_t time)
{
    struct sbfota_event event;
    PyObject *const list = PyList_New(0);
    if (list == NULL || !sbfota_finish(&parser->parser, &event))
        return list;
    if (event.kind != SBFOTA_BLANK)
        event.flags |= SBFOTA_FLAG_UNENDED;
    if (append(parser, list, &event, "", time))
        return list;
    Py_DECREF(list);
    return NULL;
}

static PyObject *finish(PyObject *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"time_ms", NULL};
    struct parser_object *const parser = (struct parser_object *)self;
    PyObject *when = NULL;
    int64_t time;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:finish", names, &when) ||
        !core_time(when, &time))
        return NULL;
    if (!enter(parser))
        return NULL;
    PyObject *const list = finish_stream(parser, time);
    parser->busy = false;
    return list;
}

static PyObject *line_event(const char *line, size_t length)
{
    struct sbfota_event message;
    const size_t used = sbfota_decode_line(line, length, &message);
    if (message.kind == SBFOTA_NONE || message.kind == SBFOTA_BLANK || used < length) {
        PyErr_SetString(PyExc_ValueError, used < length ? "more than one line" : "no line");
        return NULL;
    }
    struct event_object *const event = event_new(&message);
    if (event != NULL && message.kind != SBFOTA_OVERLONG) {
        event->data = PyBytes_FromStringAndSize(line + message.offset, (Py_ssize_t)message.length);
        if (event->data == NULL) {
            Py_DECREF(event);
            return NULL;
        }
    }
    return (PyObject *)event;
}

static PyObject *parse(PyObject *module, PyObject *line)
{
    (void)module;
    PyObject *const bytes = PyUnicode_Check(line) ? PyUnicode_AsUTF8String(line) : core_bytes(line);
    if (bytes == NULL)
        return NULL;
    PyObject *const event = line_event(PyBytes_AsString(bytes), (size_t)PyBytes_Size(bytes));
    Py_DECREF(bytes);
    return event;
}

static PyMethodDef methods[] = {
    {"feed", (PyCFunction)(void (*)(void))feed, METH_VARARGS | METH_KEYWORDS,
     "feed($self, /, data, time_ms=None)\n--\n\n"
     "The events that are whole with these bytes: a list of Event, also of lines that are not "
     "SBFOTA's (`other`).\n\n"
     "data: the next bytes of the stream, any number. time_ms: when they came, milliseconds of any "
     "clock; the events have it.\n"
     "Every byte of the stream belongs to one event; what they are does not depend on how it is "
     "cut."},
    {"finish", (PyCFunction)(void (*)(void))finish, METH_VARARGS | METH_KEYWORDS,
     "finish($self, /, time_ms=None)\n--\n\n"
     "The stream has ended: a list of the last event, with the flag `unended`, or of none."},
    {NULL, NULL, 0, NULL}};

static void dealloc(PyObject *self)
{
    core_object_free(self);
}

static PyType_Slot slots[] = {
    {Py_tp_new, create},
    {Py_tp_dealloc, dealloc},
    {Py_tp_methods, methods},
    {Py_tp_doc,
     "Parser()\n--\n\nThe bytes of an AT port, in pieces of any size, to events. One a port."},
    {0, NULL}};
static PyType_Spec spec = {"sbfota._core.Parser", sizeof(struct parser_object), 0,
                           Py_TPFLAGS_DEFAULT, slots};

static PyMethodDef functions[] = {
    {"parse", parse, METH_O,
     "parse($module, line, /)\n--\n\n"
     "The Event of one line: bytes, or str as UTF-8, with or without its line ends.\n\n"
     "ValueError: it is empty, or more than one line."},
    {NULL, NULL, 0, NULL}};

int parser_add_to(PyObject *module)
{
    parser_type = core_type(module, &spec);
    return parser_type == NULL ? -1 : PyModule_AddFunctions(module, functions);
}
