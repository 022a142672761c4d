/* SPDX-License-Identifier: MIT
 *
 * sbfota decode: every event, one record each. */
#include <stdlib.h>

#include "commands.h"
#include "decode_output.h"
#include "error_line.h"
#include "log/time.h"
#include "reading.h"

/* What one run of the command keeps. */
struct run {
    struct reading_report report;
    const struct options *options;
    struct output output;
    bool colour;
    void (*put)(struct decode_output *output, const struct record *record);
    char *heading; /* of text output: the file named last, a copy */
    bool headings;
    bool found; /* an SBFOTA message */
    bool malformed;
    bool no_memory;
};

/* What one thread makes of a block. */
struct worker {
    struct run *run;
    struct writer writer;
    struct decode_output output;
    const char *file;
    uint64_t events;
    bool found;
    bool malformed;
};

static void *worker_new(void *context)
{
    struct run *const run = context;
    struct worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL || !writer_make(&worker->writer, NULL)) {
        free(worker);
        return NULL;
    }
    worker->run = run;
    worker->output = (struct decode_output){
        .writer = &worker->writer, .raw = run->options->raw, .colour = run->colour};
    jsonl_begin(&worker->output);
    return worker;
}

static void worker_free(void *context)
{
    struct worker *const worker = context;
    writer_free(&worker->writer);
    free(worker);
}

static void take_record(void *context, const struct record *record)
{
    struct worker *const worker = context;
    worker->found = worker->found || record_is_sbfota(record);
    worker->malformed = worker->malformed || record->event.kind == SBFOTA_MALFORMED;
    worker->file = record->file;
    worker->events++;
    worker->run->put(&worker->output, record);
}

static bool is_sbfota(const struct block *block, const struct log_event *event)
{
    struct record record;
    event_record(block, event, &record);
    return record_is_sbfota(&record);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct worker *const worker = context;
    worker->output.begin.known = false;
    for (size_t i = 0; i < count; i++) {
        if (worker->run->put == jsonl_put && jsonl_put_plain(&worker->output, block, &events[i])) {
            worker->events++;
            worker->found = worker->found || is_sbfota(block, &events[i]);
            continue;
        }
        struct record record;
        char time[TIME_SIZE];
        event_record(block, &events[i], &record);
        record.time = time_show(record.time, time);
        take_record(context, &record);
    }
}

/* Above the first line of each file that has one. False without memory. */
static bool put_heading(struct run *run, const char *file)
{
    struct writer writer;
    if (file == NULL || (run->heading != NULL && strcmp(run->heading, file) == 0))
        return true;
    char *const copy = strdup(file);
    if (copy == NULL || !writer_make(&writer, &run->output)) {
        free(copy);
        return false;
    }
    text_put_heading(&writer, file, run->heading == NULL);
    writer_flush(&writer, &run->output);
    writer_free(&writer);
    free(run->heading);
    run->heading = copy;
    return true;
}

static bool commit(void *context, void *worker_context)
{
    struct run *const run = context;
    struct worker *const worker = worker_context;
    run->no_memory = run->no_memory || worker->writer.failed ||
                     (run->headings && worker->writer.used > 0 && !put_heading(run, worker->file));
    if (run->no_memory)
        return false; /* records that lack something are not shown */
    writer_flush(&worker->writer, &run->output);
    worker->output.begin.known = false;
    run->found = run->found || worker->found;
    run->malformed = run->malformed || worker->malformed;
    run->report.events += worker->events;
    worker->events = 0;
    return !run->output.failed && !run->output.cut;
}

static void choose_output(struct run *run, const struct options *options)
{
    const bool terminal = run->output.terminal;
    run->colour = options_colour(options, &run->output);
    switch (options->format) {
    case OUTPUT_AUTOMATIC: run->put = terminal ? text_put : jsonl_put; break;
    case OUTPUT_TEXT: run->put = text_put; break;
    case OUTPUT_JSONL: run->put = jsonl_put; break;
    case OUTPUT_CSV: run->put = csv_put; break;
    }
    run->headings =
        run->put == text_put && (options->argument_count > 1 || options->capture.recursive);
}

static void put_columns(struct run *run)
{
    struct writer writer;
    if (!writer_make(&writer, &run->output)) {
        run->no_memory = true;
        return;
    }
    csv_begin(&writer);
    writer_flush(&writer, &run->output);
    writer_free(&writer);
}

int decode_run(const struct options *options)
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
    if (!output_open(&run.output, options->output))
        return EXIT_TROUBLE;
    choose_output(&run, options);
    reading_begin(&run.report, options, run.output.terminal);
    if (run.put == csv_put)
        put_columns(&run);
    struct capture_options capture = options->capture;
    capture.output.fd = run.output.fd;
    capture.frames = capture.all && run.put != text_put;
    run.output.may_cut = true;
    bool good = reading_run(options, &capture, &sink);
    reading_end(&run.report);
    if (run.no_memory) {
        error_line(NULL, 0, "not enough memory");
        good = false;
    }
    const bool kept = !run.no_memory && reading_is_kept(&run.report, options);
    good = output_close(&run.output, kept) && good;
    free(run.heading);
    return reading_status(options, good, run.found, run.malformed);
}
