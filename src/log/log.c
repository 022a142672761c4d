/* SPDX-License-Identifier: MIT
 *
 * The handle: batches and messages in the order of the input, from this thread's own reading or from other threads. */
#include "log_handle.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a thread has found in its block. */
struct log_worker {
    struct clock_minute minute;
    struct batch *batch;
    uint64_t lines;
    bool no_memory;
};

static void *worker_new(void *context)
{
    (void)context;
    return calloc(1, sizeof(struct log_worker));
}

static void worker_free(void *context)
{
    struct log_worker *const worker = context;
    batch_free(worker->batch);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct log_worker *const worker = context;
    worker->lines = block->past ? 0 : block->lines;
    if (count == 0)
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

void log_flush(struct sbfota_log *log)
{
    struct batch *const batch = log->open;
    if (batch == NULL)
        return;
    log->open = NULL;
    struct log_item *const item = make_item(log, 0);
    if (item == NULL) {
        batch_free(batch);
        return;
    }
    item->batch = batch;
    queue(log, item);
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

enum sbfota_log_result log_make(struct sbfota_log **made, const struct sbfota_log_options *options)
{
    static const struct sbfota_log_options usual = {.form = NULL};
    struct sbfota_log *const log = calloc(1, sizeof *log);
    *made = NULL;
    if (log == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    pthread_mutex_init(&log->lock, NULL);
    pthread_cond_init(&log->changed, NULL);
    log->wake = -1;
    log->stop.fd = -1;
    atomic_init(&log->stop.wanted, 0);
    log->sink = (struct capture_sink){
        .context = log,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .pause = pause_reading,
        .tell = tell,
    };
    log->names = log_names_make();
    const enum sbfota_log_result result =
        log->names == NULL ? SBFOTA_LOG_NO_MEMORY
                           : log_options_take(log, options == NULL ? &usual : options);
    log->options.stop = &log->stop;
    if (result != SBFOTA_LOG_END)
        sbfota_log_free(log);
    else
        *made = log;
    return result;
}

static bool copy_paths(struct sbfota_log *log, const char *const *paths, size_t count)
{
    log->paths = calloc(count + 1, sizeof *log->paths);
    for (; log->paths != NULL && log->count < count; log->count++)
        if ((log->paths[log->count] = strdup(paths[log->count])) == NULL)
            return false;
    return log->paths != NULL;
}

/* What wakes who waits for a pipe or a terminal. Without it, only between two reads is it seen that reading is to end. */
static void make_wake(struct sbfota_log *log)
{
    int ends[2];
    if (pipe(ends) != 0)
        return;
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    log->stop.fd = ends[0];
    log->wake = ends[1];
}

enum sbfota_log_result sbfota_log_open(struct sbfota_log **log, const char *const *paths,
                                       size_t count, const struct sbfota_log_options *options)
{
    *log = NULL;
    if (count > 0 && paths == NULL)
        return SBFOTA_LOG_INVALID;
    const enum sbfota_log_result result = log_make(log, options);
    if (result != SBFOTA_LOG_END)
        return result;
    if (!copy_paths(*log, paths, count)) {
        sbfota_log_free(*log);
        *log = NULL;
        return SBFOTA_LOG_NO_MEMORY;
    }
    make_wake(*log);
    return SBFOTA_LOG_END;
}

static bool begin(struct sbfota_log *log)
{
    if (log->capture == NULL)
        log->capture = capture_begin(log->paths, log->count, &log->options, &log->sink);
    return log->capture != NULL;
}

/* All has been read, or as much as is wanted. */
static void end(struct sbfota_log *log, bool begun)
{
    if (begun)
        capture_end(log->capture);
    log->capture = NULL;
    pthread_mutex_lock(&log->lock);
    log->no_memory = log->no_memory || !begun;
    log_flush(log);
    log->ended = true;
    pthread_cond_broadcast(&log->changed);
    pthread_mutex_unlock(&log->lock);
}

static void *read_all(void *context)
{
    struct sbfota_log *const log = context;
    const bool begun = begin(log);
    if (begun)
        capture_all(log->capture);
    end(log, begun);
    return NULL;
}

bool log_start(struct sbfota_log *log)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    log->bounded = true;
    /* Signals are the business of who calls. */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    log->threaded = pthread_create(&log->thread, NULL, read_all, log) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!log->threaded)
        log->bounded = false;
    return log->threaded;
}

/* Read on, on this thread. */
static void step(struct sbfota_log *log)
{
    const bool begun = begin(log);
    if (!begun || !capture_step(log->capture))
        end(log, begun);
}

static struct log_item *take_first(struct sbfota_log *log)
{
    struct log_item *const item = log->first;
    if (item == NULL)
        return NULL;
    log->first = item->next;
    log->queued--;
    pthread_cond_broadcast(&log->changed);
    return item;
}

/* Has all been read that was fed? */
static bool is_hungry(const struct sbfota_log *log)
{
    return log->feed.used && log->feed.waiting && log_feed_is_short(&log->feed);
}

static enum sbfota_log_result give(struct sbfota_log *log, struct log_item *item,
                                   struct sbfota_log_batch **batch)
{
    if (item->batch == NULL) {
        log->told = item;
        return SBFOTA_LOG_MESSAGE;
    }
    *batch = &item->batch->shown;
    free(item);
    return SBFOTA_LOG_BATCH;
}

enum sbfota_log_result sbfota_log_next(struct sbfota_log *log, struct sbfota_log_batch **batch)
{
    struct log_item *item;
    enum sbfota_log_result result = SBFOTA_LOG_END;
    *batch = NULL;
    free(log->told);
    log->told = NULL;
    /* Who cannot have a thread does it himself. */
    if (!log->threaded && !log->ended && log->capture == NULL && log->options.threads > 1)
        log_start(log);
    pthread_mutex_lock(&log->lock);
    while ((item = take_first(log)) == NULL && !log->ended && !is_hungry(log)) {
        if (log->threaded) {
            pthread_cond_wait(&log->changed, &log->lock);
            continue;
        }
        pthread_mutex_unlock(&log->lock);
        step(log);
        pthread_mutex_lock(&log->lock);
    }
    if (item == NULL)
        result = log->no_memory ? SBFOTA_LOG_NO_MEMORY
                 : log->ended   ? SBFOTA_LOG_END
                                : SBFOTA_LOG_MORE;
    pthread_mutex_unlock(&log->lock);
    return item == NULL ? result : give(log, item, batch);
}

const struct sbfota_log_message *sbfota_log_message(const struct sbfota_log *log)
{
    return log->told == NULL ? NULL : &log->told->message;
}

static uint32_t count_names(const struct sbfota_log *log, const struct names *names)
{
    pthread_mutex_lock(&log->names->lock);
    const uint32_t count = names->count;
    pthread_mutex_unlock(&log->names->lock);
    return count;
}

uint32_t sbfota_log_modem_count(const struct sbfota_log *log)
{
    return count_names(log, &log->names->modems);
}

uint32_t sbfota_log_file_count(const struct sbfota_log *log)
{
    return count_names(log, &log->names->files);
}

static const char *find_name(const struct sbfota_log *log, const struct names *names,
                             uint32_t number, size_t *length)
{
    struct bytes name = {NULL, 0};
    pthread_mutex_lock(&log->names->lock);
    if (number < names->count)
        name = names_text(names, number);
    pthread_mutex_unlock(&log->names->lock);
    *length = name.length;
    return name.data;
}

const char *sbfota_log_modem_name(const struct sbfota_log *log, uint32_t number, size_t *length)
{
    return find_name(log, &log->names->modems, number, length);
}

const char *sbfota_log_file_name(const struct sbfota_log *log, uint32_t number, size_t *length)
{
    return find_name(log, &log->names->files, number, length);
}

uint64_t sbfota_log_lines(const struct sbfota_log *log)
{
    pthread_mutex_t *const lock = (pthread_mutex_t *)&log->lock;
    pthread_mutex_lock(lock);
    const uint64_t lines = log->lines;
    pthread_mutex_unlock(lock);
    return lines;
}

void sbfota_log_stop(struct sbfota_log *log)
{
    pthread_mutex_lock(&log->lock);
    atomic_store(&log->stop.wanted, 1);
    pthread_cond_broadcast(&log->changed);
    pthread_mutex_unlock(&log->lock);
    while (log->wake >= 0 && write(log->wake, "", 1) < 0 && errno == EINTR)
        ;
}

static void close_descriptors(struct sbfota_log *log)
{
    if (log->wake < 0)
        return;
    close(log->wake);
    close(log->stop.fd);
}

void sbfota_log_free(struct sbfota_log *log)
{
    if (log == NULL)
        return;
    pthread_mutex_lock(&log->lock);
    log->closed = true;
    pthread_mutex_unlock(&log->lock);
    sbfota_log_stop(log);
    if (log->threaded)
        pthread_join(log->thread, NULL);
    else if (log->capture != NULL)
        capture_end(log->capture);
    batch_free(log->open);
    while (log->first != NULL) {
        struct log_item *const item = take_first(log);
        batch_free(item->batch);
        free(item);
    }
    for (size_t i = 0; i < log->count; i++)
        free(log->paths[i]);
    free(log->paths);
    free(log->told);
    free(log->feed.bytes);
    free(log->strings);
    log_names_release(log->names);
    close_descriptors(log);
    pthread_cond_destroy(&log->changed);
    pthread_mutex_destroy(&log->lock);
    free(log);
}
