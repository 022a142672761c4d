/* SPDX-License-Identifier: MIT */
#include "cli/stats/fleet_summary.h"

#include <string.h>

static bool has_come_to(const struct sbfota_attempt *attempt, enum step step)
{
    switch (step) {
    case STEP_POLLED: return true;
    case STEP_DOWNLOAD_STARTED: return attempt->outcome != SBFOTA_OUTCOME_POLL_FAILED;
    case STEP_DOWNLOADED: return attempt_has_downloaded(attempt);
    case STEP_UPDATE_STARTED: return attempt_has_begun_update(attempt);
    case STEP_RESTORED:
        return attempt->outcome == SBFOTA_OUTCOME_UPDATED ||
               (attempt->phase == SBFOTA_PHASE_RESTORE && attempt->percent == 100);
    case STEP_ENDED: return (attempt->has & SBFOTA_HAS_UPDATE_CODE) != 0;
    case STEP_REPORTED: return (attempt->has & SBFOTA_HAS_REPORT_CODE) != 0;
    case STEPS: break;
    }
    return false;
}

static void add_failure(struct fleet_summary *summary, const struct failure *failure)
{
    if (!counters_add(&summary->failures, (struct bytes){(const char *)failure, sizeof *failure},
                      1))
        summary->no_memory = true;
}

static void add_failures(struct fleet_summary *summary, const struct sbfota_attempt *attempt)
{
    struct failure failure;
    if (failure_of(attempt, &failure))
        add_failure(summary, &failure);
    /* Another thing than how the update ended. */
    if ((attempt->has & SBFOTA_HAS_REPORT_CODE) != 0 && attempt->report_code != 0)
        add_failure(summary, &(struct failure){.code = attempt->report_code,
                                               .phase = SBFOTA_PHASE_REPORT,
                                               .table = SBFOTA_CODE_TABLE_HTTP,
                                               .outcome = SBFOTA_OUTCOME_COUNT});
}

/* The phases whose begin and end the log has: one without its begin has no duration. */
static void add_durations(struct fleet_summary *summary, const struct sbfota_attempt *attempt)
{
    const bool updated = attempt->outcome == SBFOTA_OUTCOME_UPDATED;
    const struct {
        uint32_t milliseconds;
        bool ended;
    } phases[TIMED_PHASES] = {
        {attempt->downloading_ms,
         (attempt->has & SBFOTA_HAS_HTTP_CODE) != 0 && attempt_has_downloaded(attempt)},
        {attempt->updating_ms, updated || attempt->restore_ms != SBFOTA_NO_DURATION ||
                                   attempt->phase == SBFOTA_PHASE_RESTORE},
        {attempt->restore_ms, updated},
    };
    for (size_t i = 0; i < TIMED_PHASES; i++)
        if (phases[i].milliseconds != SBFOTA_NO_DURATION && phases[i].ended)
            histogram_add(&summary->histogram[i], phases[i].milliseconds);
}

void fleet_summary_add(struct fleet_summary *summary, const struct sbfota_attempt *attempt)
{
    summary->attempts++;
    summary->outcomes[attempt->outcome]++;
    for (unsigned step = 0; step < STEPS; step++)
        summary->steps[step] += has_come_to(attempt, (enum step)step);
    for (unsigned problems = attempt->problems, bit = 0; problems != 0; problems >>= 1, bit++)
        summary->problems[bit] += problems & 1;
    add_failures(summary, attempt);
    add_durations(summary, attempt);
}

void fleet_summary_free(struct fleet_summary *summary)
{
    counters_free(&summary->failures);
}
