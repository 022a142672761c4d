/* SPDX-License-Identifier: MIT
 *
 * The tables of a report: what holds of the whole fleet. */
#include <stdlib.h>
#include <string.h>

#include "cli/report/html.h"
#include "cli/report/report.h"
#include "log/sessions/advice.h"

static void put_counted(struct writer *writer, uint64_t count, const char *one, const char *several)
{
    html_put_count(writer, count);
    writer_print(writer, " %s", count == 1 ? one : several);
}

void report_put_title(const struct report *report, struct writer *writer)
{
    writer_string(writer, "<h1>Firmware updates of ");
    put_counted(writer, report->modem_count, "modem", "modems");
    writer_string(writer, "</h1>\n");
}

/* Of logs without dates the first and the last time that were read. */
static struct bytes edge_time(const struct report *report, unsigned which, char *buffer)
{
    const struct report_edge *const edge = &report->times.edges[which];
    const struct counts *const counts = report->counts;
    if (edge->length > 0)
        return time_show((struct bytes){edge->text, edge->length}, buffer);
    return (struct bytes){counts->times[which].text, counts->times[which].length};
}

void report_put_period(const struct report *report, struct writer *writer)
{
    char buffer[TIME_SIZE];
    if (report->counts->times[0].length == 0) {
        writer_string(writer,
                      "<p>The logs have no times: when something was, and how long it took, "
                      "cannot be told.</p>\n");
        return;
    }
    writer_string(writer, "<p>Logs from <b>");
    html_put_text(writer, edge_time(report, 0, buffer));
    writer_string(writer, "</b> to <b>");
    html_put_text(writer, edge_time(report, 1, buffer));
    writer_string(writer,
                  "</b>. All other times on this page are UTC; those of a log that names no "
                  "zone are shown as it has them.</p>\n");
}

/* One figure: what it is, how much, and what there is to add. */
static void put_figure(struct writer *writer, const char *name, uint64_t count, const char *colour)
{
    writer_print(writer, "<div class=\"figure %s\"><dt>%s</dt><dd>", colour, name);
    html_put_count(writer, count);
    writer_string(writer, "</dd></div>\n");
}

void report_put_figures(const struct report *report, struct writer *writer)
{
    const struct fleet_summary *const summary = &report->summary;
    uint64_t updated = 0, failed = 0, under_way = 0, unknown = 0, none = 0, losses = 0, stopped = 0;
    for (size_t i = 0; i < report->modem_count; i++) {
        struct fleet_member member;
        const struct modem_state *const state = &report_modem_at(report, i, &member)->state;
        losses += state->power_losses;
        stopped += sbfota_session_polling_stopped(member.session);
        if (state->attempts == 0) {
            none++;
            continue;
        }
        switch ((enum sbfota_outcome)state->outcome) {
        case SBFOTA_OUTCOME_UPDATED: updated++; break;
        case SBFOTA_OUTCOME_IN_PROGRESS: under_way++; break;
        case SBFOTA_OUTCOME_UNKNOWN: unknown++; break;
        default: failed++;
        }
    }
    writer_string(writer, "<dl class=\"figures\">\n");
    put_figure(writer, "modems", report->modem_count, "");
    put_figure(writer, "updated at last", updated, "good");
    put_figure(writer, "failed at last", failed, failed > 0 ? "bad" : "");
    put_figure(writer, "under way", under_way, "");
    put_figure(writer, "ended unseen", unknown, "");
    put_figure(writer, "without an attempt", none, "");
    put_figure(writer, "poll no more", stopped, stopped > 0 ? "bad" : "");
    put_figure(writer, "attempts", summary->attempts, "");
    put_figure(writer, "of them updated", summary->outcomes[SBFOTA_OUTCOME_UPDATED], "good");
    put_figure(writer, "power losses in an attempt", losses, "");
    put_figure(writer, "resumed after one", report->modems.resumes, "");
    writer_string(writer, "</dl>\n");
}

void report_put_funnel(const struct report *report, struct writer *writer)
{
    static const char *const columns[] = {"Step", ":Attempts", "Share of all attempts", NULL};
    const struct fleet_summary *const summary = &report->summary;
    html_put_head(writer, "Attempts, and how far they came", columns);
    for (unsigned step = 0; step < STEPS; step++) {
        writer_print(writer, "<tr><th scope=\"row\">%s</th>", fleet_step_titles[step]);
        html_put_count_cell(writer, summary->steps[step]);
        html_put_share_cell(writer, "plain", summary->steps[step], summary->attempts);
        writer_string(writer, "</tr>\n");
    }
    html_end_table(writer);
    writer_string(writer, "<p>An update that failed has ended without being restored, and a "
                          "download that failed is reported too.</p>\n");
}

