/* SPDX-License-Identifier: MIT
 *
 * Batches as Arrow data. */
#include <sbfota/log.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_c.h"
#include "attempt_columns.h"
#include "event_columns.h"

enum {
    ATTEMPTS_AT_ONCE = 4096 /* rows of a stream of attempts, at least, but for the last ones */
};

/* How a table is made. */
struct shape_of_table {
    struct column_fields fields;
    uint64_t selected;
    bool plain;
    bool raw;
};

static bool find_column(struct shape_of_table *shape, const char *name, size_t length)
{
    for (unsigned i = 0; i < shape->fields.count; i++) {
        const char *const known = shape->fields.list[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            shape->selected |= UINT64_C(1) << i;
            return true;
        }
    }
    return false;
}

/* False if a column is named that there is not. */
static bool take_table(const struct sbfota_log_table *table, struct column_fields fields,
                       struct shape_of_table *taken)
{
    *taken = (struct shape_of_table){.fields = fields};
    if (table == NULL)
        return true;
    taken->plain = table->plain;
    taken->raw = table->raw;
    for (const char *next = table->columns; next != NULL;) {
        const size_t length = strcspn(next, ",");
        if (!find_column(taken, next, length))
            return false;
        next = next[length] == ',' ? next + length + 1 : NULL;
    }
    return true;
}

static enum sbfota_log_result make_schema(const struct shape_of_table *shape,
                                          struct ArrowSchema *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    return arrow_schema(&columns, shape->plain, out) ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                         struct ArrowSchema *out)
{
    struct shape_of_table shape;
    return take_table(table, event_columns, &shape) ? make_schema(&shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_attempts_schema(const struct sbfota_log_table *table,
                                                  struct ArrowSchema *out)
{
    struct shape_of_table shape;
    return take_table(table, attempt_columns, &shape) ? make_schema(&shape, out)
                                                      : SBFOTA_LOG_NO_COLUMN;
}

static struct record record_of(const struct sbfota_log_event *event)
{
    return (struct record){
        .event = event->message,
        .file = event->file,
        .line = event->line,
        .offset = event->message.offset,
        .modem = {event->modem, event->modem_length},
        .time = {event->time, event->time_length},
        .text = {event->text, event->text_length},
        .lead = {"", 0},
        .tail = {"", 0},
        .direction = (enum direction)event->direction,
        .answers = (enum sbfota_kind)event->answers,
        .deltas = event->clock == SBFOTA_LOG_CLOCK_NONE,
    };
}

static enum sbfota_log_result make_array(const struct sbfota_log_batch *batch,
                                         const struct shape_of_table *shape, struct ArrowArray *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < batch->count && !columns.no_memory; i++) {
        const struct record record = record_of(&batch->events[i]);
        event_columns_add(&columns, &record, shape->raw);
    }
    const bool made = !columns.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_batch_array(const struct sbfota_log_batch *batch,
                                              const struct sbfota_log_table *table,
                                              struct ArrowArray *out)
{
    struct shape_of_table shape;
    return take_table(table, event_columns, &shape) ? make_array(batch, &shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

/* An edge as sessions have it. */
static struct edge edge_of(const struct sbfota_log_edge *shown, struct fleet *files)
{
    struct edge edge = {.line = shown->line,
                        .offset = shown->offset,
                        .file = fleet_file_number(files, shown->file)};
    if (shown->time_length < sizeof edge.time)
        edge.time_length = shown->time_length;
    if (edge.time_length > 0)
        memcpy(edge.time, shown->time, edge.time_length);
    return edge;
}

static enum sbfota_log_result make_attempts(const struct sbfota_log_attempts *attempts,
                                            const struct shape_of_table *shape,
                                            struct ArrowArray *out)
{
    struct columns columns;
    struct fleet files = {.no_memory = false}; /* for its files' names alone */
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < attempts->count && !columns.no_memory && !files.no_memory; i++) {
        const struct sbfota_log_attempt *const shown = &attempts->list[i];
        const struct edge from = edge_of(&shown->from, &files);
        const struct edge to = edge_of(&shown->to, &files);
        const struct log_attempt attempt = {
            .modem = {shown->modem, shown->modem_length},
            .facts = shown->facts,
            .from = &from,
            .to = &to,
            .dated = shown->dated,
        };
        attempt_columns_add(&columns, &files, &attempt);
    }
    const bool made =
        !columns.no_memory && !files.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    fleet_free(&files);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_attempts_array(const struct sbfota_log_attempts *attempts,
                                                 const struct sbfota_log_table *table,
                                                 struct ArrowArray *out)
{
    struct shape_of_table shape;
    return take_table(table, attempt_columns, &shape) ? make_attempts(attempts, &shape, out)
                                                      : SBFOTA_LOG_NO_COLUMN;
}

/* What a stream keeps. */
struct stream {
    struct sbfota_log *log;
    struct sbfota_log_sessions *sessions; /* of a stream of attempts, or NULL */
    bool finished;                        /* all events have been fed to them */
    struct shape_of_table shape;
    void (*tell)(void *context, const struct sbfota_log_message *message);
    void *context;
    bool trouble;    /* of which nobody was told: the stream ends with it */
    char error[512]; /* empty if the last call gave none */
};

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct stream *const own = stream->private_data;
    if (make_schema(&own->shape, out) == SBFOTA_LOG_END)
        return 0;
    snprintf(own->error, sizeof own->error, "not enough memory");
    return ENOMEM;
}

static void take_message(struct stream *own, const struct sbfota_log_message *message)
{
    if (own->tell != NULL) {
        own->tell(own->context, message);
        return;
    }
    if (message->trouble == SBFOTA_LOG_NOTE || message->trouble == SBFOTA_LOG_SKIPPED ||
        own->trouble)
        return;
    own->trouble = true;
    snprintf(own->error, sizeof own->error, "%s: %s",
             message->file == NULL ? "standard input" : message->file, message->text);
}

/* All batches have been given. */
static int end(struct stream *own, enum sbfota_log_result result, struct ArrowArray *out)
{
    out->release = NULL;
    if (result == SBFOTA_LOG_END && !own->trouble)
        return 0;
    own->trouble = false;
    if (result == SBFOTA_LOG_END)
        return EIO;
    snprintf(own->error, sizeof own->error, "not enough memory");
    return ENOMEM;
}

static enum sbfota_log_result next_batch(struct stream *own, struct sbfota_log_batch **batch)
{
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(own->log, batch)) == SBFOTA_LOG_MESSAGE)
        take_message(own, sbfota_log_message(own->log));
    return result;
}

/* Events to sessions, until there are attempts enough. */
static enum sbfota_log_result follow(struct stream *own)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result = SBFOTA_LOG_END;
    while (!own->finished && sbfota_log_sessions_count(own->sessions) < ATTEMPTS_AT_ONCE &&
           (result = next_batch(own, &batch)) == SBFOTA_LOG_BATCH) {
        result = sbfota_log_sessions_feed(own->sessions, batch->events, batch->count);
        sbfota_log_batch_free(batch);
        if (result < 0)
            return result;
    }
    if (result < 0 || own->finished || sbfota_log_sessions_count(own->sessions) >= ATTEMPTS_AT_ONCE)
        return result;
    own->finished = true;
    return sbfota_log_sessions_finish(own->sessions);
}

