/* SPDX-License-Identifier: MIT
 *
 * sbfota decode: every event, one record each. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/out/columns.h"
#include "cli/out/decode_output.h"
#include "cli/reading.h"
#include "cli/writing/error_line.h"
#include "log/records/event_columns.h"
#include "log/text/time.h"

enum {
    COLUMNS_OF_BLOCK = 16384 /* rows: about what a block of a dense log has */
};

/* What one run of the command keeps. */
struct decode_run {
    struct reading_report report;
    const struct options *options;
    struct output output;
    bool colour;
    void (*put)(struct decode_output *output, const struct record *record);
    struct columns_output columns; /* of Arrow and Parquet */
    char *heading;                 /* of text output: the file named last, a copy */
    bool headings;
    bool found; /* an SBFOTA message */
    bool malformed;
    bool no_memory;
};

/* What one thread makes of a block. */
struct decode_worker {
    struct decode_run *run;
    struct writer writer;
    struct decode_output output;
    const char *file;
    uint64_t events;
    bool found;
    bool malformed;
};

static void *worker_new(void *context)
{
    struct decode_run *const run = context;
    struct decode_worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL || !writer_make(&worker->writer, NULL)) {
        free(worker);
        return NULL;
    }
    worker->run = run;
    worker->output = (struct decode_output){
        .writer = &worker->writer, .raw = run->options->raw, .colour = run->colour};
    jsonl_begin(&worker->output);
    if (run->put == csv_put)
        csv_prepare(&worker->output);
    if (run->put == text_put)
        text_prepare(&worker->output);
    columns_make(&worker->output.columns, event_columns, 0);
    worker->output.columns.expected = COLUMNS_OF_BLOCK;
    return worker;
}

static void worker_free(void *context)
{
    struct decode_worker *const worker = context;
    writer_free(&worker->writer);
    columns_free(&worker->output.columns);
    free(worker);
}

static void columns_put(struct decode_output *output, const struct record *record)
{
    event_columns_add(&output->columns, record, output->raw);
}

static void take_record(void *context, const struct record *record)
{
    struct decode_worker *const worker = context;
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

static void take_columns(struct decode_worker *worker, const struct block *block,
                         const struct log_event *events, size_t count)
{
    /* Bytes of texts and names in their rows, at most: each byte of a line is told up to four times, and may become two; beside
     * what the library says. */
    const uint64_t names = block->modem.length + (block->file == NULL ? 0 : strlen(block->file));
    const uint64_t weight = block->size * 8 + count * (512 + names);
    struct columns_output *const output = &worker->run->columns;
    const bool alone = worker->run->options->capture.threads == 1 && block->place == NULL;
    for (size_t at = 0, few; at < count; at += few) {
        few = count - at;
        struct columns *const room = alone ? columns_output_room(output, weight, &few) : NULL;
        struct columns *const columns = room != NULL ? room : &worker->output.columns;
        columns_forget_lasting(columns);
        event_columns_take(columns, block, events + at, few, worker->output.raw);
        if (room != NULL)
            columns_output_added(output);
    }
    worker->events += count;
    reading_see_events(block, events, count, &worker->found, &worker->malformed);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct decode_worker *const worker = context;
    worker->output.begin.known = false;
    if (worker->run->put == columns_put) {
        take_columns(worker, block, events, count);
        return;
    }
    bool (*const plain)(struct decode_output *, const struct block *, const struct log_event *) =
        worker->run->put == jsonl_put  ? jsonl_put_plain
        : worker->run->put == csv_put  ? csv_put_plain
        : worker->run->put == text_put ? text_put_plain
                                       : NULL;
    for (size_t i = 0; i < count; i++) {
        if (plain != NULL && plain(&worker->output, block, &events[i])) {
            worker->events++;
            worker->file = block->file;
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
static bool put_heading(struct decode_run *run, const char *file)
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
    struct decode_run *const run = context;
    struct decode_worker *const worker = worker_context;
    run->no_memory = run->no_memory || worker->writer.failed ||
                     (run->headings && worker->writer.used > 0 && !put_heading(run, worker->file));
    if (run->no_memory)
        return false; /* records that lack something are not shown */
    if (run->put == columns_put) {
        columns_output_take(&run->columns, &worker->output.columns);
        columns_clear(&worker->output.columns);
        run->no_memory = run->columns.no_memory;
    }
    writer_flush(&worker->writer, &run->output);
    worker->output.begin.known = false;
    run->found = run->found || worker->found;
    run->malformed = run->malformed || worker->malformed;
    run->report.events += worker->events;
    worker->events = 0;
    return !run->no_memory && !run->output.failed && !run->output.cut;
}

static void choose_output(struct decode_run *run, const struct options *options)
{
    const bool terminal = run->output.terminal;
    run->colour = options_colour(options, &run->output);
    switch (options->format) {
    case OUTPUT_AUTOMATIC: run->put = terminal ? text_put : jsonl_put; break;
    case OUTPUT_TEXT: run->put = text_put; break;
    case OUTPUT_JSONL: run->put = jsonl_put; break;
    case OUTPUT_CSV: run->put = csv_put; break;
    case OUTPUT_ARROW:
    case OUTPUT_PARQUET: run->put = columns_put; break;
    }
    run->headings =
        run->put == text_put && (options->argument_count > 1 || options->capture.recursive);
}

/* What stands before the first record. */
static void put_begin(struct decode_run *run)
{
    struct writer writer;
    if (run->put == columns_put)
        run->no_memory = !columns_output_begin(&run->columns, &run->output, run->options->format,
                                               event_columns, 0);
    if (run->put != csv_put)
        return;
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
    struct decode_run run = {.options = options};
    const struct capture_sink sink = {
        .context = &run,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .take_record = take_record,
        .commit = commit,
        .tell = reading_tell,
        .progress = reading_progress,
    };
    if (!output_open(&run.output, options->output))
        return EXIT_TROUBLE;
    choose_output(&run, options);
    if (!columns_output_may(&run.output, options->format)) {
        output_close(&run.output, false);
        return EXIT_TROUBLE;
    }
    reading_begin(&run.report, options, run.output.terminal);
    put_begin(&run);
    struct capture_options capture = options->capture;
    capture.output.fd = run.output.fd;
    capture.frames = capture.all && run.put != text_put;
    run.output.may_cut = run.put != columns_put;
    bool good = reading_run(options, &capture, &sink);
    reading_end(&run.report);
    if (run.put == columns_put && !columns_output_end(&run.columns, !run.no_memory))
        run.no_memory = true;
    if (run.no_memory) {
        error_line(NULL, 0, "not enough memory");
        good = false;
    }
    const bool kept = !run.no_memory && reading_is_kept(&run.report, options);
    good = output_close(&run.output, kept) && good;
    free(run.heading);
    return reading_status(&run.report, options, good, run.found, run.malformed);
}
