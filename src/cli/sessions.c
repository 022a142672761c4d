/* SPDX-License-Identifier: MIT
 *
 * sbfota sessions: one record for each update attempt of each modem. */
#include <stdlib.h>

#include "commands.h"
#include "error_line.h"
#include "fleet_summary.h"
#include "log/fleet_block.h"
#include "out_attempts.h"
#include "out_columns.h"
#include "reading.h"

enum {
    FLUSH_AT = 1 << 16, /* bytes of records that are written at once */
    COLUMNS_AT = 4096   /* rows that are put to the others at once */
};

/* An attempt that waits to be sorted: where it stands in the writer. */
struct row {
    size_t begin;
    size_t length;
    unsigned rank;
};

struct run {
    struct reading_report report;
    const struct options *options;
    const struct attempt_format *format; /* NULL for Arrow and Parquet */
    struct columns_output columns;       /* of them; without --worst-first all are of rank 0 */
    struct columns ranks[SBFOTA_OUTCOME_COUNT];
    struct fleet fleet;
    struct fleet_sink sink;
    struct output output;
    struct look look; /* of a text */
    struct writer writer;
    struct row *rows; /* with --worst */
    size_t row_count;
    size_t row_capacity;
    uint64_t
        undated; /* attempts that --since and --until leave out, since nobody knows when they were */
    bool found;  /* an SBFOTA message */
    bool malformed;
    bool no_memory;
};

/* What one thread has found in a block: it is fed to the sessions in its turn. */
struct worker {
    struct run *run;
    struct fleet_block timed;
    bool found;
    bool malformed;
};

static void *worker_new(void *context)
{
    struct worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->run = context;
    worker->timed.fold = worker->run->options->capture.threads > 1;
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
    for (size_t i = 0; i < count && !worker->found; i++) {
        struct record record;
        event_record(block, &events[i], &record);
        worker->found = record_is_sbfota(&record);
    }
    for (size_t i = 0; i < count && !worker->malformed; i++)
        worker->malformed = events[i].message.kind == SBFOTA_MALFORMED;
}

static bool commit(void *context, void *worker_context)
{
    struct run *const run = context;
    struct worker *const worker = worker_context;
    run->report.events += worker->timed.count;
    run->no_memory = run->no_memory || worker->timed.no_memory;
    if (run->no_memory)
        return false; /* an attempt without one of its messages would be another one */
    fleet_block_feed(&worker->timed, &run->fleet, &run->sink);
    run->found = run->found || worker->found;
    run->malformed = run->malformed || worker->malformed;
    run->no_memory = run->no_memory || run->fleet.no_memory;
    if (run->rows == NULL)
        writer_flush(&run->writer, &run->output);
    return !run->output.failed && !run->no_memory;
}

static bool is_wanted(struct run *run, const struct log_attempt *attempt)
{
    const struct options *const options = run->options;
    const struct session_filter *const filter = &options->sessions;
    const char *const modem = options->capture.modem;
    /* A log that names no modem belongs to this one. */
    if (modem != NULL && (attempt->modem.length != strlen(modem) ||
                          memcmp(attempt->modem.data, modem, attempt->modem.length) != 0))
        return false;
    if (filter->outcomes != 0 && (filter->outcomes >> attempt->facts.outcome & 1) == 0)
        return false;
    if (filter->since == INT64_MIN && filter->until == INT64_MAX)
        return true;
    run->undated += !attempt->dated;
    return attempt->dated && attempt->facts.ended >= filter->since &&
           attempt->facts.started < filter->until;
}

static bool add_row(struct run *run, size_t begin, unsigned rank)
{
    if (run->row_count == run->row_capacity) {
        const size_t capacity = run->row_capacity * 2;
        struct row *const rows = realloc(run->rows, capacity * sizeof *rows);
        if (rows == NULL)
            return false;
        run->rows = rows;
        run->row_capacity = capacity;
    }
    run->rows[run->row_count++] = (struct row){begin, run->writer.used - begin, rank};
    return true;
}

/* Those of a rank are together; what is not sorted goes on in pieces. */
static void take_columns(struct run *run, const struct log_attempt *attempt)
{
    const bool sorted = run->options->sessions.worst_first;
    struct columns *const columns = &run->ranks[sorted ? outcome_rank(attempt->facts.outcome) : 0];
    attempt_columns_add(columns, &run->fleet, attempt);
    if (!sorted && columns->rows >= COLUMNS_AT) {
        columns_output_take(&run->columns, columns);
        columns_clear(columns);
    }
    run->no_memory = run->no_memory || columns->no_memory || run->columns.no_memory;
}

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct run *const run = context;
    const size_t begin = run->writer.used;
    if (!is_wanted(run, attempt) || run->fleet.no_memory)
        return;
    if (run->format == NULL) {
        take_columns(run, attempt);
        return;
    }
    run->format->put(&run->writer, &run->fleet, attempt, &run->look);
    if (run->writer.failed) {
        run->writer.used = begin; /* what lacks something is not shown */
        run->no_memory = true;
        return;
    }
    if (run->rows == NULL && run->writer.used >= FLUSH_AT)
        writer_flush(&run->writer, &run->output);
    if (run->rows != NULL && !add_row(run, begin, outcome_rank(attempt->facts.outcome)))
        run->no_memory = true;
}

