/* SPDX-License-Identifier: MIT
 *
 * Batches as Arrow data. */
#include <sbfota/log.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_c.h"
#include "event_columns.h"

/* How a table is made. */
struct shape_of_table {
    uint64_t selected; /* of event_columns */
    bool plain;
    bool raw;
};

static bool find_column(const char *name, size_t length, uint64_t *selected)
{
    for (unsigned i = 0; i < event_columns.count; i++) {
        const char *const known = event_columns.list[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            *selected |= UINT64_C(1) << i;
            return true;
        }
    }
    return false;
}

/* False if a column is named that there is not. */
static bool take_table(const struct sbfota_log_table *table, struct shape_of_table *taken)
{
    memset(taken, 0, sizeof *taken);
    if (table == NULL)
        return true;
    taken->plain = table->plain;
    taken->raw = table->raw;
    for (const char *next = table->columns; next != NULL;) {
        const size_t length = strcspn(next, ",");
        if (!find_column(next, length, &taken->selected))
            return false;
        next = next[length] == ',' ? next + length + 1 : NULL;
    }
    return true;
}

enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                         struct ArrowSchema *out)
{
    struct shape_of_table shape;
    struct columns columns;
    if (!take_table(table, &shape))
        return SBFOTA_LOG_NO_COLUMN;
    columns_make(&columns, event_columns, shape.selected);
    return arrow_schema(&columns, shape.plain, out) ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
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
    };
}

static enum sbfota_log_result make_array(const struct sbfota_log_batch *batch,
                                         const struct shape_of_table *shape, struct ArrowArray *out)
{
    struct columns columns;
    columns_make(&columns, event_columns, shape->selected);
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
    return take_table(table, &shape) ? make_array(batch, &shape, out) : SBFOTA_LOG_NO_COLUMN;
}

/* What a stream keeps. */
struct stream {
    struct sbfota_log *log;
    struct shape_of_table shape;
    void (*tell)(void *context, const struct sbfota_log_message *message);
    void *context;
    bool trouble;    /* of which nobody was told: the stream ends with it */
    char error[512]; /* empty if the last call gave none */
};

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct stream *const own = stream->private_data;
    struct columns columns;
    columns_make(&columns, event_columns, own->shape.selected);
    if (arrow_schema(&columns, own->shape.plain, out))
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

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct stream *const own = stream->private_data;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(own->log, &batch)) == SBFOTA_LOG_MESSAGE)
        take_message(own, sbfota_log_message(own->log));
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
    free(own);
    stream->release = NULL;
}

enum sbfota_log_result sbfota_log_stream(const char *const *paths, size_t count,
                                         const struct sbfota_log_options *options,
                                         const struct sbfota_log_table *table,
                                         struct ArrowArrayStream *out)
{
    struct stream *const own = calloc(1, sizeof *own);
    out->release = NULL;
    if (own == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    const enum sbfota_log_result result = !take_table(table, &own->shape)
                                              ? SBFOTA_LOG_NO_COLUMN
                                              : sbfota_log_open(&own->log, paths, count, options);
    if (result != SBFOTA_LOG_END) {
        free(own);
        return result;
    }
    if (table != NULL) {
        own->tell = table->tell;
        own->context = table->context;
    }
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, own};
    return SBFOTA_LOG_END;
}