static int get_next_attempts(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct stream *const own = stream->private_data;
    enum sbfota_log_result result = follow(own);
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(own->sessions);
    if (result == SBFOTA_LOG_END && attempts != NULL) {
        result = make_attempts(attempts, &own->shape, out);
        sbfota_log_attempts_free(attempts);
        if (result == SBFOTA_LOG_END)
            return 0;
    } else {
        sbfota_log_attempts_free(attempts);
    }
    return end(own, result, out);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct stream *const own = stream->private_data;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result = next_batch(own, &batch);
    if (result == SBFOTA_LOG_BATCH) {
        result = make_array(batch, &own->shape, out);
        sbfota_log_batch_free(batch);
        if (result == SBFOTA_LOG_END)
            return 0;
    }
    return end(own, result, out);
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const struct stream *const own = stream->private_data;
    return own->error[0] == '\0' ? NULL : own->error;
}

static void release(struct ArrowArrayStream *stream)
{
    struct stream *const own = stream->private_data;
    sbfota_log_free(own->log);
    sbfota_log_sessions_free(own->sessions);
    free(own);
    stream->release = NULL;
}

/* What is told goes to whom the table says. */
static void begin_telling(struct stream *own, const struct sbfota_log_table *table)
{
    if (table == NULL)
        return;
    own->tell = table->tell;
    own->context = table->context;
}

static enum sbfota_log_result open_stream(const char *const *paths, size_t count,
                                          const struct sbfota_log_options *options,
                                          const struct sbfota_log_table *table, bool attempts,
                                          struct ArrowArrayStream *out)
{
    struct stream *const own = calloc(1, sizeof *own);
    out->release = NULL;
    if (own == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    enum sbfota_log_result result = SBFOTA_LOG_NO_COLUMN;
    if (take_table(table, attempts ? attempt_columns : event_columns, &own->shape))
        result = sbfota_log_open(&own->log, paths, count, options);
    if (result == SBFOTA_LOG_END && attempts && (own->sessions = sbfota_log_sessions_new()) == NULL)
        result = SBFOTA_LOG_NO_MEMORY;
    if (result != SBFOTA_LOG_END) {
        sbfota_log_free(own->log);
        free(own);
        return result;
    }
    begin_telling(own, table);
    *out = (struct ArrowArrayStream){get_schema, attempts ? get_next_attempts : get_next,
                                     get_last_error, release, own};
    return SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_stream(const char *const *paths, size_t count,
                                         const struct sbfota_log_options *options,
                                         const struct sbfota_log_table *table,
                                         struct ArrowArrayStream *out)
{
    return open_stream(paths, count, options, table, false, out);
}

enum sbfota_log_result sbfota_log_attempts_stream(const char *const *paths, size_t count,
                                                  const struct sbfota_log_options *options,
                                                  const struct sbfota_log_table *table,
                                                  struct ArrowArrayStream *out)
{
    return open_stream(paths, count, options, table, true, out);
}
