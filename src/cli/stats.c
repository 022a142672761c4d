/* SPDX-License-Identifier: MIT
 *
 * sbfota stats: counts of what is in the captures. */
#include <stdlib.h>
#include <unistd.h>

#include "commands.h"
#include "counts.h"
#include "error_line.h"
#include "fleet_summary.h"
#include "log/fleet_block.h"
#include "log/time.h"
#include "reading.h"

struct run {
    struct reading_report report;
    const struct options *options;
    struct counts counts; /* of all threads */
    struct fleet fleet;   /* with --fleet, as what follows */
    struct fleet_sink fleet_sink;
    struct fleet_summary summary;
    bool no_memory;
};

/* What one thread counts; it is added up at the end. The times of a block are handed over in its turn. */
struct worker {
    struct run *run;
    struct counts counts;
    struct fleet_block timed; /* with --fleet */
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
    fleet_block_free(&worker->timed);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct worker *const worker = context;
    counts_block(&worker->counts, block, events, count);
    if (worker->run->options->fleet)
        fleet_block_take(&worker->timed, block, events, count);
    for (int i = 0; i < 2; i++) {
        char buffer[TIME_SIZE];
        const struct bytes time = time_show(block->times[i], buffer);
        worker->time_lengths[i] = time.length < TIME_SIZE ? time.length : 0;
        if (worker->time_lengths[i] > 0)
            memcpy(worker->times[i], time.data, worker->time_lengths[i]);
    }
}

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct fleet_summary *const summary = context;
    fleet_summary_add(summary, &attempt->facts);
}

static bool commit(void *context, void *worker_context)
{
    struct run *const run = context;
    struct worker *const worker = worker_context;
    run->report.events += worker->counts.events - worker->told_events;
    worker->told_events = worker->counts.events;
    for (int i = 0; i < 2; i++)
        if (worker->time_lengths[i] > 0 && (i == 1 || run->counts.time_lengths[0] == 0)) {
            memcpy(run->counts.times[i], worker->times[i], worker->time_lengths[i]);
            run->counts.time_lengths[i] = worker->time_lengths[i];
        }
    fleet_block_feed(&worker->timed, &run->fleet, &run->fleet_sink);
    run->no_memory = run->no_memory || worker->timed.no_memory;
    return true;
}

static void put(const struct run *run, bool text, struct writer *writer)
{
    const struct fleet *const fleet = run->options->fleet ? &run->fleet : NULL;
    if (text) {
        counts_put_text(&run->counts, run->options->top, writer);
        counts_put_text_quality(&run->counts, fleet, writer);
        if (fleet != NULL)
            fleet_summary_put_text(&run->summary, writer);
        return;
    }
    counts_put_json(&run->counts, run->options->top, writer);
    counts_put_json_quality(&run->counts, fleet, writer);
    if (fleet != NULL)
        fleet_summary_put_json(&run->summary, writer);
    writer_string(writer, "}\n");
}

static int print(struct run *run, const struct options *options, bool good)
{
    struct output output;
    struct writer writer;
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    if (!writer_make(&writer, &output)) {
        output_close(&output, false);
        error_line(NULL, 0, "not enough memory");
        return EXIT_TROUBLE;
    }
    const bool text =
        options->format == OUTPUT_TEXT || (options->format == OUTPUT_AUTOMATIC && output.terminal);
    put(run, text, &writer);
    if (writer.failed)
        error_line(NULL, 0, "not enough memory");
    else
        writer_flush(&writer, &output);
    const bool lacks = writer.failed || run->no_memory;
    good = !writer.failed && good;
    writer_free(&writer);
    const bool kept = !lacks && reading_is_kept(&run->report, options);
    good = output_close(&output, kept) && good;
    return reading_status(options, good, run->counts.messages > 0,
                          run->counts.kinds[SBFOTA_MALFORMED] > 0);
}

int stats_run(const struct options *options)
{
    struct run run = {.options = options};
    const struct capture_sink sink = {
        .context = &run,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .pause = reading_pause,
        .tell = reading_tell,
        .progress = reading_progress,
    };
    if (options->format > OUTPUT_JSONL) {
        error_line(NULL, 0, "stats: --format is text or jsonl here");
        return EXIT_TROUBLE;
    }
    struct capture_options capture = options->capture;
    capture.all = capture.frames = false;
    reading_begin(&run.report, options, false);
    run.fleet_sink = (struct fleet_sink){&run.summary, take_attempt};
    bool good = reading_run(options, &capture, &sink);
    reading_end(&run.report);
    fleet_end(&run.fleet, &run.fleet_sink);
    if (run.no_memory || run.fleet.no_memory || run.summary.no_memory) {
        error_line(NULL, 0, "not enough memory");
        good = false;
        run.no_memory = true;
    }
    const int status = print(&run, options, good);
    counts_free(&run.counts);
    fleet_free(&run.fleet);
    fleet_summary_free(&run.summary);
    return status;
}
