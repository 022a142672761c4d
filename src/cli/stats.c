/* SPDX-License-Identifier: MIT
 *
 * sbfota stats: counts of what is in the captures. */
#include <stdlib.h>
#include <unistd.h>

#include "capture/time.h"
#include "commands.h"
#include "counts.h"
#include "moments.h"
#include "picture.h"
#include "reading.h"
#include "report.h"

struct run {
    struct reading_report report;
    const struct options *options;
    struct counts counts; /* of all threads */
    struct fleet fleet;   /* with --fleet, as what follows */
    struct fleet_sink fleet_sink;
    struct picture picture;
    bool no_memory;
};

/* What one thread counts; it is added up at the end. The times of a block are handed over in its turn. */
struct worker {
    struct run *run;
    struct counts counts;
    struct moments moments; /* with --fleet */
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
    moments_free(&worker->moments);
    free(worker);
}

static void take(void *context, const struct block *block, const struct hit *hits, size_t count)
{
    struct worker *const worker = context;
    counts_block(&worker->counts, block, hits, count);
    if (worker->run->options->fleet)
        moments_take(&worker->moments, block, hits, count);
    for (int i = 0; i < 2; i++) {
        char buffer[TIME_SIZE];
        const struct bytes time = time_show(block->times[i], buffer);
        worker->time_lengths[i] = time.length < TIME_SIZE ? time.length : 0;
        if (worker->time_lengths[i] > 0)
            memcpy(worker->times[i], time.data, worker->time_lengths[i]);
    }
}

static void take_story(void *context, const struct story *story)
{
    struct picture *const picture = context;
    picture_add(picture, &story->attempt);
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
    moments_feed(&worker->moments, &run->fleet, &run->fleet_sink);
    run->no_memory = run->no_memory || worker->moments.no_memory;
    return true;
}

static void put(const struct run *run, bool text, struct writer *writer)
{
    const struct fleet *const fleet = run->options->fleet ? &run->fleet : NULL;
    if (text) {
        counts_put_text(&run->counts, run->options->top, writer);
        counts_put_text_quality(&run->counts, fleet, writer);
        if (fleet != NULL)
            picture_put_text(&run->picture, writer);
        return;
    }
    counts_put_json(&run->counts, run->options->top, writer);
    counts_put_json_quality(&run->counts, fleet, writer);
    if (fleet != NULL)
        picture_put_json(&run->picture, writer);
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
        report(NULL, 0, "not enough memory");
        return EXIT_TROUBLE;
    }
    const bool text =
        options->format == OUTPUT_TEXT || (options->format == OUTPUT_AUTOMATIC && output.terminal);
    put(run, text, &writer);
    if (writer.failed)
        report(NULL, 0, "not enough memory");
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
    if (options->format == OUTPUT_CSV) {
        report(NULL, 0, "stats: --format is text or jsonl here");
        return EXIT_TROUBLE;
    }
    struct capture_options capture = options->capture;
    capture.output_fd = STDOUT_FILENO;
    capture.all = capture.frames = false;
    reading_begin(&run.report, options, false);
    run.fleet_sink = (struct fleet_sink){&run.picture, take_story};
    bool good = reading_run(options, &capture, &sink);
    reading_end(&run.report);
    fleet_end(&run.fleet, &run.fleet_sink);
    if (run.no_memory || run.fleet.no_memory || run.picture.no_memory) {
        report(NULL, 0, "not enough memory");
        good = false;
        run.no_memory = true;
    }
    const int status = print(&run, options, good);
    counts_free(&run.counts);
    fleet_free(&run.fleet);
    picture_free(&run.picture);
    return status;
}
