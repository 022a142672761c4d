/* SPDX-License-Identifier: MIT
 *
 * sbfota modems: one record a modem, where it stands now. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/follow.h"
#include "cli/out/modems_text.h"
#include "cli/writing/error_line.h"
#include "cli/writing/put.h"
#include "log/batch/followed.h"
#include "log/sessions/modem_state.h"

enum {
    COLUMNS_AT = 2048,   /* rows that are put to the others at once */
    COLUMNS_GROUP = 8192 /* rows of a group: all modems are in memory already */
};

struct modems_run {
    struct following following; /* first */
    struct sbfota_log_modems *modems;
    uint64_t undated;  /* modems that --silent leaves out */
    uint64_t yearless; /* of them, those whose last time lacks the year alone */
};

static bool has_name(const struct sbfota_log_modem *modem, const char *name)
{
    return modem->modem != NULL && modem->modem_length == strlen(name) &&
           memcmp(modem->modem, name, modem->modem_length) == 0;
}

/* Is it in one of the states that are asked for? Of a set of phases and outcomes any one will do. */
static bool has_state(const struct modem_filter *filter, const struct sbfota_log_modem *modem)
{
    if (filter->phases == 0 && filter->outcomes == 0)
        return true;
    return (filter->phases >> modem->phase & 1) != 0 ||
           (modem->attempts > 0 && (filter->outcomes >> modem->outcome & 1) != 0);
}

static bool is_wanted(struct modems_run *run, const struct sbfota_log_modem *modem)
{
    const struct options *const options = run->following.survey.options;
    const struct modem_filter *const filter = &options->modems;
    const char *const name = options->capture.modem;
    if (name != NULL && !has_name(modem, name))
        return false;
    if (!has_state(filter, modem))
        return false;
    if (filter->powers != 0 && (filter->powers >> modem->power & 1) == 0)
        return false;
    if (filter->not_updated && modem->attempts > 0 && modem->outcome == SBFOTA_OUTCOME_UPDATED)
        return false;
    if (filter->silent == 0)
        return true;
    if (modem->silent_ms == SBFOTA_NO_TIME) {
        run->undated++;
        run->yearless += modem->clock == SBFOTA_LOG_CLOCK_YEAR;
        return false;
    }
    return modem->silent_ms >= filter->silent;
}

/* A modem that waits to be written. */
struct modem_row {
    size_t number;
    unsigned rank;
};

/* The worst first, else in their order. */
static int compare_rows(const void *a, const void *b)
{
    const struct modem_row *const first = a;
    const struct modem_row *const second = b;
    if (first->rank != second->rank)
        return first->rank > second->rank ? -1 : 1;
    return (first->number > second->number) - (first->number < second->number);
}

/* As a table, whose columns depend on all that are in it. */
static void put_table(struct modems_run *run)
{
    struct following *const following = &run->following;
    struct modems_table table = {.look = look_make(following->survey.options, &following->output)};
    struct modem_row *const rows =
        malloc((sbfota_log_modems_count(run->modems) + 1) * sizeof *rows);
    struct sbfota_log_modem modem;
    size_t count = 0;
    size_t longest = 0;
    following->survey.no_memory = following->survey.no_memory || rows == NULL;
    for (size_t i = 0; rows != NULL && sbfota_log_modems_get(run->modems, i, &modem); i++) {
        if (!is_wanted(run, &modem))
            continue;
        const char *const name = modem.modem != NULL  ? modem.modem
                                 : modem.file != NULL ? modem.file
                                                      : "";
        const size_t columns = text_measure(
            (struct bytes){name, modem.modem != NULL ? modem.modem_length : strlen(name)});
        longest = columns > longest ? columns : longest;
        rows[count++] =
            (struct modem_row){i, modem_rank(modem.attempts, modem.outcome, modem.polling_stopped)};
    }
    if (rows != NULL)
        qsort(rows, count, sizeof *rows, compare_rows);
    modems_table_lay_out(&table, longest);
    if (count > 0)
        modems_table_put_heading(&following->writer, &table);
    for (size_t i = 0; i < count && sbfota_log_modems_get(run->modems, rows[i].number, &modem);
         i++) {
        modems_table_put(&following->writer, &table, &modem);
        follow_flush(following);
    }
    free(rows);
}

/* In the order in which they came. */
static void put_records(struct modems_run *run)
{
    struct following *const following = &run->following;
    const bool columns = format_is_columns(following->format);
    struct columns rows;
    struct sbfota_log_modem modem;
    columns_make(&rows, modem_kind.columns, 0);
    records_begin(&following->writer, following->format, &modem_kind);
    for (size_t i = 0;
         !following->survey.no_memory && sbfota_log_modems_get(run->modems, i, &modem); i++) {
        if (!is_wanted(run, &modem))
            continue;
        if (columns)
            record_add(&rows, &modem_kind, &modem);
        else
            record_put(&following->writer, following->format, &modem_kind, &modem);
        if (rows.rows >= COLUMNS_AT)
            follow_put_columns(following, &rows);
        follow_flush(following);
    }
    if (columns)
        follow_put_columns(following, &rows);
    columns_free(&rows);
}

static void tell_undated(const struct modems_run *run)
{
    char hint[120] = "";
    if (run->yearless > 0)
        snprintf(hint, sizeof hint,
                 "; of %llu the year alone lacks: read the log as a file, whose own time tells it",
                 (unsigned long long)run->yearless);
    error_line(NULL, 0, "--silent leaves out %llu modem%s whose last message has no date%s",
               (unsigned long long)run->undated, run->undated == 1 ? "" : "s", hint);
}

static void end(struct following *following)
{
    struct modems_run *const run = (struct modems_run *)following;
    if (following->survey.no_memory)
        return;
    if (following->format == OUTPUT_TEXT)
        put_table(run);
    else
        put_records(run);
    if (run->undated > 0)
        tell_undated(run);
}

int modems_run(const struct options *options)
{
    struct modems_run run = {.modems = sbfota_log_modems_new(options->now)};
    run.following = (struct following){
        .survey = {.options = options}, .kind = &modem_kind, .most = COLUMNS_GROUP, .end = end};
    if (run.modems != NULL) {
        run.following.survey.fleet = &run.modems->fleet;
        run.following.survey.sink = &run.modems->sink;
    }
    const int status = follow_run(&run.following);
    sbfota_log_modems_free(run.modems);
    return status;
}
