/* SPDX-License-Identifier: MIT
 *
 * What became of a fleet's attempts, in sums: how many came how far, where and why the others
 * stopped, and how long the phases took. */
#ifndef SBFOTA_CLI_FLEET_SUMMARY_H
#define SBFOTA_CLI_FLEET_SUMMARY_H

#include <sbfota/session.h>
#include <sbfota/texts.h>

#include "cli/stats/counters.h"
#include "cli/stats/histogram.h"
#include "cli/writing/look.h"
#include "cli/writing/writer.h"
#include "log/sessions/failure.h"

/* What an attempt comes to, one after the other; an attempt that has come to one has come to
 * those before it, but an update that failed has ended without being restored, and a download
 * that failed is reported too. */
enum step {
    STEP_POLLED = 0,
    STEP_DOWNLOAD_STARTED,
    STEP_DOWNLOADED,
    STEP_UPDATE_STARTED,
    STEP_RESTORED,
    STEP_ENDED,
    STEP_REPORTED,
    STEPS
};

enum {
    TIMED_PHASES = 3
};

/* Start with all zero; end with fleet_summary_free. */
struct fleet_summary {
    uint64_t attempts;
    uint64_t steps[STEPS];
    uint64_t outcomes[SBFOTA_OUTCOME_COUNT];
    uint64_t problems[16]; /* by bit of enum sbfota_problem */
    struct histogram
        histogram[TIMED_PHASES]; /* milliseconds of download, update, restore that were whole */
    struct counters failures;    /* by a struct failure */
    bool no_memory;
};

/* What it means; NULL for a code that the manual does not have. */
const char *failure_text(const struct failure *failure);

/* What the attempts failed with: the greatest count first, then by phase and code; see counters_list. */
struct counters_entry *fleet_summary_failures(const struct fleet_summary *summary, bool *no_memory);
struct failure failure_read(const struct counters_entry *entry);

/* For people. */
extern const char *const fleet_step_titles[STEPS];
extern const char *const fleet_phase_titles[TIMED_PHASES];

void fleet_summary_add(struct fleet_summary *summary, const struct sbfota_attempt *attempt);
void fleet_summary_free(struct fleet_summary *summary);

/* Print: what stands behind the counts of stats, and what is another member of their object. */
void fleet_summary_put_text(const struct fleet_summary *summary, const struct look *look,
                            struct writer *writer);
void fleet_summary_put_json(const struct fleet_summary *summary, struct writer *writer);

#endif
