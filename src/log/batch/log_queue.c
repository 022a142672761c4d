/* SPDX-License-Identifier: MIT
 *
 * What threads have found, batches of events or the attempts of their sessions, and what there is to tell, in the order of the input. */
#include "log/batch/log_handle.h"

#include <stdlib.h>
#include <string.h>

enum {
    ATTEMPTS_AT_ONCE =
        4096 /* that are given, at least, but for those before a message or a pause and the last ones */
};

/* What a thread has found in its block. */
struct log_worker {
    bool follows; /* sessions: there are no batches */
    struct fleet_block timed;
    struct clock_minute minute;
    struct batch *batch;
    uint64_t lines;
    bool no_memory;
};

static void *worker_new(void *context)
{
    const struct sbfota_log *const log = context;
    struct log_worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->follows = log->sessions != NULL;
    worker->timed.fold = log->options.threads > 1;
    return worker;
}

static void worker_free(void *context)
{
    struct log_worker *const worker = context;
    batch_free(worker->batch);
    fleet_block_free(&worker->timed);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct log_worker *const worker = context;
    worker->lines = block->past ? 0 : block->lines;
    if (worker->follows)
        fleet_block_take(&worker->timed, block, events, count);
    if (worker->follows || count == 0)
        return;
    worker->batch = batch_make(block, events, count, &worker->minute);
    worker->no_memory = worker->batch == NULL;
}

/* Without memory for so little nothing more is given: false, and what was found is still the caller's. The texts of a message, if there is one, are
 * copied. */
static bool queue(struct sbfota_log *log, struct log_found found,
                  const struct sbfota_log_message *message)
{
    const size_t text = message == NULL ? 0 : strlen(message->text) + 1;
    const size_t file = message == NULL || message->file == NULL ? 0 : strlen(message->file) + 1;
    struct log_item *const item = malloc(sizeof *item + text + file);
    if (item == NULL) {
        log->no_memory = true;
        return false;
    }
    item->next = NULL;
    item->found = found;
    if (message != NULL) {
        item->message = *message;
        item->message.text = memcpy(item->texts, message->text, text);
    }
    if (file > 0)
        item->message.file = memcpy(item->texts + text, message->file, file);
    if (log->first == NULL)
        log->first = item;
    else
        log->last->next = item;
    log->last = item;
    log->queued++;
    pthread_cond_broadcast(&log->changed);
    return true;
}

static void free_found(struct log_found found)
{
    batch_free(found.batch);
    sbfota_log_attempts_free(found.attempts);
}

static void queue_found(struct sbfota_log *log, struct log_found found)
{
    if ((found.batch != NULL || found.attempts != NULL) && !queue(log, found, NULL))
        free_found(found);
}

static void flush_attempts(struct sbfota_log *log)
{
    if (log->sessions != NULL)
        queue_found(log, (struct log_found){NULL, sbfota_log_sessions_take(log->sessions)});
}

void log_flush(struct sbfota_log *log)
{
    struct batch *const batch = log->open;
    log->open = NULL;
    queue_found(log, (struct log_found){batch, NULL});
    flush_attempts(log);
}

/* Other threads do not read on while what is ready is not taken. */
static void wait_for_room(struct sbfota_log *log)
{
    while (log->bounded && log->queued >= SBFOTA_LOG_BATCHES && !log->closed)
        pthread_cond_wait(&log->changed, &log->lock);
}

static void add(struct sbfota_log *log, struct batch *more)
{
    struct batch *const before = log->open;
    const size_t count = more->shown.count;
    if (before != NULL && before->shown.count + count <= SBFOTA_LOG_BATCH_EVENTS) {
        if (!batch_append(before, more)) {
            log->no_memory = true;
            batch_free(more);
        }
    } else {
        log_flush(log);
        log->open = more;
    }
    if (log->open != NULL && log->open->shown.count >= SBFOTA_LOG_BATCH_EVENTS)
        log_flush(log);
    wait_for_room(log);
}

