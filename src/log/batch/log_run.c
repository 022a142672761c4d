/* SPDX-License-Identifier: MIT
 *
 * Events to who takes them on the threads that read. */
#include "log/batch/log_handle.h"

#include <stdlib.h>

struct visit {
    struct sbfota_log *log;
    const struct sbfota_log_visitor *visitor;
};

/* One thread's. */
struct visit_worker {
    const struct visit *visit;
    void *worker; /* the visitor's */
    struct clock_minute minute;
    struct log_names *names;
    bool no_memory;
};

static void worker_free(void *context)
{
    struct visit_worker *const own = context;
    if (own->worker != NULL)
        own->visit->visitor->worker_free(own->worker);
    log_names_release(own->names);
    free(own);
}

static void *worker_new(void *context)
{
    const struct visit *const visit = context;
    struct visit_worker *const own = calloc(1, sizeof *own);
    if (own == NULL)
        return NULL;
    own->visit = visit;
    own->names = log_names_make();
    if (own->names != NULL)
        own->worker = visit->visitor->worker_new(visit->visitor->context);
    if (own->worker != NULL)
        return own;
    worker_free(own);
    return NULL;
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct visit_worker *const own = context;
    if (count == 0)
        return;
    struct batch *const batch = batch_make(block, events, count, &own->minute);
    own->no_memory = own->no_memory || batch == NULL || !batch_name(batch, own->names);
    if (!own->no_memory)
        own->visit->visitor->take(own->worker, &batch->shown);
    batch_free(batch);
}

static bool commit(void *context, void *worker)
{
    const struct visit *const visit = context;
    const struct visit_worker *const own = worker;
    visit->log->no_memory = visit->log->no_memory || own->no_memory;
    return !visit->log->no_memory && visit->visitor->commit(visit->visitor->context, own->worker);
}

static void tell(void *context, enum told told, const char *file, const char *text)
{
    const struct visit *const visit = context;
    if (told == TOLD_NO_MEMORY) {
        visit->log->no_memory = true;
        return;
    }
    const struct sbfota_log_message message = log_message(visit->log->capture, told, file, text);
    if (visit->visitor->tell != NULL)
        visit->visitor->tell(visit->visitor->context, &message);
}

enum sbfota_log_result sbfota_log_run(const char *const *paths, size_t count,
                                      const struct sbfota_log_options *options,
                                      const struct sbfota_log_visitor *visitor)
{
    struct visit visit = {.visitor = visitor};
    const struct capture_sink sink = {
        .context = &visit,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .tell = tell,
    };
    if (options != NULL && options->sessions)
        return SBFOTA_LOG_INVALID;
    enum sbfota_log_result result = sbfota_log_open(&visit.log, paths, count, options);
    if (result != SBFOTA_LOG_END)
        return result;
    struct sbfota_log *const log = visit.log;
    log->capture = capture_begin(log->paths, log->count, &log->options, &sink);
    if (log->capture != NULL) {
        capture_all(log->capture);
        capture_end(log->capture);
    } else {
        log->no_memory = true;
    }
    log->capture = NULL;
    result = log->no_memory ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
    sbfota_log_free(log);
    return result;
}
