/* SPDX-License-Identifier: MIT
 *
 * The handle: what comes next, from this thread's own reading or from other threads. */
#include "log/batch/log_handle.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    log->sink = log_queue_sink;
    log->sink.context = log;
    if (options == NULL)
        options = &usual;
    log->names = log_names_make();
    log->sessions = options->sessions ? sbfota_log_sessions_new() : NULL;
    const bool ready = log->names != NULL && (log->sessions != NULL || !options->sessions);
    const enum sbfota_log_result result =
        ready ? log_options_take(log, options) : SBFOTA_LOG_NO_MEMORY;
    log->options.stop = &log->stop;
    if (result != SBFOTA_LOG_END)
        sbfota_log_free(log);
    else
        *made = log;
    return result;
}

static enum sbfota_log_result copy_paths(struct sbfota_log *log, const char *const *paths,
                                         size_t count)
{
    if (count < SIZE_MAX)
        log->paths = calloc(count + 1, sizeof *log->paths);
    if (log->paths == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    for (; log->count < count; log->count++) {
        if (paths[log->count] == NULL)
            return SBFOTA_LOG_INVALID;
        if ((log->paths[log->count] = strdup(paths[log->count])) == NULL)
            return SBFOTA_LOG_NO_MEMORY;
    }
    return SBFOTA_LOG_END;
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
    enum sbfota_log_result result = log_make(log, options);
    if (result != SBFOTA_LOG_END)
        return result;
    result = copy_paths(*log, paths, count);
    if (result != SBFOTA_LOG_END) {
        sbfota_log_free(*log);
        *log = NULL;
        return result;
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
    log_queue_end(log);
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

/* Has all been read that was fed? */
static bool is_hungry(const struct sbfota_log *log)
{
    return log->feed.used && log->feed.waiting && log_feed_is_short(&log->feed);
}

/* What comes next: with SBFOTA_LOG_BATCH, what was found; a message is kept. */
static enum sbfota_log_result next(struct sbfota_log *log, struct log_found *found)
{
    enum sbfota_log_result result = SBFOTA_LOG_END;
    struct log_item *item;
    free(log->told);
    log->told = NULL;
    /* Who cannot have a thread does it himself. */
    if (!log->threaded && !log->ended && log->capture == NULL && log->options.threads > 1)
        log_start(log);
    pthread_mutex_lock(&log->lock);
    while ((item = log_queue_take(log)) == NULL && !log->ended && !is_hungry(log)) {
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
    if (item == NULL)
        return result;
    *found = item->found;
    if (found->batch == NULL && found->attempts == NULL) {
        log->told = item;
        return SBFOTA_LOG_MESSAGE;
    }
    free(item);
    return SBFOTA_LOG_BATCH;
}

enum sbfota_log_result sbfota_log_next(struct sbfota_log *log, struct sbfota_log_batch **batch)
{
    struct log_found found = {NULL, NULL};
    const enum sbfota_log_result result =
        log->sessions == NULL ? next(log, &found) : SBFOTA_LOG_INVALID;
    *batch = found.batch == NULL ? NULL : &found.batch->shown;
    return result;
}

enum sbfota_log_result sbfota_log_next_attempts(struct sbfota_log *log,
                                                struct sbfota_log_attempts **attempts)
{
    struct log_found found = {NULL, NULL};
    const enum sbfota_log_result result =
        log->sessions != NULL ? next(log, &found) : SBFOTA_LOG_INVALID;
    *attempts = found.attempts;
    return result;
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
    log_queue_free(log);
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
