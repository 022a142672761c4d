/* SPDX-License-Identifier: MIT
 *
 * sbfota stats: counts of what is in the captures. */
#include <stdlib.h>
#include <unistd.h>

#include "capture/time.h"
#include "commands.h"
#include "counts.h"
#include "reading.h"
#include "report.h"

struct run {
    struct reading_report report;
    const struct options *options;
    struct counts counts; /* of all threads */
    bool no_memory;
};

/* What one thread counts; it is added up at the end. The times of a block are handed over in its turn. */
struct worker {
    struct run *run;
    struct counts counts;
    uint64_t told_events;
    char times[2][TIME_SIZE];
    size_t time_lengths[2];
};

static void *worker_new(void *context)
{
    struct worker *const worker = calloc(1, sizeof *worker);
    if (worker != NULL)
        worker->run = context;
    return worker;
}

static void worker_free(void *context)
{
    struct worker *const worker = context;
    if (!counts_add(&worker->run->counts, &worker->counts))
        worker->run->no_memory = true;
    counts_free(&worker->counts);
    free(worker);
}

static void take(void *context, const struct block *block, const struct hit *hits, size_t count)
{
    struct worker *const worker = context;
    counts_block(&worker->counts, block, hits, count);
    for (int i = 0; i < 2; i++) {
        char buffer[TIME_SIZE];
        const struct bytes time = time_show(block->times[i], buffer);
        worker->time_lengths[i] = time.length < TIME_SIZE ? time.length : 0;
        if (worker->time_lengths[i] > 0)
            memcpy(worker->times[i], time.data, worker->time_lengths[i]);
    }
}

static void take_record(void *context, const struct record *record)
{
    (void)context; /* stats never asks for frames */
    (void)record;
}

static bool commit(void *context, void *worker_context)
{
    struct run *const run = context;
    struct worker *const worker = worker_context;
    run->report.events += worker->counts.hits - worker->told_events;
    worker->told_events = worker->counts.hits;
    for (int i = 0; i < 2; i++)
        if (worker->time_lengths[i] > 0 && (i == 1 || run->counts.time_lengths[0] == 0)) {
            memcpy(run->counts.times[i], worker->times[i], worker->time_lengths[i]);
            run->counts.time_lengths[i] = worker->time_lengths[i];
        }
    return true;
}

static int print(struct run *run, const struct options *options, bool good)
{
    struct output output;
    struct writer writer;
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    if (!writer_make(&writer, &output)) {
        output_close(&output, false);
        report(NULL, 0, "not enough memory");
        return EXIT_TROUBLE;
    }
    const bool text =
        options->format == OUTPUT_TEXT || (options->format == OUTPUT_AUTOMATIC && output.terminal);
    if (text)
        counts_put_text(&run->counts, options->top, &writer);
    else
        counts_put_json(&run->counts, options->top, &writer);
    writer_flush(&writer, &output);
    good = !writer.failed && good;
    writer_free(&writer);
    good = output_close(&output, !run->report.overwriting) && good;
    return !good                                                        ? EXIT_TROUBLE
           : options->strict && run->counts.kinds[SBFOTA_MALFORMED] > 0 ? EXIT_MALFORMED
           : run->counts.messages == 0                                  ? EXIT_NO_MESSAGE
                                                                        : EXIT_DONE;
}

int stats_run(const struct options *options)
{
    struct run run = {.options = options};
    const struct capture_sink sink = {
        .context = &run,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .take_record = take_record,
        .commit = commit,
        .pause = reading_pause,
        .tell = reading_tell,
        .progress = reading_progress,
    };
    if (options->format == OUTPUT_CSV) {
        report(NULL, 0, "stats: --format is text or jsonl here");
        return EXIT_TROUBLE;
    }
    struct capture_options capture = options->capture;
    capture.output_fd = STDOUT_FILENO;
    capture.all = capture.frames = false;
    reading_begin(&run.report, options, false);
    bool good = reading_run(options, &capture, &sink);
    reading_end(&run.report);
    if (run.no_memory) {
        report(NULL, 0, "not enough memory");
        good = false;
    }
    const int status = print(&run, options, good);
    counts_free(&run.counts);
    return status;
}
