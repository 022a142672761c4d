/* SPDX-License-Identifier: MIT
 *
 * Logs as streams of Arrow data. */
#include <sbfota/log.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/batch/log_table.h"

enum {
    MODEMS_AT_ONCE = 16384 /* rows of a stream of modems, at most */
};

struct arrow_stream;
/* With SBFOTA_LOG_BATCH, the next rows. */
typedef enum sbfota_log_result next_rows(struct arrow_stream *own, struct ArrowArray *out);

/* What a stream keeps. */
struct arrow_stream {
    struct sbfota_log *log;
    next_rows *next;
    struct sbfota_log_modems *modems; /* of a stream of modems, or NULL */
    size_t given;                     /* of them */
    bool finished;                    /* all events have been fed to them */
    struct table_shape shape;
    void (*tell)(void *context, const struct sbfota_log_message *message);
    void *context;
    bool trouble; /* of which nobody was told: the stream ends with it */
    char text[512];
    const char *error; /* of the last call; NULL if it gave none */
};

static int fail_memory(struct arrow_stream *own)
{
    own->error = "not enough memory";
    return ENOMEM;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct arrow_stream *const own = stream->private_data;
    own->error = NULL;
    return table_schema(&own->shape, out) == SBFOTA_LOG_END ? 0 : fail_memory(own);
}

static void take_message(struct arrow_stream *own, const struct sbfota_log_message *message)
{
    if (own->tell != NULL) {
        own->tell(own->context, message);
        return;
    }
    if (message->trouble == SBFOTA_LOG_NOTE || message->trouble == SBFOTA_LOG_SKIPPED ||
        own->trouble)
        return;
    own->trouble = true;
    snprintf(own->text, sizeof own->text, "%s: %s",
             message->file == NULL ? "standard input" : message->file, message->text);
}

/* All batches have been given. */
static int end(struct arrow_stream *own, enum sbfota_log_result result, struct ArrowArray *out)
{
    out->release = NULL;
    if (result != SBFOTA_LOG_END)
        return fail_memory(own);
    if (!own->trouble)
        return 0;
    own->trouble = false;
    own->error = own->text;
    return EIO;
}

static enum sbfota_log_result next_batch(struct arrow_stream *own, struct sbfota_log_batch **batch)
{
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(own->log, batch)) == SBFOTA_LOG_MESSAGE)
        take_message(own, sbfota_log_message(own->log));
    return result;
}

/* Rows of what there is. */
static enum sbfota_log_result make_rows(struct arrow_stream *own, const void *items, size_t first,
                                        size_t count, struct ArrowArray *out)
{
    const enum sbfota_log_result result = table_array(&own->shape, items, first, count, out);
    return result == SBFOTA_LOG_END ? SBFOTA_LOG_BATCH : result;
}

static enum sbfota_log_result next_events(struct arrow_stream *own, struct ArrowArray *out)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result = next_batch(own, &batch);
    if (result == SBFOTA_LOG_BATCH)
        result = make_rows(own, batch, 0, batch->count, out);
    sbfota_log_batch_free(batch);
    return result;
}

static enum sbfota_log_result next_attempts(struct arrow_stream *own, struct ArrowArray *out)
{
    struct sbfota_log_attempts *attempts;
    enum sbfota_log_result result;
    while ((result = sbfota_log_next_attempts(own->log, &attempts)) == SBFOTA_LOG_MESSAGE)
        take_message(own, sbfota_log_message(own->log));
    if (result == SBFOTA_LOG_BATCH)
        result = make_rows(own, attempts, 0, attempts->count, out);
    sbfota_log_attempts_free(attempts);
    return result;
}

/* All events to the modems: where each stands is known at the end. */
static enum sbfota_log_result follow_modems(struct arrow_stream *own)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result = SBFOTA_LOG_END;
    while (!own->finished && (result = next_batch(own, &batch)) == SBFOTA_LOG_BATCH) {
        result = sbfota_log_modems_feed(own->modems, batch->events, batch->count);
        sbfota_log_batch_free(batch);
        if (result < 0)
            return result;
    }
    if (result < 0 || own->finished)
        return result;
    own->finished = true;
    return sbfota_log_modems_finish(own->modems);
}

static enum sbfota_log_result next_modems(struct arrow_stream *own, struct ArrowArray *out)
{
    const enum sbfota_log_result result = follow_modems(own);
    const size_t first = own->given;
    const size_t left = sbfota_log_modems_count(own->modems) - first;
    const size_t count = left < MODEMS_AT_ONCE ? left : MODEMS_AT_ONCE;
    own->given += count;
    return result == SBFOTA_LOG_END && count > 0 ? make_rows(own, own->modems, first, count, out)
                                                 : result;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct arrow_stream *const own = stream->private_data;
    own->error = NULL;
    const enum sbfota_log_result result = own->next(own, out);
    return result == SBFOTA_LOG_BATCH ? 0 : end(own, result, out);
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const struct arrow_stream *const own = stream->private_data;
    return own->error;
}

static void release(struct ArrowArrayStream *stream)
{
    struct arrow_stream *const own = stream->private_data;
    sbfota_log_free(own->log);
    sbfota_log_modems_free(own->modems);
    free(own);
    stream->release = NULL;
}

/* One that has nothing yet that its rows are made with. */
static enum sbfota_log_result open_stream(const char *const *paths, size_t count,
                                          const struct sbfota_log_options *options,
                                          const struct sbfota_log_table *table,
                                          const struct table_rows *rows, next_rows *next,
                                          struct ArrowArrayStream *out)
{
    struct sbfota_log_options read = {.form = NULL};
    if (options != NULL)
        read = *options;
    read.sessions = rows == &attempt_rows;
    struct arrow_stream *const own = calloc(1, sizeof *own);
    out->release = NULL;
    if (own == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    enum sbfota_log_result result = SBFOTA_LOG_NO_COLUMN;
    if (table_take(table, rows, &own->shape))
        result = sbfota_log_open(&own->log, paths, count, &read);
    if (result != SBFOTA_LOG_END) {
        free(own);
        return result;
    }
    own->next = next;
    if (table != NULL) {
        own->tell = table->tell;
        own->context = table->context;
    }
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, own};
    return SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_stream(const char *const *paths, size_t count,
                                         const struct sbfota_log_options *options,
                                         const struct sbfota_log_table *table,
                                         struct ArrowArrayStream *out)
{
    return open_stream(paths, count, options, table, &event_rows, next_events, out);
}

enum sbfota_log_result sbfota_log_attempts_stream(const char *const *paths, size_t count,
                                                  const struct sbfota_log_options *options,
                                                  const struct sbfota_log_table *table,
                                                  struct ArrowArrayStream *out)
{
    return open_stream(paths, count, options, table, &attempt_rows, next_attempts, out);
}

enum sbfota_log_result sbfota_log_modems_stream(const char *const *paths, size_t count,
                                                const struct sbfota_log_options *options,
                                                int64_t now, const struct sbfota_log_table *table,
                                                struct ArrowArrayStream *out)
{
    const enum sbfota_log_result result =
        open_stream(paths, count, options, table, &modem_rows, next_modems, out);
    if (result != SBFOTA_LOG_END)
        return result;
    struct arrow_stream *const own = out->private_data;
    own->modems = sbfota_log_modems_new(now);
    if (own->modems != NULL)
        return SBFOTA_LOG_END;
    release(out);
    return SBFOTA_LOG_NO_MEMORY;
}
