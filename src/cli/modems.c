/* SPDX-License-Identifier: MIT
 *
 * sbfota modems: one record a modem, where it stands now. */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "error_line.h"
#include "log/fleet_block.h"
#include "log/modem_columns.h"
#include "out_columns.h"
#include "out_modems.h"
#include "out_modems_text.h"
#include "put.h"
#include "reading.h"

enum {
    FLUSH_AT = 1 << 16,  /* bytes of records that are written at once */
    COLUMNS_AT = 2048,   /* rows that are put to the others at once */
    COLUMNS_GROUP = 8192 /* rows of a group: all modems are in memory already */
};

/* A modem that waits to be written: its place in the fleet. */
struct row {
    uint32_t place;
    uint32_t rank;
};

struct run {
    struct reading_report report;
    const struct options *options;
    enum output_format format;
    struct fleet fleet;
    struct fleet_sink sink;
    struct output output;
    struct writer writer;
    struct columns_output columns; /* of Arrow and Parquet */
    struct row *rows;
    size_t row_count;
    int64_t newest;    /* of all events, milliseconds since 1970; INT64_MIN without one */
    uint64_t undated;  /* modems that --silent leaves out */
    uint64_t yearless; /* of them, those whose last time lacks the year alone */
    bool found;        /* an SBFOTA message */
    bool malformed;
    bool no_memory;
};

/* What one thread has found in a block: it is fed to the sessions in its turn. */
struct worker {
    struct fleet_block timed;
    bool found;
    bool malformed;
};

static void *worker_new(void *context)
{
    (void)context;
    return calloc(1, sizeof(struct worker));
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
    for (size_t i = 0; i < count && !(worker->found && worker->malformed); i++) {
        struct record record;
        event_record(block, &events[i], &record);
        worker->found = worker->found || record_is_sbfota(&record);
        worker->malformed = worker->malformed || record.event.kind == SBFOTA_MALFORMED;
    }
}

static bool commit(void *context, void *worker_context)
{
    struct run *const run = context;
    struct worker *const worker = worker_context;
    run->report.events += worker->timed.count;
    run->no_memory = run->no_memory || worker->timed.no_memory;
    if (run->no_memory)
        return false; /* a modem without one of its messages would stand elsewhere */
    fleet_block_feed(&worker->timed, &run->fleet, &run->sink);
    run->found = run->found || worker->found;
    run->malformed = run->malformed || worker->malformed;
    run->no_memory = run->no_memory || run->fleet.no_memory;
    return !run->no_memory;
}

static void see(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes)
{
    struct run *const run = context;
    (void)changes;
    const struct modem_state *const state = extra;
    modem_state_see(extra, &run->fleet, event, time, session);
    if (event->time.length > 0 && state->dated && state->seen_ms > run->newest)
        run->newest = state->seen_ms;
}

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    (void)context;
    modem_state_take(attempt->extra, &attempt->facts);
}

static bool has_name(const struct fleet_member *member, const char *name)
{
    return member->named && member->name.length == strlen(name) &&
           memcmp(member->name.data, name, member->name.length) == 0;
}

/* Is it in one of the states that are asked for? Of a set of phases and outcomes any one will do. */
static bool has_state(const struct modem_filter *filter, const struct fleet_member *member)
{
    const struct modem_state *const state = member->extra;
    if (filter->phases == 0 && filter->outcomes == 0)
        return true;
    return (filter->phases >> sbfota_session_phase(member->session) & 1) != 0 ||
           (state->attempts > 0 && (filter->outcomes >> state->outcome & 1) != 0);
}

static bool is_wanted(struct run *run, const struct modem_record *record)
{
    const struct modem_filter *const filter = &run->options->modems;
    const struct fleet_member *const member = &record->member;
    const struct modem_state *const state = member->extra;
    const char *const modem = run->options->capture.modem;
    int64_t silence;
    if (modem != NULL && !has_name(member, modem))
        return false;
    if (!has_state(filter, member))
        return false;
    if (filter->powers != 0 && (filter->powers >> sbfota_session_power(member->session) & 1) == 0)
        return false;
    if (filter->not_updated && state->attempts > 0 && state->outcome == SBFOTA_OUTCOME_UPDATED)
        return false;
    if (filter->silent == 0)
        return true;
    if (!modem_silence(record, &silence)) {
        run->undated++;
        run->yearless += state->clock == CLOCK_YEAR;
        return false;
    }
    return silence >= filter->silent;
}

/* The worst first, else in their order. */
static int compare_rows(const void *a, const void *b)
{
    const struct row *const first = a;
    const struct row *const second = b;
    if (first->rank != second->rank)
        return first->rank > second->rank ? -1 : 1;
    return (first->place > second->place) - (first->place < second->place);
}

