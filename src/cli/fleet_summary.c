/* SPDX-License-Identifier: MIT */
#include "fleet_summary.h"

#include <string.h>

static bool has_begun_update(const struct sbfota_attempt *attempt)
{
    switch ((enum sbfota_outcome)attempt->outcome) {
    case SBFOTA_OUTCOME_UPDATED:
    case SBFOTA_OUTCOME_UPDATE_FAILED:
    case SBFOTA_OUTCOME_ROLLED_BACK:
    case SBFOTA_OUTCOME_INTERRUPTED: return true;
    case SBFOTA_OUTCOME_IN_PROGRESS:
    case SBFOTA_OUTCOME_UNKNOWN:
        /* A report alone does not tell of what. */
        return attempt->updating_ms != SBFOTA_NO_DURATION ||
               (attempt->phase >= SBFOTA_PHASE_UPDATE && attempt->phase < SBFOTA_PHASE_REPORT);
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED:
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
    case SBFOTA_OUTCOME_POLL_FAILED:
    case SBFOTA_OUTCOME_COUNT: break;
    }
    return false;
}

static bool has_downloaded(const struct sbfota_attempt *attempt)
{
    return attempt->outcome != SBFOTA_OUTCOME_DOWNLOAD_FAILED &&
           (has_begun_update(attempt) || attempt->delay != SBFOTA_NO_DELAY ||
            (attempt->has & SBFOTA_HAS_HTTP_CODE) != 0);
}

static bool has_come_to(const struct sbfota_attempt *attempt, enum step step)
{
    switch (step) {
    case STEP_POLLED: return true;
    case STEP_DOWNLOAD_STARTED: return attempt->outcome != SBFOTA_OUTCOME_POLL_FAILED;
    case STEP_DOWNLOADED: return has_downloaded(attempt);
    case STEP_UPDATE_STARTED: return has_begun_update(attempt);
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

unsigned outcome_rank(unsigned outcome)
{
    static const uint8_t ranks[SBFOTA_OUTCOME_COUNT] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) \
    [SBFOTA_OUTCOME_##id] = (rank),
#include "../../grammar/outcomes.def"
#undef SBFOTA_OUTCOME
    };
    return ranks[outcome];
}

bool outcome_fails(unsigned outcome)
{
    return outcome_rank(outcome) > outcome_rank(SBFOTA_OUTCOME_IN_PROGRESS);
}

bool failure_of(const struct sbfota_attempt *attempt, struct failure *failure)
{
    *failure = (struct failure){.outcome = attempt->outcome};
    switch ((enum sbfota_outcome)attempt->outcome) {
    case SBFOTA_OUTCOME_IN_PROGRESS:
    case SBFOTA_OUTCOME_UPDATED:
    case SBFOTA_OUTCOME_UNKNOWN:
    case SBFOTA_OUTCOME_COUNT: break;
    case SBFOTA_OUTCOME_POLL_FAILED:
        failure->phase = SBFOTA_PHASE_POLLING;
        failure->table = SBFOTA_CODE_TABLE_POLLING;
        failure->code = attempt->poll_code;
        break;
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED:
        failure->phase = SBFOTA_PHASE_DOWNLOAD;
        failure->table = SBFOTA_CODE_TABLE_HTTP;
        failure->code = attempt->http_code;
        break;
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
        failure->phase = has_downloaded(attempt) ? SBFOTA_PHASE_DELAY : SBFOTA_PHASE_DOWNLOAD;
        break;
    case SBFOTA_OUTCOME_UPDATE_FAILED:
        failure->phase = SBFOTA_PHASE_UPDATE;
        failure->table = SBFOTA_CODE_TABLE_UPDATE;
        failure->code = attempt->update_code;
        break;
    case SBFOTA_OUTCOME_ROLLED_BACK: failure->phase = SBFOTA_PHASE_UPDATE; break;
    case SBFOTA_OUTCOME_INTERRUPTED: failure->phase = SBFOTA_PHASE_RESTORE; break;
    }
    return failure->phase != SBFOTA_PHASE_NONE;
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
         (attempt->has & SBFOTA_HAS_HTTP_CODE) != 0 && has_downloaded(attempt)},
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
