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

static void queue(struct sbfota_log *log, struct log_item *item)
{
    item->next = NULL;
    if (log->first == NULL)
        log->first = item;
    else
        log->last->next = item;
    log->last = item;
    log->queued++;
    pthread_cond_broadcast(&log->changed);
}

/* Without memory for so little nothing more is given. */
static struct log_item *make_item(struct sbfota_log *log, size_t size)
{
    struct log_item *const item = malloc(sizeof *item + size);
    if (item == NULL)
        log->no_memory = true;
    return item;
}

/* An item with a batch or attempts. False without memory, and it is still the caller's. */
static bool queue_found(struct sbfota_log *log, struct batch *batch,
                        struct sbfota_log_attempts *attempts)
{
    struct log_item *const item = make_item(log, 0);
    if (item == NULL)
        return false;
    item->batch = batch;
    item->attempts = attempts;
    queue(log, item);
    return true;
}

static void flush_attempts(struct sbfota_log *log)
{
    struct sbfota_log_attempts *const attempts =
        log->sessions == NULL ? NULL : sbfota_log_sessions_take(log->sessions);
    if (attempts != NULL && !queue_found(log, NULL, attempts))
        sbfota_log_attempts_free(attempts);
}

void log_flush(struct sbfota_log *log)
{
    struct batch *const batch = log->open;
    log->open = NULL;
    if (batch != NULL && !queue_found(log, batch, NULL))
        batch_free(batch);
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

enum sbfota_log_trouble log_trouble(enum told told)
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

static void tell_locked(struct sbfota_log *log, enum told told, const char *file, const char *text)
{
    const size_t text_size = strlen(text) + 1;
    const size_t file_size = file == NULL ? 0 : strlen(file) + 1;
    log_flush(log);
    struct log_item *const item = make_item(log, text_size + file_size);
    if (item == NULL)
        return;
    memcpy(item->texts, text, text_size);
    if (file != NULL)
        memcpy(item->texts + text_size, file, file_size);
    item->batch = NULL;
    item->attempts = NULL;
    item->message = (struct sbfota_log_message){
        .file = file == NULL ? NULL : item->texts + text_size,
        .text = item->texts,
        .byte = capture_told_byte(log->capture),
        .trouble = log_trouble(told),
    };
    queue(log, item);
    wait_for_room(log);
}

static void tell(void *context, enum told told, const char *file, const char *text)
{
    struct sbfota_log *const log = context;
    pthread_mutex_lock(&log->lock);
    if (told == TOLD_NO_MEMORY)
        log->no_memory = true;
    else
        tell_locked(log, told, file, text);
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
        batch_free(item->batch);
        sbfota_log_attempts_free(item->attempts);
        free(item);
    }
    sbfota_log_sessions_free(log->sessions);
}
