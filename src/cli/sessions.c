/* SPDX-License-Identifier: MIT
 *
 * sbfota sessions: one record for each update attempt of each modem. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/follow.h"
#include "cli/out/attempts_text.h"
#include "cli/writing/error_line.h"
#include "log/batch/followed.h"
#include "log/sessions/failure.h"

enum {
    COLUMNS_AT = 4096 /* rows that are put to the others at once */
};

struct sessions_run {
    struct following following; /* first */
    struct sbfota_log_sessions *sessions;
    struct look look;    /* of a text */
    struct columns rows; /* of Arrow and Parquet, that have not been put to the others */
    uint64_t
        undated; /* attempts that --since and --until leave out, since nobody knows when they were */
};

static bool is_wanted(struct sessions_run *run, const struct sbfota_log_attempt *attempt)
{
    const struct options *const options = run->following.survey.options;
    const struct session_filter *const filter = &options->sessions;
    const char *const modem = options->capture.modem;
    /* A log that names no modem belongs to this one. */
    if (modem != NULL && (attempt->modem_length != strlen(modem) ||
                          memcmp(attempt->modem, modem, attempt->modem_length) != 0))
        return false;
    if (filter->outcomes != 0 && (filter->outcomes >> attempt->facts.outcome & 1) == 0)
        return false;
    if (filter->since == INT64_MIN && filter->until == INT64_MAX)
        return true;
    run->undated += !attempt->dated;
    return attempt->dated && attempt->facts.ended >= filter->since &&
           attempt->facts.started < filter->until;
}

static void put_attempt(struct sessions_run *run, const struct sbfota_log_attempt *attempt)
{
    struct following *const following = &run->following;
    struct writer *const writer = &following->writer;
    if (following->survey.no_memory || !is_wanted(run, attempt))
        return;
    if (format_is_columns(following->format)) {
        record_add(&run->rows, &attempt_kind, attempt);
        if (run->rows.rows >= COLUMNS_AT)
            follow_put_columns(following, &run->rows);
        return;
    }
    const size_t begin = writer->used;
    if (following->format == OUTPUT_TEXT)
        attempts_table_put(writer, &run->look, attempt);
    else
        record_put(writer, following->format, &attempt_kind, attempt);
    following->survey.no_memory = writer->failed;
    if (writer->failed)
        writer->used = begin; /* what lacks something is not shown */
    follow_flush(following);
}

/* The worst first, else in their order, which is that of their places in memory. */
static int compare(const void *a, const void *b)
{
    const struct sbfota_log_attempt *const *const first = a;
    const struct sbfota_log_attempt *const *const second = b;
    const unsigned one = outcome_rank((*first)->facts.outcome);
    const unsigned other = outcome_rank((*second)->facts.outcome);
    return one != other ? (one < other) - (one > other) : (*first > *second) - (*first < *second);
}

static void put_worst_first(struct sessions_run *run, const struct sbfota_log_attempts *attempts)
{
    const struct sbfota_log_attempt **const order = malloc(attempts->count * sizeof *order);
    run->following.survey.no_memory = run->following.survey.no_memory || order == NULL;
    if (order == NULL)
        return;
    for (size_t i = 0; i < attempts->count; i++)
        order[i] = &attempts->list[i];
    qsort(order, attempts->count, sizeof *order, compare);
    for (size_t i = 0; i < attempts->count; i++)
        put_attempt(run, order[i]);
    free(order);
}

/* What has been finished; in the order of the input it can be put at once. */
static void put(struct following *following)
{
    struct sessions_run *const run = (struct sessions_run *)following;
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(run->sessions);
    if (attempts != NULL && following->survey.options->sessions.worst_first)
        put_worst_first(run, attempts);
    else
        for (size_t i = 0; attempts != NULL && i < attempts->count; i++)
            put_attempt(run, &attempts->list[i]);
    sbfota_log_attempts_free(attempts);
}

/* Not all that the end of the input finishes has to wait. */
static void take(void *context, const struct log_attempt *attempt)
{
    struct sessions_run *const run = context;
    run->sessions->sink.take(run->sessions, attempt);
    if (run->following.put != NULL && sbfota_log_sessions_count(run->sessions) >= COLUMNS_AT)
        put(&run->following);
}

static void begin(struct following *following)
{
    struct sessions_run *const run = (struct sessions_run *)following;
    run->look = look_make(following->survey.options, &following->output);
    if (following->format == OUTPUT_TEXT)
        attempts_table_put_heading(&following->writer, &run->look);
    records_begin(&following->writer, following->format, &attempt_kind);
    writer_flush(&following->writer, &following->output);
}

static void end(struct following *following)
{
    struct sessions_run *const run = (struct sessions_run *)following;
    put(following);
    if (format_is_columns(following->format) && !following->survey.no_memory)
        follow_put_columns(following, &run->rows);
}

int sessions_run(const struct options *options)
{
    struct sessions_run run = {.sessions = sbfota_log_sessions_new()};
    const struct fleet_sink sink = {.context = &run, .take = take};
    run.following = (struct following){.survey = {.options = options},
                                       .kind = &attempt_kind,
                                       .begin = begin,
                                       .put = options->sessions.worst_first ? NULL : put,
                                       .end = end};
    if (run.sessions != NULL) {
        run.following.survey.fleet = &run.sessions->fleet;
        run.following.survey.sink = &sink;
    }
    columns_make(&run.rows, attempt_kind.columns, 0);
    const int status = follow_run(&run.following);
    if (run.undated > 0)
        error_line(NULL, 0,
                   "--since and --until leave out %llu attempt%s without a date at both ends",
                   (unsigned long long)run.undated, run.undated == 1 ? "" : "s");
    columns_free(&run.rows);
    sbfota_log_sessions_free(run.sessions);
    return status;
}