/* The sessions take what a block has of them. */
static void follow(struct sbfota_log *log, struct log_worker *worker)
{
    if (!log_sessions_take_block(log->sessions, &worker->timed))
        log->no_memory = true;
    else if (sbfota_log_sessions_count(log->sessions) >= ATTEMPTS_AT_ONCE)
        flush_attempts(log);
    wait_for_room(log);
}

static bool commit(void *context, void *worker_context)
{
    struct sbfota_log *const log = context;
    struct log_worker *const worker = worker_context;
    struct batch *const batch = worker->batch;
    worker->batch = NULL;
    const bool named = batch == NULL || batch_name(batch, log->names);
    pthread_mutex_lock(&log->lock);
    log->no_memory = log->no_memory || worker->no_memory || !named;
    log->lines += worker->lines;
    worker->lines = 0;
    if (batch != NULL && log->no_memory)
        batch_free(batch);
    else if (batch != NULL)
        add(log, batch);
    else if (worker->follows && !log->no_memory)
        follow(log, worker);
    const bool goes_on = !log->no_memory && !log->closed;
    pthread_mutex_unlock(&log->lock);
    return goes_on;
}

/* Nothing follows for the moment. */
static void pause_reading(void *context)
{
    struct sbfota_log *const log = context;
    pthread_mutex_lock(&log->lock);
    log_flush(log);
    pthread_mutex_unlock(&log->lock);
}

static enum sbfota_log_trouble trouble_of(enum told told)
{
    switch (told) {
    case TOLD_NOTE: return SBFOTA_LOG_NOTE;
    case TOLD_LEARNED: return SBFOTA_LOG_LEARNED;
    case TOLD_SKIPPED: return SBFOTA_LOG_SKIPPED;
    case TOLD_TROUBLE: return SBFOTA_LOG_UNREADABLE;
    case TOLD_DAMAGED: return SBFOTA_LOG_DAMAGED;
    case TOLD_LACKING: return SBFOTA_LOG_LACKING;
    case TOLD_SHRUNK: return SBFOTA_LOG_SHRUNK;
    case TOLD_PACKED: return SBFOTA_LOG_PACKED;
    case TOLD_IS_OUTPUT: return SBFOTA_LOG_OUTPUT;
    case TOLD_NO_MEMORY: break;
    }
    return SBFOTA_LOG_UNREADABLE;
}

struct sbfota_log_message log_message(const struct capture *capture, enum told told,
                                      const char *file, const char *text)
{
    return (struct sbfota_log_message){.file = file,
                                       .text = text,
                                       .byte = capture_told_byte(capture),
                                       .trouble = trouble_of(told)};
}

static void tell(void *context, enum told told, const char *file, const char *text)
{
    struct sbfota_log *const log = context;
    pthread_mutex_lock(&log->lock);
    if (told == TOLD_NO_MEMORY) {
        log->no_memory = true;
    } else {
        const struct sbfota_log_message message = log_message(log->capture, told, file, text);
        log_flush(log);
        if (queue(log, (struct log_found){NULL, NULL}, &message))
            wait_for_room(log);
    }
    pthread_mutex_unlock(&log->lock);
}

const struct capture_sink log_queue_sink = {
    .worker_new = worker_new,
    .worker_free = worker_free,
    .take = take,
    .commit = commit,
    .pause = pause_reading,
    .tell = tell,
};

struct log_item *log_queue_take(struct sbfota_log *log)
{
    struct log_item *const item = log->first;
    if (item == NULL)
        return NULL;
    log->first = item->next;
    log->queued--;
    pthread_cond_broadcast(&log->changed);
    return item;
}

void log_queue_end(struct sbfota_log *log)
{
    if (log->sessions != NULL && !log->no_memory &&
        sbfota_log_sessions_finish(log->sessions) != SBFOTA_LOG_END)
        log->no_memory = true;
    log_flush(log);
}

void log_queue_free(struct sbfota_log *log)
{
    struct log_item *item;
    batch_free(log->open);
    while ((item = log_queue_take(log)) != NULL) {
        free_found(item->found);
        free(item);
    }
    sbfota_log_sessions_free(log->sessions);
}
