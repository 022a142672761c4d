/* SPDX-License-Identifier: MIT
 *
 * What a report tells, gathered, and the parts that its page is made of. */
#ifndef SBFOTA_CLI_REPORT_H
#define SBFOTA_CLI_REPORT_H

#include "cli/report/modems.h"
#include "cli/stats/counters.h"
#include "cli/stats/counts.h"
#include "cli/stats/fleet_summary.h"
#include "cli/writing/writer.h"
#include "log/prefix/block.h"
#include "log/prefix/capture.h"
#include "log/sessions/fleet.h"
#include "log/text/names.h"
#include <sbfota/session.h>

/* What a report was made of: the files, and what was told of them. */

enum {
    REPORT_NOTES = 50 /* that are kept */
};

struct report_file {
    uint64_t lines;
    uint64_t events;
    const char *form; /* the name of its form; constant */
};

struct report_note {
    char *file; /* NULL for standard input */
    char *message;
};

/* Start with all zero; end with report_inputs_free. */
struct report_inputs {
    struct names names; /* of files, in the order of reading; standard input has no letter */
    struct report_file *files;
    uint32_t capacity;
    struct report_note notes[REPORT_NOTES];
    uint64_t note_count; /* more may have been told than are kept */
    bool no_memory;
};

/* A block in its turn, and how many events were found in it. */
void report_inputs_add(struct report_inputs *inputs, const struct block *block, size_t events);

/* What is told on standard error too. */
void report_inputs_note(struct report_inputs *inputs, const char *file, const char *message);

void report_inputs_free(struct report_inputs *inputs);

/* Outcomes over time, in memory that grows with the hours in which attempts ended. */

enum {
    REPORT_BINS = 60 /* at most */
};

/* Start with all zero; end with report_times_free. */
struct report_times {
    struct counters hours; /* by an hour since 1970 and an outcome */
    uint64_t undated;      /* attempts that have no date */
    struct report_edge {
        int64_t milliseconds;       /* since 1970 */
        uint8_t length;             /* of `text`; 0: none yet */
        char text[FLEET_TIME_SIZE]; /* as captured */
    } edges[2];                     /* the earliest and the latest event that have a date */
    bool no_memory;
};

/* The attempts that ended in as many hours as fit into the bins. */
struct report_bins {
    int64_t first; /* hour since 1970 when the first bin begins */
    int64_t hours; /* of a bin */
    unsigned count;
    uint64_t most; /* attempts of a bin */
    uint64_t outcomes[REPORT_BINS][SBFOTA_OUTCOME_COUNT];
};

/* An attempt that ended then, in milliseconds since 1970. */
void report_times_add(struct report_times *times, int64_t ended, unsigned outcome);

/* An event of the logs, which need not be read in the order of their times. */
void report_times_see(struct report_times *times, const struct fleet_event *event);

void report_times_bins(const struct report_times *times, struct report_bins *bins);
void report_times_free(struct report_times *times);

enum {
    REPORT_PAGE_MOST = 1000000, /* bytes of a page: under a megabyte, whatever the logs hold */
    REPORT_ROWS = 50,           /* of a table that logs can make as long as they like */
    REPORT_ROWS_FIRST = 12,     /* of them, those that are seen before the others are asked for */
    REPORT_TEXT_MOST = 256      /* bytes of a name that are shown */
};

/* Starts with all zero. */
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
