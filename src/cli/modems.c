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
#include "log/records/modem_fields.h"

enum {
    COLUMNS_AT = 2048,   /* rows that are put to the others at once */
    COLUMNS_GROUP = 8192 /* rows of a group: all modems are in memory already */
};

/* A modem that waits to be written: its place in the fleet. */
struct row {
    uint32_t place;
    uint32_t rank;
};

struct run {
    struct following following; /* first */
    struct row *rows;
    size_t row_count;
    int64_t now;       /* that silence counts up to; milliseconds since 1970 */
    int64_t newest;    /* of all events, milliseconds since 1970; INT64_MIN without one */
    uint64_t undated;  /* modems that --silent leaves out */
    uint64_t yearless; /* of them, those whose last time lacks the year alone */
};

static void see(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes)
{
    struct run *const run = context;
    (void)changes;
    const struct modem_state *const state = extra;
    modem_state_see(extra, &run->following.fleet, event, time, session);
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

static bool is_wanted(struct run *run, const struct fleet_member *member)
{
    const struct options *const options = run->following.options;
    const struct modem_filter *const filter = &options->modems;
    const struct modem_state *const state = member->extra;
    const char *const modem = options->capture.modem;
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
    const int64_t silence = modem_silence(state, run->now);
    if (silence == SBFOTA_NO_TIME) {
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
static bool choose_rows(struct run *run, struct modems_table *table)
{
    const struct fleet *const fleet = &run->following.fleet;
    const bool text = run->following.format == OUTPUT_TEXT;
    const size_t most = (size_t)fleet->groups[0].count + fleet->groups[1].count;
    struct fleet_member member;
    size_t next = 0;
    size_t longest = 0;
    run->rows = malloc((most + 1) * sizeof *run->rows);
    if (run->rows == NULL)
        return false;
    while (fleet_next(fleet, &next, &member)) {
        if (!is_wanted(run, &member))
            continue;
        const uint32_t rank = text ? modem_state_rank(member.extra, member.session) : 0;
        const size_t columns = text ? text_measure(member.name) : 0;
        longest = columns > longest ? columns : longest;
        run->rows[run->row_count++] = (struct row){(uint32_t)(next - 1), rank};
    }
    if (text)
        qsort(run->rows, run->row_count, sizeof *run->rows, compare_rows);
    modems_table_lay_out(table, longest);
    return true;
}

static struct sbfota_log_modem modem_at(const struct run *run, size_t row)
{
    struct fleet_member member;
    size_t place = run->rows[row].place;
    fleet_next(&run->following.fleet, &place, &member);
    return modem_show(&member, run->now);
}

static void put_rows(struct run *run, const struct modems_table *table)
{
    struct following *const following = &run->following;
    struct writer *const writer = &following->writer;
    if (following->format == OUTPUT_TEXT && run->row_count > 0)
        modems_table_put_heading(writer, table);
    records_begin(writer, following->format, &modem_kind);
    for (size_t i = 0; i < run->row_count; i++) {
        const struct sbfota_log_modem modem = modem_at(run, i);
        if (following->format == OUTPUT_TEXT)
            modems_table_put(writer, table, &modem);
        else
            record_put(writer, following->format, &modem_kind, &modem);
        follow_flush(following);
    }
}

/* The same as columns. */
static void put_columns(struct run *run)
{
    struct columns rows;
    columns_make(&rows, modem_kind.columns, 0);
    for (size_t i = 0; i < run->row_count && !run->following.no_memory; i++) {
        const struct sbfota_log_modem modem = modem_at(run, i);
        record_add(&rows, &modem_kind, &modem);
        if (rows.rows >= COLUMNS_AT || i + 1 == run->row_count)
            follow_put_columns(&run->following, &rows);
    }
    columns_free(&rows);
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

static void end(struct following *following)
{
    struct run *const run = (struct run *)following;
    const int64_t now = following->options->now;
    struct modems_table table = {.look = look_make(following->options, &following->output)};
    run->now = now == INT64_MIN ? run->newest : now;
    following->no_memory = following->no_memory || !choose_rows(run, &table);
    if (!following->no_memory && format_is_columns(following->format))
        put_columns(run);
    else if (!following->no_memory)
        put_rows(run, &table);
    if (run->undated > 0)
        tell_undated(run);
}

int modems_run(const struct options *options)
{
    struct run run = {.following = {.options = options,
                                    .kind = &modem_kind,
                                    .most = COLUMNS_GROUP,
                                    .fleet.extra = sizeof(struct modem_state),
                                    .end = end},
                      .newest = INT64_MIN};
    run.following.sink = (struct fleet_sink){.context = &run, .take = take_attempt, .see = see};
    const int status = follow_run(&run.following);
    free(run.rows);
    return status;
}
