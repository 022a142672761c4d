/* SPDX-License-Identifier: MIT
 *
 * The charts of a report: SVG whose places are in percent, so that it fills the width there is, and the
 * texts beside it in HTML, which does not grow with it. Each has its table. */
#include <stdio.h>

#include "cli/report/html.h"
#include "cli/report/report.h"

enum {
    COLUMN_MOST = 8, /* percent: where there are few columns, they are not wide */
    BARS = 40,       /* of a histogram, at most */
    LABELS = 5       /* below an axis; the bars are a multiple of LABELS - 1 */
};

/* A chart's begin: its name, and what its vertical axis goes up to. */
static void begin_chart(struct writer *writer, const char *name, uint64_t most)
{
    writer_print(writer, "<div class=\"chart\"><div class=\"scale\" aria-hidden=\"true\"><span>");
    html_put_count(writer, most);
    writer_print(
        writer,
        "</span><span>0</span></div>\n<svg class=\"plot\" role=\"img\" aria-label=\"%s; the "
        "numbers stand in the table below\">",
        name);
    writer_string(writer, "<path class=\"grid\" d=\"M0 .5h9999\"/>"
                          "<line class=\"grid\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/>\n");
}

static void begin_labels(struct writer *writer)
{
    writer_string(writer, "</svg>\n<div class=\"axis\" aria-hidden=\"true\">");
}

static void end_chart(struct writer *writer)
{
    writer_string(writer, "</div></div>\n");
}

/* The table of a chart, which is seen when it is asked for. */
static void begin_table(struct writer *writer, const char *name)
{
    writer_print(writer, "<details><summary>Table: %s</summary>\n", name);
}

static void end_table(struct writer *writer)
{
    html_end_table(writer);
    writer_string(writer, "</details>\n");
}

/* Which outcomes there are, so that a legend and a table have no empty ones. */
static unsigned outcomes_there(const struct report *report)
{
    unsigned there = 0;
    for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
        if (report->summary.outcomes[outcome] > 0)
            there |= 1U << outcome;
    return there;
}

static void put_bin_date(struct writer *writer, const struct report_bins *bins, unsigned bin)
{
    html_put_date(writer, (bins->first + bins->hours * (int64_t)bin) * 3600, bins->hours < 24);
}

static void put_columns(struct writer *writer, const struct report_bins *bins, unsigned there)
{
    const double slot = 100.0 / bins->count;
    const double width = slot * 0.88 < COLUMN_MOST ? slot * 0.88 : COLUMN_MOST;
    for (unsigned bin = 0; bin < bins->count; bin++) {
        double top = 100;
        for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++) {
            const uint64_t count = bins->outcomes[bin][outcome];
            if ((there >> outcome & 1) == 0 || count == 0)
                continue;
            const double height = 100.0 * (double)count / (double)bins->most;
            top -= height;
            writer_print(writer,
                         "<rect class=\"%s\" x=\"%.2f%%\" y=\"%.2f%%\" width=\"%.2f%%\" "
                         "height=\"%.2f%%\"><title>",
                         sbfota_outcome_name(outcome), slot * (bin + 0.5) - width / 2, top, width,
                         height);
            put_bin_date(writer, bins, bin);
            writer_print(writer, ": %llu %s</title></rect>\n", (unsigned long long)count,
                         sbfota_outcome_name(outcome));
        }
    }
}

/* The outcomes, as a legend and as the sums. */
static void put_legend(const struct report *report, unsigned there, struct writer *writer)
{
    writer_string(writer, "<ul class=\"legend\">\n");
    for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++) {
        if ((there >> outcome & 1) == 0)
            continue;
        const char *const name = sbfota_outcome_name(outcome);
        writer_print(
            writer,
            "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"%s\" width=\"100%%\" "
            "height=\"100%%\"/></svg> %s <b>",
            name, name);
        html_put_count(writer, report->summary.outcomes[outcome]);
        writer_string(writer, "</b></li>\n");
    }
    writer_string(writer, "</ul>\n");
}

