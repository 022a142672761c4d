/* SPDX-License-Identifier: MIT
 *
 * The page of a report: its template, and what stands in the place of its words. */
#include <string.h>

#include "cli/report/html.h"
#include "cli/report/report.h"

/* static const char *const page[]: the lines of src/cli/report/, with its style and script, and NULL. */
#include "report_page.inc"

static const struct {
    const char *line;
    void (*put)(const struct report *report, struct writer *writer);
} parts[] = {
    {"{{title}}\n", report_put_title},         {"{{period}}\n", report_put_period},
    {"{{figures}}\n", report_put_figures},     {"{{funnel}}\n", report_put_funnel},
    {"{{outcomes}}\n", report_put_outcomes},   {"{{failures}}\n", report_put_failures},
    {"{{durations}}\n", report_put_durations}, {"{{modems}}\n", report_put_modems},
    {"{{quality}}\n", report_put_quality},     {"{{inputs}}\n", report_put_inputs},
};

/* What stands behind a line of the page; the data is the last of its words. */
static size_t measure_rest(size_t line)
{
    size_t length = 0;
    while (page[++line] != NULL)
        length += strlen(page[line]);
    return length;
}

static void put_data(const struct report *report, size_t line, struct writer *writer)
{
    const size_t others = writer->used + measure_rest(line);
    report_put_data(report, others < REPORT_PAGE_MOST ? REPORT_PAGE_MOST - others : 0, writer);
}

static void put_line(const struct report *report, size_t line, struct writer *writer)
{
    if (strcmp(page[line], "{{data}}\n") == 0) {
        put_data(report, line, writer);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(page[line], parts[i].line) == 0) {
            parts[i].put(report, writer);
            return;
        }
    writer_string(writer, page[line]);
}

void report_put_page(const struct report *report, struct writer *writer)
{
    for (size_t line = 0; page[line] != NULL; line++)
        put_line(report, line, writer);
}
