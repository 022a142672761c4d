/* SPDX-License-Identifier: MIT
 *
 * sbfota sessions: one record for each update attempt of each modem. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/follow.h"
#include "cli/out/attempts_text.h"
#include "cli/stats/fleet_summary.h"
#include "cli/writing/error_line.h"
#include "log/records/attempt_fields.h"

enum {
    COLUMNS_AT = 4096 /* rows that are put to the others at once */
};

/* An attempt that waits to be sorted: where it stands in the writer. */
struct row {
    size_t begin;
    size_t length;
    unsigned rank;
};

struct run {
    struct following following;                 /* first */
    struct look look;                           /* of a text */
    struct columns ranks[SBFOTA_OUTCOME_COUNT]; /* without --worst-first all are of rank 0 */
    struct row *rows;                           /* with it */
    size_t row_count;
    size_t row_capacity;
    uint64_t
        undated; /* attempts that --since and --until leave out, since nobody knows when they were */
};

static bool is_wanted(struct run *run, const struct log_attempt *attempt)
{
    const struct options *const options = run->following.options;
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
        const size_t capacity = run->row_capacity * 2 + 64;
        struct row *const rows = realloc(run->rows, capacity * sizeof *rows);
        if (rows == NULL)
            return false;
        run->rows = rows;
        run->row_capacity = capacity;
    }
    run->rows[run->row_count++] = (struct row){begin, run->following.writer.used - begin, rank};
    return true;
}

/* Those of a rank are together; what is not sorted goes on in pieces. */
static void take_columns(struct run *run, const struct sbfota_log_attempt *attempt)
{
    const bool sorted = run->following.held;
    struct columns *const columns = &run->ranks[sorted ? outcome_rank(attempt->facts.outcome) : 0];
    record_add(columns, &attempt_kind, attempt);
    run->following.no_memory = run->following.no_memory || columns->no_memory;
    if (!sorted && columns->rows >= COLUMNS_AT)
        follow_put_columns(&run->following, columns);
}

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct run *const run = context;
    struct following *const following = &run->following;
    struct writer *const writer = &following->writer;
    const size_t begin = writer->used;
    char times[2][TIME_SIZE];
    if (!is_wanted(run, attempt) || following->fleet.no_memory)
        return;
    const struct sbfota_log_attempt shown = attempt_show(&following->fleet, attempt, times);
    if (format_is_columns(following->format)) {
        take_columns(run, &shown);
        return;
    }
    if (following->format == OUTPUT_TEXT)
        attempts_table_put(writer, &run->look, &shown);
    else
        record_put(writer, following->format, &attempt_kind, &shown);
    if (writer->failed) {
        writer->used = begin; /* what lacks something is not shown */
        following->no_memory = true;
        return;
    }
    if (!following->held)
        follow_flush(following);
    else if (!add_row(run, begin, outcome_rank(attempt->facts.outcome)))
        following->no_memory = true;
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

static void begin(struct following *following)
{
    struct run *const run = (struct run *)following;
    run->look = look_make(following->options, &following->output);
    if (following->format == OUTPUT_TEXT)
        attempts_table_put_heading(&following->writer, &run->look);
    records_begin(&following->writer, following->format, &attempt_kind);
    writer_flush(&following->writer, &following->output);
}

/* The worst first. */
static void end(struct following *following)
{
    struct run *const run = (struct run *)following;
    for (unsigned i = SBFOTA_OUTCOME_COUNT;
         format_is_columns(following->format) && i > 0 && !following->no_memory; i--)
        follow_put_columns(following, &run->ranks[i - 1]);
    if (run->row_count == 0)
        return;
    qsort(run->rows, run->row_count, sizeof *run->rows, compare_rows);
    for (size_t i = 0; i < run->row_count; i++)
        output_write(&following->output, following->writer.buffer + run->rows[i].begin,
                     run->rows[i].length);
    following->writer.used = 0;
}

int sessions_run(const struct options *options)
{
    struct run run = {.following = {.options = options,
                                    .kind = &attempt_kind,
                                    .held = options->sessions.worst_first,
                                    .begin = begin,
                                    .end = end}};
    run.following.sink = (struct fleet_sink){.context = &run, .take = take_attempt};
    for (unsigned i = 0; i < SBFOTA_OUTCOME_COUNT; i++)
        columns_make(&run.ranks[i], attempt_kind.columns, 0);
    const int status = follow_run(&run.following);
    if (run.undated > 0)
        error_line(NULL, 0,
                   "--since and --until leave out %llu attempt%s without a date at both ends",
                   (unsigned long long)run.undated, run.undated == 1 ? "" : "s");
    for (unsigned i = 0; i < SBFOTA_OUTCOME_COUNT; i++)
        columns_free(&run.ranks[i]);
    free(run.rows);
    return status;
}
