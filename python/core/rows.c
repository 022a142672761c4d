/* SPDX-License-Identifier: MIT
 *
 * Rows of an Arrow table of events as the sessions take them. The batch has the columns below, in this order and without dictionaries;
 * Python sees to that. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#include <sbfota/texts.h>

#include "log/text/clock.h"
#include "log/text/spelling.h"
#include "log/text/time.h"

enum row_column {
    FILE_NAME,
    LINE,
    OFFSET,
    LENGTH,
    TIME_TEXT,
    CLOCK,
    MODEM,
    DIR,
    EVENT,
    CODE,
    SECONDS,
    PERCENT,
    PARA,
    PARAMETER,
    LEAST,
    MOST,
    FLAGS,
    AS,
    RAW,
    LOG,
    COLUMNS
};

static const struct {
    const char *name;
    const char *format;
} columns[COLUMNS] = {
    [FILE_NAME] = {"file", "u"},
    [LINE] = {"line", "l"},
    [OFFSET] = {"offset", "l"},
    [LENGTH] = {"length", "l"},
    [TIME_TEXT] = {"time_text", "u"},
    [CLOCK] = {"clock", "u"},
    [MODEM] = {"modem", "u"},
    [DIR] = {"dir", "u"},
    [EVENT] = {"event", "u"},
    [CODE] = {"code", "i"},
    [SECONDS] = {"seconds", "i"},
    [PERCENT] = {"percent", "i"},
    [PARA] = {"para", "i"},
    [PARAMETER] = {"parameter", "u"},
    [LEAST] = {"min", "l"},
    [MOST] = {"max", "l"},
    [FLAGS] = {"flags", "+l"},
    [AS] = {"as", "u"},
    [RAW] = {"raw", "u"},
    [LOG] = {"log", "u"},
};

/* A name with a NUL behind it, that of the row before as long as it is the same. */
struct name {
    char *text;
    size_t length;
    size_t capacity;
};

struct rows {
    const struct ArrowArray *batch;
    int64_t row; /* in the batch, without its offset */
    struct name file;
    struct name log;
    struct clock_minute minute;
    struct sbfota_log_event event;
    struct bytes unknown; /* the event that there is not */
    char time[TIME_SIZE];
    bool no_memory;
};

static bool is_null(const struct ArrowArray *array, int64_t at)
{
    const uint8_t *const valid = array->buffers[0];
    return valid != NULL && !(valid[at / 8] >> (at % 8) & 1);
}

/* Where a row of the batch stands in one of its columns. */
static int64_t place(const struct rows *rows, enum row_column column)
{
    return rows->row + rows->batch->offset + rows->batch->children[column]->offset;
}

static struct bytes text_in(const struct ArrowArray *array, int64_t at)
{
    const int32_t *const ends = array->buffers[1];
    const char *const bytes = array->buffers[2];
    if (is_null(array, at))
        return (struct bytes){NULL, 0};
    return (struct bytes){bytes == NULL ? "" : bytes + ends[at], (size_t)(ends[at + 1] - ends[at])};
}

static struct bytes get_text(const struct rows *rows, enum row_column column)
{
    return text_in(rows->batch->children[column], place(rows, column));
}

/* 0 for null. */
static int64_t get_number(const struct rows *rows, enum row_column column)
{
    const struct ArrowArray *const array = rows->batch->children[column];
    const int64_t at = place(rows, column);
    if (is_null(array, at))
        return 0;
    return columns[column].format[0] == 'i' ? ((const int32_t *)array->buffers[1])[at]
                                            : ((const int64_t *)array->buffers[1])[at];
}