static const char *name_of_bins(const struct report_bins *bins, char *text, size_t size)
{
    const int64_t days = bins->hours / 24;
    if (days == 0)
        snprintf(text, size, "attempts that ended in each %s",
                 bins->hours == 1   ? "hour"
                 : bins->hours == 3 ? "three hours"
                 : bins->hours == 6 ? "six hours"
                                    : "twelve hours");
    else if (days == 1)
        snprintf(text, size, "attempts that ended on each day");
    else
        snprintf(text, size, "attempts that ended in each %lld days", (long long)days);
    return text;
}

static void put_columns_table(struct writer *writer, const struct report_bins *bins, unsigned there,
                              const char *name)
{
    begin_table(writer, name);
    html_begin_table(writer, name);
    html_put_title(writer, "from (UTC)", false);
    for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
        if (there >> outcome & 1)
            html_put_title(writer, sbfota_outcome_name(outcome), true);
    html_begin_rows(writer);
    for (unsigned bin = 0; bin < bins->count; bin++) {
        writer_string(writer, "<tr><th scope=\"row\">");
        put_bin_date(writer, bins, bin);
        writer_string(writer, "</th>");
        for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
            if (there >> outcome & 1)
                html_put_count_cell(writer, bins->outcomes[bin][outcome]);
        writer_string(writer, "</tr>\n");
    }
    end_table(writer);
}

void report_put_outcomes(const struct report *report, struct writer *writer)
{
    const unsigned there = outcomes_there(report);
    struct report_bins bins;
    char name[80];
    report_times_bins(&report->times, &bins);
    if (there == 0) {
        writer_string(writer, "<p>There are no attempts.</p>\n");
        return;
    }
    put_legend(report, there, writer);
    if (bins.count > 0) {
        name_of_bins(&bins, name, sizeof name);
        begin_chart(writer, name, bins.most);
        put_columns(writer, &bins, there);
        begin_labels(writer);
        for (unsigned i = 0; i < 3 && i < bins.count; i++) {
            const unsigned at = bins.count < 3 ? i : i * (bins.count - 1) / 2;
            writer_string(writer, "<span>");
            put_bin_date(writer, &bins, at);
            writer_string(writer, "</span>");
        }
        end_chart(writer);
        put_columns_table(writer, &bins, there, name);
    }
    if (report->times.undated > 0) {
        writer_string(writer, "<p>");
        html_put_count(writer, report->times.undated);
        writer_string(writer, report->times.undated == 1
                                  ? " attempt has no date and is not in the chart.</p>\n"
                                  : " attempts have no date and are not in the chart.</p>\n");
    }
}

/* Bars of a histogram: a doubling has 16 / `step` of them, all alike wide. */
struct bars {
    unsigned first; /* where the first begins: bar_place */
    unsigned step;
    unsigned count;
    uint64_t most;
    uint64_t counts[BARS];
};

/* Where bars may begin, in milliseconds: 16 places a doubling, and 0. */
static uint64_t bar_place(unsigned number)
{
    static const uint16_t places[] = {32768, 34219, 35734, 37316, 38968, 40693, 42495, 44376,
                                      46341, 48393, 50535, 52773, 55109, 57549, 60097, 62757};
    return number == 0 ? 0 : (uint64_t)places[number % 16] << number / 16 >> 15;
}

static uint64_t bar_begin(const struct bars *bars, unsigned bar)
{
    return bar_place(bars->first + bars->step * bar);
}

static struct bars make_bars(const struct histogram *histogram)
{
    struct bars bars = {.step = 1};
    unsigned end = 1;
    while (bar_place(end) <= histogram->most) {
        bars.first = bar_place(end) <= histogram->least ? end : bars.first;
        end++;
    }
    while (end - bars.first > bars.step * BARS)
        bars.step *= 2;
    bars.count = (end - bars.first + bars.step - 1) / bars.step;
    bars.count += (LABELS - 1 - bars.count % (LABELS - 1)) % (LABELS - 1);
    for (unsigned i = 0; i < bars.count; i++) {
        bars.counts[i] = histogram_below(histogram, bar_begin(&bars, i + 1)) -
                         histogram_below(histogram, bar_begin(&bars, i));
        bars.most = bars.counts[i] > bars.most ? bars.counts[i] : bars.most;
    }
    return bars;
}

static void put_range(struct writer *writer, const struct bars *bars, unsigned bar)
{
    html_put_duration(writer, bar_begin(bars, bar));
    writer_string(writer, " to ");
    html_put_duration(writer, bar_begin(bars, bar + 1));
}