/* The worst first, else in their order. */
static int compare_rows(const void *a, const void *b)
{
    const struct row *const first = a;
    const struct row *const second = b;
    if (first->rank != second->rank)
        return first->rank > second->rank ? -1 : 1;
    return (first->begin > second->begin) - (first->begin < second->begin);
}

static void put_rows(struct run *run)
{
    qsort(run->rows, run->row_count, sizeof *run->rows, compare_rows);
    for (size_t i = 0; i < run->row_count; i++)
        output_write(&run->output, run->writer.buffer + run->rows[i].begin, run->rows[i].length);
    run->writer.used = 0;
}

static void choose_format(struct run *run)
{
    switch (run->options->format) {
    case OUTPUT_AUTOMATIC:
        run->format = run->output.terminal ? &attempt_text : &attempt_jsonl;
        break;
    case OUTPUT_TEXT: run->format = &attempt_text; break;
    case OUTPUT_JSONL: run->format = &attempt_jsonl; break;
    case OUTPUT_CSV: run->format = &attempt_csv; break;
    case OUTPUT_ARROW:
    case OUTPUT_PARQUET: run->format = NULL; break;
    }
}

static bool begin(struct run *run)
{
    if (!output_open(&run->output, run->options->output))
        return false;
    choose_format(run);
    run->look = look_make(run->options, &run->output);
    if (!columns_output_may(&run->output, run->options->format)) {
        output_close(&run->output, false);
        return false;
    }
    run->row_capacity = run->options->sessions.worst_first && run->format != NULL ? 64 : 0;
    if (run->row_capacity > 0)
        run->rows = malloc(run->row_capacity * sizeof *run->rows);
    for (unsigned i = 0; i < SBFOTA_OUTCOME_COUNT; i++)
        columns_make(&run->ranks[i], attempt_columns, 0);
    if (!writer_make(&run->writer, NULL) ||
        (run->format == NULL &&
         !columns_output_begin(&run->columns, &run->output, run->options->format, attempt_columns,
                               COLUMNS_ROWS)) ||
        (run->row_capacity > 0 && run->rows == NULL)) {
        error_line(NULL, 0, "not enough memory");
        if (run->format == NULL)
            columns_output_end(&run->columns, false);
        output_close(&run->output, false);
        return false;
    }
    if (run->format != NULL)
        run->format->begin(&run->writer, &run->look);
    writer_flush(&run->writer, &run->output);
    return true;
}

/* The worst first. */
static void end_columns(struct run *run)
{
    for (unsigned i = SBFOTA_OUTCOME_COUNT; i > 0 && !run->no_memory; i--) {
        columns_output_take(&run->columns, &run->ranks[i - 1]);
        run->no_memory = run->columns.no_memory;
    }
    if (!columns_output_end(&run->columns, !run->no_memory))
        run->no_memory = true;
}

static int end(struct run *run, bool good)
{
    if (!run->no_memory)
        fleet_end(&run->fleet, &run->sink);
    run->no_memory = run->no_memory || run->fleet.no_memory;
    if (run->format == NULL)
        end_columns(run);
    if (run->rows != NULL)
        put_rows(run);
    writer_flush(&run->writer, &run->output);
    if (run->no_memory || run->writer.failed) {
        error_line(NULL, 0, "not enough memory");
        good = false;
    }
    const bool lacks = run->no_memory || run->writer.failed;
    const bool kept = !lacks && reading_is_kept(&run->report, run->options);
    good = output_close(&run->output, kept) && good;
    return reading_status(run->options, good, run->found, run->malformed);
}

int sessions_run(const struct options *options)
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
    struct capture_options capture = options->capture;
    int status = EXIT_TROUBLE;
    capture.all = capture.frames = false;
    run.sink = (struct fleet_sink){.context = &run, .take = take_attempt};
    if (begin(&run)) {
        capture.output.fd = run.output.fd;
        reading_begin(&run.report, options, run.output.terminal);
        const bool good = reading_run(options, &capture, &sink);
        reading_end(&run.report);
        status = end(&run, good);
        if (run.undated > 0)
            error_line(NULL, 0,
                       "--since and --until leave out %llu attempt%s without a date at both ends",
                       (unsigned long long)run.undated, run.undated == 1 ? "" : "s");
    }
    for (unsigned i = 0; i < SBFOTA_OUTCOME_COUNT; i++)
        columns_free(&run.ranks[i]);
    fleet_free(&run.fleet);
    writer_free(&run.writer);
    free(run.rows);
    return status;
}