static bool is_word(struct bytes text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

/* The name in a column; NULL if there is none. */
static const char *get_name(struct rows *rows, enum row_column column, struct name *name)
{
    const struct bytes text = get_text(rows, column);
    if (text.data == NULL)
        return NULL;
    if (name->text != NULL && name->length == text.length &&
        memcmp(name->text, text.data, text.length) == 0)
        return name->text;
    if (name->capacity <= text.length) {
        char *const more = realloc(name->text, text.length + 1);
        if (more == NULL) {
            rows->no_memory = true;
            return NULL;
        }
        name->text = more;
        name->capacity = text.length + 1;
    }
    memcpy(name->text, text.data, text.length);
    name->text[text.length] = '\0';
    name->length = text.length;
    return name->text;
}

static uint8_t get_flags(const struct rows *rows)
{
    const struct ArrowArray *const array = rows->batch->children[FLAGS];
    const int64_t at = place(rows, FLAGS);
    const int32_t *const ends = array->buffers[1];
    unsigned flags = 0;
    if (is_null(array, at))
        return 0;
    for (int64_t i = ends[at]; i < ends[at + 1]; i++) {
        const struct bytes word = text_in(array->children[0], i + array->children[0]->offset);
        for (unsigned bit = 0; bit < 8; bit++) {
            const char *const name = sbfota_flag_name(1U << bit);
            if (word.data != NULL && name != NULL && is_word(word, name))
                flags |= 1U << bit;
        }
    }
    return (uint8_t)flags;
}

static void take_time(struct rows *rows)
{
    static const char *const words[SBFOTA_LOG_CLOCK_COUNT] = {
        [SBFOTA_LOG_CLOCK_NONE] = "",       [SBFOTA_LOG_CLOCK_UTC] = "utc",
        [SBFOTA_LOG_CLOCK_LOCAL] = "local", [SBFOTA_LOG_CLOCK_YEAR] = "year",
        [SBFOTA_LOG_CLOCK_DAY] = "day",     [SBFOTA_LOG_CLOCK_START] = "start"};
    struct sbfota_log_event *const event = &rows->event;
    const struct bytes time = get_text(rows, TIME_TEXT);
    const struct bytes clock = get_text(rows, CLOCK);
    event->time = time.data;
    event->time_length = (uint8_t)(time.length < UINT8_MAX ? time.length : UINT8_MAX);
    for (uint8_t i = 1; clock.data != NULL && i < SBFOTA_LOG_CLOCK_COUNT; i++)
        if (is_word(clock, words[i]))
            event->clock = i;
    if (time.data == NULL || event->clock == SBFOTA_LOG_CLOCK_NONE ||
        clock_read(time_show(time, rows->time), &rows->minute, &event->time_ms) == CLOCK_NONE) {
        event->clock = SBFOTA_LOG_CLOCK_NONE;
        event->time_ms = SBFOTA_NO_TIME;
    }
}

/* What the text says that no column does, where it stands in the row. */
static void take_text(struct rows *rows, struct bytes text)
{
    struct sbfota_event *const message = &rows->event.message;
    struct sbfota_event found;
    if (text.data == NULL || text.length > SBFOTA_LINE_MAX)
        return;
    rows->event.text = text.data;
    rows->event.text_length = (uint16_t)text.length;
    sbfota_decode_line(text.data, text.length, &found);
    if (found.kind != message->kind)
        return;
    message->value = found.value;
    message->extent = found.extent;
    message->detail = found.detail;
    message->spelling = found.spelling;
}

/* `as`: words with a blank between, of which the last may be = and the text. */
static void take_spelling(struct rows *rows)
{
    struct bytes as = get_text(rows, AS);
    while (as.length > 0 && as.data[0] != '=') {
        const char *const blank = memchr(as.data, ' ', as.length);
        const size_t length = blank == NULL ? as.length : (size_t)(blank - as.data);
        rows->event.message.spelling |= (uint8_t)spelling_bit((struct bytes){as.data, length});
        const size_t taken = blank == NULL ? length : length + 1;
        as = (struct bytes){as.data + taken, as.length - taken};
    }
    if (as.length > 0)
        take_text(rows, (struct bytes){as.data + 1, as.length - 1});
}

static void take_argument(struct rows *rows)
{
    struct sbfota_event *const message = &rows->event.message;
    switch ((enum sbfota_argument)sbfota_message(message->kind)->argument) {
    case SBFOTA_ARGUMENT_NONE: break;
    case SBFOTA_ARGUMENT_SECONDS: message->value = (int32_t)get_number(rows, SECONDS); break;
    case SBFOTA_ARGUMENT_PERCENT: message->value = (int32_t)get_number(rows, PERCENT); break;
    case SBFOTA_ARGUMENT_PARA: message->value = (int32_t)get_number(rows, PARA); break;
    case SBFOTA_ARGUMENT_RANGE:
        message->value = (int32_t)get_number(rows, LEAST);
        message->extent = (uint32_t)get_number(rows, MOST);
        message->detail = is_word(get_text(rows, PARAMETER), "sbfota_accept")
                              ? SBFOTA_PARAMETER_ACCEPT
                              : SBFOTA_PARAMETER_DELAY;
        break;
    case SBFOTA_ARGUMENT_CME_CODE:
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: message->value = (int32_t)get_number(rows, CODE); break;
    case SBFOTA_ARGUMENT_TEXT: take_text(rows, get_text(rows, RAW)); break;
    }
}

/* The row as an event; false if there is no such event, or no memory. */
static bool take_row(struct rows *rows)
{
    const struct bytes kind = get_text(rows, EVENT);
    const struct bytes modem = get_text(rows, MODEM);
    const struct bytes direction = get_text(rows, DIR);
    struct sbfota_log_event *const event = &rows->event;
    *event = (struct sbfota_log_event){.modem_number = SBFOTA_LOG_NO_NUMBER,
                                       .file_number = SBFOTA_LOG_NO_NUMBER,
                                       .log_number = SBFOTA_LOG_NO_NUMBER,
                                       .modem = modem.data,
                                       .modem_length = (uint32_t)modem.length,
                                       .line = (uint64_t)get_number(rows, LINE)};
    event->message.kind = (uint8_t)sbfota_kind_from_name(kind.data, kind.length);
    event->message.offset = (uint64_t)get_number(rows, OFFSET);
    event->message.length = (uint64_t)get_number(rows, LENGTH);
    event->message.flags = get_flags(rows);
    event->file = get_name(rows, FILE_NAME, &rows->file);
    event->log = get_name(rows, LOG, &rows->log);
    if (direction.data != NULL)
        event->direction = is_word(direction, "tx") ? SBFOTA_LOG_TX : SBFOTA_LOG_RX;
    rows->unknown = kind;
    if (event->message.kind == SBFOTA_NONE || rows->no_memory)
        return false;
    take_time(rows);
    take_argument(rows);
    take_spelling(rows);
    return true;
}

static enum sbfota_log_result feed(struct rows *rows, follow_feed follow, void *follower)
{
    enum sbfota_log_result result = SBFOTA_LOG_END;
    for (; rows->row < rows->batch->length && result == SBFOTA_LOG_END; rows->row++)
        result = take_row(rows)    ? follow(follower, &rows->event, 1)
                 : rows->no_memory ? SBFOTA_LOG_NO_MEMORY
                                   : SBFOTA_LOG_INVALID;
    return result;
}

static bool is_table(const struct ArrowSchema *schema)
{
    bool good = strcmp(schema->format, "+s") == 0 && schema->n_children == COLUMNS;
    for (int i = 0; good && i < COLUMNS; i++)
        good = strcmp(schema->children[i]->format, columns[i].format) == 0 &&
               strcmp(schema->children[i]->name, columns[i].name) == 0;
    return good && strcmp(schema->children[FLAGS]->children[0]->format, "u") == 0;
}

bool rows_feed(follow_feed follow, void *follower, PyObject *schema_capsule,
               PyObject *array_capsule)
{
    const struct ArrowSchema *const schema = PyCapsule_GetPointer(schema_capsule, "arrow_schema");
    const struct ArrowArray *const array = PyCapsule_GetPointer(array_capsule, "arrow_array");
    enum sbfota_log_result result;
    if (schema == NULL || array == NULL)
        return false;
    if (schema->release == NULL || array->release == NULL || !is_table(schema)) {
        PyErr_SetString(PyExc_ValueError, "the rows have other columns than ROWS");
        return false;
    }
    struct rows rows = {.batch = array};
    Py_BEGIN_ALLOW_THREADS result = feed(&rows, follow, follower);
    Py_END_ALLOW_THREADS free(rows.file.text);
    free(rows.log.text);
    if (result == SBFOTA_LOG_INVALID) {
        PyObject *const name =
            core_text(rows.unknown.data == NULL ? "" : rows.unknown.data, rows.unknown.length);
        if (name != NULL)
            PyErr_Format(PyExc_ValueError, "there is no event %R", name);
        Py_XDECREF(name);
    } else if (result != SBFOTA_LOG_END) {
        log_raise(result);
    }
    return result == SBFOTA_LOG_END;
}

/* Their names, for who makes such batches. */
int rows_add_to(PyObject *module)
{
    PyObject *const names = PyTuple_New(COLUMNS);
    for (int i = 0; names != NULL && i < COLUMNS; i++)
        PyTuple_SetItem(names, i, PyUnicode_FromString(columns[i].name));
    return names == NULL ? -1 : PyModule_AddObject(module, "ROWS", names);
}