/* Choose the modems to be written, and their order. False without memory. */
static bool choose_rows(struct run *run, struct modem_record *record, struct modems_table *table)
{
    const struct fleet_member *const member = &record->member;
    size_t next = 0;
    size_t longest = 0;
    const size_t most = (size_t)run->fleet.groups[0].count + run->fleet.groups[1].count;
    run->rows = malloc((most + 1) * sizeof *run->rows);
    if (run->rows == NULL)
        return false;
    while (fleet_next(&run->fleet, &next, &record->member)) {
        const bool text = run->format == OUTPUT_TEXT;
        if (!is_wanted(run, record))
            continue;
        const uint32_t rank = text ? modem_state_rank(member->extra, member->session) : 0;
        const size_t columns = text ? text_measure(member->name) : 0;
        longest = columns > longest ? columns : longest;
        run->rows[run->row_count++] = (struct row){(uint32_t)(next - 1), rank};
    }
    if (run->format == OUTPUT_TEXT)
        qsort(run->rows, run->row_count, sizeof *run->rows, compare_rows);
    modems_table_lay_out(table, longest);
    return true;
}

static void put_rows(struct run *run, struct modem_record *record, const struct modems_table *table)
{
    if (run->format == OUTPUT_TEXT && run->row_count > 0)
        modems_table_put_heading(&run->writer, table);
    if (run->format == OUTPUT_CSV)
        modem_put_csv_heading(&run->writer);
    for (size_t i = 0; i < run->row_count; i++) {
        size_t place = run->rows[i].place;
        fleet_next(&run->fleet, &place, &record->member);
        switch (run->format) {
        case OUTPUT_TEXT: modems_table_put(&run->writer, table, record); break;
        case OUTPUT_CSV: modem_put_csv(&run->writer, record); break;
        default: modem_put_json(&run->writer, record); break;
        }
        if (run->writer.used >= FLUSH_AT)
            writer_flush(&run->writer, &run->output);
    }
}

/* The same as columns. */
static void put_columns(struct run *run, struct modem_record *record)
{
    struct columns rows;
    columns_make(&rows, modem_columns, 0);
    for (size_t i = 0; i < run->row_count && !run->no_memory; i++) {
        size_t place = run->rows[i].place;
        fleet_next(&run->fleet, &place, &record->member);
        modem_columns_add(&rows, record);
        if (rows.rows < COLUMNS_AT && i + 1 < run->row_count)
            continue;
        columns_output_take(&run->columns, &rows);
        columns_clear(&rows);
        run->no_memory = run->columns.no_memory;
    }
    columns_free(&rows);
}

static void put_modems(struct run *run)
{
    const int64_t now = run->options->now;
    struct modem_record record = {.now = now == INT64_MIN ? run->newest : now};
    struct modems_table table = {.look = look_make(run->options, &run->output)};
    fleet_end(&run->fleet, &run->sink);
    run->no_memory = !choose_rows(run, &record, &table);
    if (!run->no_memory && format_is_columns(run->format))
        put_columns(run, &record);
    else if (!run->no_memory)
        put_rows(run, &record, &table);
    writer_flush(&run->writer, &run->output);
    run->no_memory = run->no_memory || run->writer.failed;
}

static void tell_undated(const struct run *run)
{
    char hint[120] = "";
    if (run->yearless > 0)
        snprintf(hint, sizeof hint,
                 "; of %llu the year alone lacks: read the log as a file, whose own time tells it",
                 (unsigned long long)run->yearless);
    error_line(NULL, 0, "--silent leaves out %llu modem%s whose last message has no date%s",
               (unsigned long long)run->undated, run->undated == 1 ? "" : "s", hint);
}

static int finish(struct run *run, bool good)
{
    if (!run->no_memory)
        put_modems(run);
    if (format_is_columns(run->format) && !columns_output_end(&run->columns, !run->no_memory))
        run->no_memory = true;
    if (run->no_memory) {
        error_line(NULL, 0, "not enough memory");
        good = false;
    }
    if (run->undated > 0)
        tell_undated(run);
    const bool kept = !run->no_memory && reading_is_kept(&run->report, run->options);
    good = output_close(&run->output, kept) && good;
    return reading_status(run->options, good, run->found, run->malformed);
}

int modems_run(const struct options *options)
{
    struct run run = {.options = options, .newest = INT64_MIN};
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
    capture.all = capture.frames = false;
    run.fleet.extra = sizeof(struct modem_state);
    run.sink = (struct fleet_sink){.context = &run, .take = take_attempt, .see = see};
    if (!output_open(&run.output, options->output))
        return EXIT_TROUBLE;
    if (!columns_output_may(&run.output, options->format)) {
        output_close(&run.output, false);
        return EXIT_TROUBLE;
    }
    run.format = options->format != OUTPUT_AUTOMATIC ? options->format
                 : run.output.terminal               ? OUTPUT_TEXT
                                                     : OUTPUT_JSONL;
    capture.output.fd = run.output.fd;
    run.no_memory = !writer_make(&run.writer, NULL) ||
                    (format_is_columns(run.format) &&
                     !columns_output_begin(&run.columns, &run.output, run.format, modem_columns,
                                           COLUMNS_GROUP));
    reading_begin(&run.report, options, run.output.terminal);
    const bool good = !run.no_memory && reading_run(options, &capture, &sink);
    reading_end(&run.report);
    const int status = finish(&run, good);
    fleet_free(&run.fleet);
    writer_free(&run.writer);
    free(run.rows);
    return status;
}
