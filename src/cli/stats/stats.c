/* SPDX-License-Identifier: MIT
 *
 * sbfota stats: counts of what is in the captures. */
#include "cli/commands.h"
#include "cli/stats/fleet_summary.h"
#include "cli/survey.h"
#include "cli/writing/error_line.h"
#include "cli/writing/put.h"

struct stats_run {
    const struct options *options;
    struct survey survey;
    struct counts counts;
    struct fleet fleet; /* with --fleet, and so the next */
    struct fleet_summary summary;
};

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct stats_run *const run = context;
    fleet_summary_add(&run->summary, &attempt->facts);
    run->survey.no_memory = run->survey.no_memory || run->summary.no_memory;
}

static void put(const struct stats_run *run, const struct look *look, bool text,
                struct writer *writer)
{
    const struct fleet *const fleet = run->options->fleet ? &run->fleet : NULL;
    if (text) {
        counts_put_text(&run->counts, run->options->top, look, writer);
        counts_put_text_quality(&run->counts, fleet, look, writer);
        if (fleet != NULL)
            fleet_summary_put_text(&run->summary, look, writer);
        return;
    }
    counts_put_json(&run->counts, run->options->top, writer);
    counts_put_json_quality(&run->counts, fleet, writer);
    if (fleet != NULL)
        fleet_summary_put_json(&run->summary, writer);
    writer_string(writer, "}\n");
}

static int print(struct stats_run *run, const struct options *options, bool good)
{
    struct output output;
    struct writer writer;
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    const bool text =
        options->format == OUTPUT_TEXT || (options->format == OUTPUT_AUTOMATIC && output.terminal);
    /* Lines are cut where they are whole. */
    if (!writer_make(&writer, text ? NULL : &output)) {
        output_close(&output, false);
        error_line(NULL, 0, "not enough memory");
        return EXIT_TROUBLE;
    }
    const struct look look = look_make(options, &output);
    put(run, &look, text, &writer);
    if (text)
        text_cut_lines(&writer, 0, look.width);
    if (writer.failed)
        error_line(NULL, 0, "not enough memory");
    else
        writer_flush(&writer, &output);
    const bool lacks = writer.failed || run->survey.no_memory;
    good = !writer.failed && good;
    writer_free(&writer);
    const bool kept = !lacks && reading_is_kept(&run->survey.report, options);
    good = output_close(&output, kept) && good;
    return reading_status(&run->survey.report, options, good, run->survey.found,
                          run->survey.malformed);
}

int stats_run(const struct options *options)
{
    struct stats_run run = {.options = options};
    const struct fleet_sink sink = {.context = &run, .take = take_attempt};
    run.survey.options = options;
    run.survey.counts = &run.counts;
    run.survey.fleet = options->fleet ? &run.fleet : NULL;
    run.survey.sink = &sink;
    const bool good = survey_run(&run.survey);
    const int status = print(&run, options, good);
    counts_free(&run.counts);
    fleet_free(&run.fleet);
    fleet_summary_free(&run.summary);
    return status;
}