static void put_bars(struct writer *writer, const struct bars *bars)
{
    const double width = 100.0 / bars->count;
    for (unsigned i = 0; i < bars->count; i++) {
        if (bars->counts[i] == 0)
            continue;
        const double height = 100.0 * (double)bars->counts[i] / (double)bars->most;
        writer_print(writer,
                     "<rect class=\"plain\" x=\"%.2f%%\" y=\"%.2f%%\" width=\"%.2f%%\" "
                     "height=\"%.2f%%\"><title>",
                     width * (i + 0.06), 100 - height, width * 0.88, height);
        put_range(writer, bars, i);
        writer_print(writer, ": %llu</title></rect>\n", (unsigned long long)bars->counts[i]);
    }
}

static void put_bars_table(struct writer *writer, const struct bars *bars, const char *name)
{
    static const char *const titles[] = {"took", ":attempts", NULL};
    begin_table(writer, name);
    html_put_head(writer, name, titles);
    for (unsigned i = 0; i < bars->count; i++) {
        writer_string(writer, "<tr><th scope=\"row\">");
        put_range(writer, bars, i);
        writer_string(writer, "</th>");
        html_put_count_cell(writer, bars->counts[i]);
        writer_string(writer, "</tr>\n");
    }
    end_table(writer);
}

static void put_distribution(const struct histogram *histogram, const char *phase,
                             struct writer *writer)
{
    const struct bars bars = make_bars(histogram);
    char name[80];
    snprintf(name, sizeof name, "how long the %s took", phase);
    writer_print(writer, "<div class=\"distribution\"><h3>%c%s</h3>\n", phase[0] - 'a' + 'A',
                 phase + 1);
    begin_chart(writer, name, bars.most);
    put_bars(writer, &bars);
    begin_labels(writer);
    for (unsigned i = 0; i < LABELS; i++) {
        writer_string(writer, "<span>");
        html_put_duration(writer, bar_begin(&bars, i * bars.count / (LABELS - 1)));
        writer_string(writer, "</span>");
    }
    end_chart(writer);
    put_bars_table(writer, &bars, name);
    writer_string(writer, "</div>\n");
}

static void put_duration_cell(struct writer *writer, uint64_t milliseconds)
{
    writer_string(writer, "<td class=\"number\">");
    html_put_duration(writer, milliseconds);
    writer_string(writer, "</td>");
}

static void put_quantiles(const struct report *report, struct writer *writer)
{
    static const unsigned percents[] = {5, 25, 50, 75, 95};
    static const char *const titles[] = {"Phase",        ":Attempts", ":5 % within",
                                         ":25 % within", ":median",   ":75 % within",
                                         ":95 % within", ":at most",  NULL};
    html_put_head(writer, "How long whole phases took", titles);
    for (size_t phase = 0; phase < TIMED_PHASES; phase++) {
        const struct histogram *const histogram = &report->summary.histogram[phase];
        if (histogram->count == 0)
            continue;
        writer_print(writer, "<tr><th scope=\"row\">%s</th>", fleet_phase_titles[phase]);
        html_put_count_cell(writer, histogram->count);
        for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++)
            put_duration_cell(writer, histogram_quantile(histogram, percents[i]));
        put_duration_cell(writer, histogram->most);
        writer_string(writer, "</tr>\n");
    }
    html_end_table(writer);
}

void report_put_durations(const struct report *report, struct writer *writer)
{
    uint64_t timed = 0;
    for (size_t phase = 0; phase < TIMED_PHASES; phase++)
        timed += report->summary.histogram[phase].count;
    if (timed == 0) {
        writer_string(writer,
                      "<p>No phase has been seen from its begin to its end with times.</p>\n");
        return;
    }
    put_quantiles(report, writer);
    writer_string(writer, "<div class=\"distributions\">\n");
    for (size_t phase = 0; phase < TIMED_PHASES; phase++)
        if (report->summary.histogram[phase].count > 0)
            put_distribution(&report->summary.histogram[phase], fleet_phase_titles[phase], writer);
    writer_string(writer, "</div>\n<p>In the charts each doubling has the same width. Values are "
                          "exact within 1.6 %.</p>\n");
}