static void put_failure(const struct report *report, const struct counters_entry *entry,
                        struct writer *writer)
{
    const struct failure failure = failure_read(entry);
    const char *const text = failure_text(&failure);
    const bool of_attempt = failure.outcome < SBFOTA_OUTCOME_COUNT;
    writer_print(writer, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">%s",
                 sbfota_phase_name(failure.phase));
    if (failure.table != SBFOTA_CODE_TABLE_NONE)
        writer_print(writer, " <b>%d</b>", (int)failure.code);
    writer_string(writer, "</th><td class=\"number\" role=\"cell\">");
    html_put_count(writer, entry->count);
    writer_string(writer, "</td>");
    html_put_share_cell(writer, of_attempt ? sbfota_outcome_name(failure.outcome) : "plain",
                        entry->count, report->summary.attempts);
    writer_print(writer, "<td role=\"cell\"><b>%s</b></td><td role=\"cell\">%s</td></tr>\n",
                 text == NULL ? "not in the manual" : text, advice_on(&failure));
}

/* On a narrow screen each row is a card, which must not take from it that it is a row. */
static void put_failures_from(const struct report *report, const struct counters_entry *entries,
                              uint32_t first, uint32_t end, struct writer *writer)
{
    static const char *const columns[] = {"Phase, code", "Attempts", "Share of all", "Meaning",
                                          "What to do"};
    writer_string(writer, "<table class=\"cards\" role=\"table\"><caption>What attempts failed "
                          "with, the most frequent first</caption>\n"
                          "<thead role=\"rowgroup\"><tr role=\"row\">");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        writer_print(writer, "<th scope=\"col\" role=\"columnheader\"%s>%s</th>",
                     i == 1 ? " class=\"number\"" : "", columns[i]);
    writer_string(writer, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (uint32_t i = first; i < end; i++)
        put_failure(report, &entries[i], writer);
    writer_string(writer, "</tbody></table>\n");
}

void report_put_failures(const struct report *report, struct writer *writer)
{
    const uint32_t count = report->summary.failures.names.count;
    const uint32_t shown = count < REPORT_ROWS ? count : REPORT_ROWS;
    const uint32_t first = count < REPORT_ROWS_FIRST ? count : REPORT_ROWS_FIRST;
    struct counters_entry *const entries =
        fleet_summary_failures(&report->summary, &writer->failed);
    if (entries == NULL) {
        writer_string(writer, "<p>No attempt has failed.</p>\n");
        return;
    }
    put_failures_from(report, entries, 0, first, writer);
    if (count > first) {
        writer_string(writer, "<p>And ");
        put_counted(writer, count - first, "other kind", "other kinds");
        writer_string(writer, ", each rarer than these.</p>\n<details><summary>Table: ");
        put_counted(writer, shown - first, "rarer kind", "rarer kinds");
        writer_string(writer, "</summary>\n");
        put_failures_from(report, entries, first, shown, writer);
        writer_string(writer, "</details>\n");
    }
    free(entries);
}

static void put_problems(const struct report *report, struct writer *writer)
{
    static const char *const columns[] = {"Problem", ":Attempts", "Share of all attempts", NULL};
    bool begun = false;
    for (unsigned bit = 0; 1U << bit <= SBFOTA_PROBLEM_ALL; bit++) {
        const uint64_t count = report->summary.problems[bit];
        if (count == 0)
            continue;
        if (!begun) {
            writer_string(writer, "<h3>Odd in attempts</h3>\n");
            html_put_head(writer, "What was odd in attempts", columns);
        }
        begun = true;
        writer_print(writer, "<tr><th scope=\"row\">%s</th>", sbfota_problem_name(1U << bit));
        html_put_count_cell(writer, count);
        html_put_share_cell(writer, "plain", count, report->summary.attempts);
        writer_string(writer, "</tr>\n");
    }
    if (begun)
        html_end_table(writer);
}

void report_put_quality(const struct report *report, struct writer *writer)
{
    static const char *const columns[] = {"What", ":How many", "Share", "of the", NULL};
    struct quality_row rows[QUALITY_ROWS];
    const size_t count = counts_quality(report->counts, report->fleet, rows);
    html_put_head(writer, "How good the data are", columns);
    for (size_t i = 0; i < count; i++) {
        writer_print(writer, "<tr><th scope=\"row\">%s</th>", rows[i].name);
        html_put_count_cell(writer, rows[i].count);
        html_put_share_cell(writer, "plain", rows[i].count, rows[i].whole);
        writer_print(writer, "<td>%s</td></tr>\n", rows[i].of);
    }
    html_end_table(writer);
    put_problems(report, writer);
}

/* The name of a file; standard input has none. */
static void put_file(struct writer *writer, struct bytes name)
{
    if (name.length > 0)
        html_put_text(writer, name);
    else
        writer_string(writer, "standard input");
}

static void put_files(const struct report_inputs *inputs, struct writer *writer)
{
    static const char *const columns[] = {"File", "Form", ":Lines", ":Events", NULL};
    const uint32_t count = inputs->names.count;
    html_put_head(writer, "Files, in the order of reading", columns);
    for (uint32_t i = 0; i < count && i < REPORT_ROWS; i++) {
        const struct report_file *const file = &inputs->files[i];
        writer_string(writer, "<tr><th scope=\"row\" class=\"name\">");
        put_file(writer, names_text(&inputs->names, i));
        writer_print(writer, "</th><td>%s</td>", file->form == NULL ? "\u2013" : file->form);
        html_put_count_cell(writer, file->lines);
        html_put_count_cell(writer, file->events);
        writer_string(writer, "</tr>\n");
    }
    html_end_table(writer);
    if (count > REPORT_ROWS) {
        writer_string(writer, "<p>And ");
        put_counted(writer, count - REPORT_ROWS, "other file", "other files");
        writer_string(writer, ".</p>\n");
    }
}

static void put_notes(const struct report_inputs *inputs, struct writer *writer)
{
    if (inputs->note_count == 0)
        return;
    writer_string(writer, "<p>What was doubtful, skipped or could not be read:</p>\n<ul>\n");
    for (uint64_t i = 0; i < inputs->note_count && i < REPORT_NOTES; i++) {
        const struct report_note *const note = &inputs->notes[i];
        writer_string(writer, "<li class=\"name\">");
        put_file(writer, note->file == NULL ? (struct bytes){NULL, 0}
                                            : (struct bytes){note->file, strlen(note->file)});
        writer_string(writer, ": ");
        html_put_text(writer, (struct bytes){note->message, strlen(note->message)});
        writer_string(writer, "</li>\n");
    }
    writer_string(writer, "</ul>\n");
    if (inputs->note_count > REPORT_NOTES) {
        writer_string(writer, "<p>And ");
        put_counted(writer, inputs->note_count - REPORT_NOTES, "other note", "other notes");
        writer_string(writer, ", which were told on standard error.</p>\n");
    }
}

void report_put_inputs(const struct report *report, struct writer *writer)
{
    const struct counts *const counts = report->counts;
    writer_string(writer, "<p>Read: ");
    put_counted(writer, counts->files, "log", "logs");
    writer_string(writer, " of ");
    put_counted(writer, counts->bytes, "byte", "bytes");
    writer_string(writer, " in ");
    put_counted(writer, counts->lines, "line", "lines");
    writer_string(writer, ", which hold ");
    put_counted(writer, counts->messages, "SBFOTA message", "SBFOTA messages");
    writer_string(writer, ".</p>\n");
    put_files(&report->inputs, writer);
    put_notes(&report->inputs, writer);
}

static void put_modem(const struct report *report, size_t at, struct writer *writer)
{
    struct fleet_member member;
    const struct report_modem *const modem = report_modem_at(report, at, &member);
    const struct modem_state *const state = &modem->state;
    writer_string(writer, "<tr><th scope=\"row\" class=\"name\">");
    put_file(writer, member.name);
    writer_string(writer, "</th><td>");
    if (state->attempts > 0) {
        const struct failure failure = report_modem_attempt(modem, 0)->ending;
        const char *const name = sbfota_outcome_name(failure.outcome);
        const char *const text = outcome_fails(failure.outcome) ? failure_text(&failure) : "";
        writer_print(writer, "<span class=\"badge %s\">%s</span></td><td>%s</td>", name, name,
                     text == NULL ? "not in the manual" : text);
    } else {
        writer_string(writer, "none</td><td></td>");
    }
    html_put_count_cell(writer, state->attempts);
    html_put_count_cell(writer, state->updated);
    writer_string(writer, "<td>");
    if (state->dated)
        html_put_date(writer, state->seen_ms / 1000, true);
    writer_string(writer, "</td></tr>\n");
}

/* The worst modems, for who runs no script: the page's own list takes their place. */
void report_put_modems(const struct report *report, struct writer *writer)
{
    static const char *const columns[] = {"Modem",    "Last attempt",    "Why", ":Attempts",
                                          ":Updated", "Last seen (UTC)", NULL};
    const size_t count = report->modem_count;
    writer_print(writer, "<div id=\"worst\">\n");
    html_put_head(writer,
                  count > REPORT_ROWS ? "The 50 modems that stand worst" : "The worst first",
                  columns);
    for (size_t i = 0; i < count && i < REPORT_ROWS; i++)
        put_modem(report, i, writer);
    html_end_table(writer);
    writer_string(writer, "</div>\n");
}
