/* SPDX-License-Identifier: MIT
 *
 * What a report tells, gathered, and the parts that its page is made of. */
#ifndef SBFOTA_CLI_REPORT_H
#define SBFOTA_CLI_REPORT_H

#include "counts.h"
#include "fleet_summary.h"
#include "log/fleet.h"
#include "report_inputs.h"
#include "report_modems.h"
#include "report_times.h"
#include "writer.h"

enum {
    REPORT_PAGE_MOST = 1000000, /* bytes of a page: under a megabyte, whatever the logs hold */
    REPORT_ROWS = 50,           /* of a table that logs can make as long as they like */
    REPORT_ROWS_FIRST = 12,     /* of them, those that are seen before the others are asked for */
    REPORT_TEXT_MOST = 256      /* bytes of a name that are shown */
};

/* Start with all zero; end with report_free. */
struct report {
    const struct counts *counts;
    const struct fleet *fleet;
    struct fleet_summary summary;
    struct report_modems modems;
    struct report_times times;
    struct report_inputs inputs;
    size_t *order; /* the places of the modems in the fleet, the worst first */
    size_t modem_count;
};

void report_free(struct report *report);

/* The modem that stands at a place of the order. */
const struct report_modem *report_modem_at(const struct report *report, size_t at,
                                           struct fleet_member *member);

/* The whole page; it is in the writer, which does not flush. */
void report_put_page(const struct report *report, struct writer *writer);

/* What stands in the place of the template's words. */
void report_put_title(const struct report *report, struct writer *writer);
void report_put_period(const struct report *report, struct writer *writer);
void report_put_figures(const struct report *report, struct writer *writer);
void report_put_funnel(const struct report *report, struct writer *writer);
void report_put_outcomes(const struct report *report, struct writer *writer);
void report_put_failures(const struct report *report, struct writer *writer);
void report_put_durations(const struct report *report, struct writer *writer);
void report_put_modems(const struct report *report, struct writer *writer);
void report_put_quality(const struct report *report, struct writer *writer);
void report_put_inputs(const struct report *report, struct writer *writer);

/* The modems as JSON, in at most `room` bytes. */
void report_put_data(const struct report *report, size_t room, struct writer *writer);

#endif
