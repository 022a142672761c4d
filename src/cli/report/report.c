/* SPDX-License-Identifier: MIT
 *
 * sbfota report: one HTML page that tells of a fleet's updates. */
#include "cli/report/report.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/survey.h"
#include "cli/writing/error_line.h"

struct report_run {
    const struct options *options;
    struct survey survey;
    struct counts counts;
    struct fleet fleet;
    struct report report;
};

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct report_run *const run = context;
    struct report *const report = &run->report;
    fleet_summary_add(&report->summary, &attempt->facts);
    report_modem_take(&report->modems, attempt);
    if (attempt->to->clock == CLOCK_EPOCH)
        report_times_add(&report->times, attempt->facts.ended, attempt->facts.outcome);
    else
        report->times.undated++;
    run->survey.no_memory = run->survey.no_memory || report->summary.no_memory ||
                            report->modems.no_memory || report->times.no_memory;
}

static void see(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes)
{
    struct report_run *const run = context;
    report_times_see(&run->report.times, event);
    report_modem_see(&run->report.modems, &run->fleet, extra, event, time, session, changes);
}

static void take_block(void *context, const struct block *block, size_t events)
{
    struct report_run *const run = context;
    report_inputs_add(&run->report.inputs, block, events);
    run->survey.no_memory = run->survey.no_memory || run->report.inputs.no_memory;
}

static void take_note(void *context, const char *file, const char *message)
{
    struct report_run *const run = context;
    report_inputs_note(&run->report.inputs, file, message);
    run->survey.no_memory = run->survey.no_memory || run->report.inputs.no_memory;
}

const struct report_modem *report_modem_at(const struct report *report, size_t at,
                                           struct fleet_member *member)
{
    size_t place = report->order[at];
    fleet_next(report->fleet, &place, member);
    return member->extra;
}

static void report_free(struct report *report)
{
    fleet_summary_free(&report->summary);
    report_modems_free(&report->modems);
    report_times_free(&report->times);
    report_inputs_free(&report->inputs);
    free(report->order);
}

static bool put(struct report_run *run, struct writer *writer)
{
    struct report *const report = &run->report;
    report->counts = &run->counts;
    report->fleet = &run->fleet;
    report->order = report_modems_order(report->fleet, &report->modem_count);
    if (report->order == NULL)
        return false;
    report_put_page(report, writer);
    return !writer->failed;
}

static int print(struct report_run *run, const struct options *options, bool good)
{
    struct output output;
    struct writer writer;
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    const bool made = writer_make(&writer, NULL);
    const bool whole = made && !run->survey.no_memory && put(run, &writer);
    if (whole)
        writer_flush(&writer, &output);
    else if (!run->survey.no_memory)
        error_line(NULL, 0, "not enough memory");
    writer_free(&writer);
    const bool kept = whole && reading_is_kept(&run->survey.report, options);
    good = output_close(&output, kept) && good && whole;
    return reading_status(&run->survey.report, options, good, run->survey.found,
                          run->survey.malformed);
}

/* A page is no reading on a terminal. */
static bool has_place(const struct options *options)
{
    if (options->output != NULL || !isatty(STDOUT_FILENO))
        return true;
    error_line(NULL, 0, "report: a file for the page is needed: -o FILE.html");
    return false;
}

int report_run(const struct options *options)
{
    struct report_run run = {.options = options};
    if (!has_place(options))
        return EXIT_TROUBLE;
    const struct fleet_sink sink = {.context = &run, .take = take_attempt, .see = see};
    run.survey.options = options;
    run.survey.counts = &run.counts;
    run.survey.fleet = &run.fleet;
    run.survey.sink = &sink;
    run.fleet.extra = sizeof(struct report_modem);
    run.survey.context = &run;
    run.survey.take_block = take_block;
    run.survey.take_note = take_note;
    const bool good = survey_run(&run.survey);
    const int status = print(&run, options, good);
    counts_free(&run.counts);
    fleet_free(&run.fleet);
    report_free(&run.report);
    return status;
}
