/* SPDX-License-Identifier: MIT */
#include "cli/follow.h"

#include <stdlib.h>

#include "cli/writing/error_line.h"
#include "log/sessions/fleet_block.h"

enum {
    FLUSH_AT = 1 << 16 /* bytes of records that are written at once */
};

/* What one thread has found in a block: it is fed to the sessions in its turn. */
struct worker {
    struct fleet_block timed;
    bool found;
    bool malformed;
};

static void *worker_new(void *context)
{
    const struct following *const following = context;
    struct worker *const worker = calloc(1, sizeof *worker);
    if (worker != NULL)
        worker->timed.fold = following->options->capture.threads > 1 && following->sink.see == NULL;
    return worker;
}

static void worker_free(void *context)
{
    struct worker *const worker = context;
    fleet_block_free(&worker->timed);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct worker *const worker = context;
    fleet_block_take(&worker->timed, block, events, count);
    reading_see_events(block, events, count, &worker->found, &worker->malformed);
}

static bool commit(void *context, void *worker_context)
{
    struct following *const following = context;
    struct worker *const worker = worker_context;
    following->report.events += worker->timed.count;
    following->no_memory = following->no_memory || worker->timed.no_memory;
    if (following->no_memory)
        return false; /* a session without one of its messages would be another one */
    fleet_block_feed(&worker->timed, &following->fleet, &following->sink);
    following->found = following->found || worker->found;
    following->malformed = following->malformed || worker->malformed;
    following->no_memory = following->no_memory || following->fleet.no_memory;
    if (!following->held)
        writer_flush(&following->writer, &following->output);
    return !following->output.failed && !following->no_memory;
}

void follow_put_columns(struct following *following, struct columns *rows)
{
    columns_output_take(&following->columns, rows);
    columns_clear(rows);
    following->no_memory = following->no_memory || following->columns.no_memory;
}

void follow_flush(struct following *following)
{
    if (following->writer.used >= FLUSH_AT)
        writer_flush(&following->writer, &following->output);
}

/* False if it cannot be written there; that is said. */
static bool open_output(struct following *following)
{
    const struct options *const options = following->options;
    struct output *const output = &following->output;
    if (!output_open(output, options->output))
        return false;
    if (!columns_output_may(output, options->format)) {
        output_close(output, false);
        return false;
    }
    following->format = options->format != OUTPUT_AUTOMATIC ? options->format
                        : output->terminal                  ? OUTPUT_TEXT
                                                            : OUTPUT_JSONL;
    following->no_memory = !writer_make(&following->writer, NULL) ||
                           (format_is_columns(following->format) &&
                            !columns_output_begin(&following->columns, output, following->format,
                                                  following->kind->columns, following->most));
    return true;
}

static int end(struct following *following, bool good)
{
    const struct options *const options = following->options;
    if (!following->no_memory)
        fleet_end(&following->fleet, &following->sink);
    following->no_memory = following->no_memory || following->fleet.no_memory;
    following->end(following);
    if (format_is_columns(following->format) &&
        !columns_output_end(&following->columns, !following->no_memory))
        following->no_memory = true;
    if (following->writer.buffer != NULL)
        writer_flush(&following->writer, &following->output);
    const bool lacks = following->no_memory || following->writer.failed;
    if (lacks)
        error_line(NULL, 0, "not enough memory");
    const bool kept = !lacks && reading_is_kept(&following->report, options);
    good = output_close(&following->output, kept) && good && !lacks;
    return reading_status(&following->report, options, good, following->found,
                          following->malformed);
}

int follow_run(struct following *following)
{
    const struct capture_sink sink = {
        .context = following,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .pause = reading_pause,
        .tell = reading_tell,
        .progress = reading_progress,
    };
    struct capture_options capture = following->options->capture;
    int status = EXIT_TROUBLE;
    capture.all = capture.frames = false;
    if (open_output(following)) {
        capture.output.fd = following->output.fd;
        if (following->begin != NULL && !following->no_memory)
            following->begin(following);
        reading_begin(&following->report, following->options, following->output.terminal);
        const bool good = !following->no_memory && reading_run(following->options, &capture, &sink);
        reading_end(&following->report);
        status = end(following, good);
    }
    fleet_free(&following->fleet);
    writer_free(&following->writer);
    return status;
}
