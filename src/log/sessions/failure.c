/* SPDX-License-Identifier: MIT */
#include "log/sessions/failure.h"

bool attempt_has_begun_update(const struct sbfota_attempt *attempt)
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

bool attempt_has_downloaded(const struct sbfota_attempt *attempt)
{
    return attempt->outcome != SBFOTA_OUTCOME_DOWNLOAD_FAILED &&
           (attempt_has_begun_update(attempt) || attempt->delay != SBFOTA_NO_DELAY ||
            (attempt->has & SBFOTA_HAS_HTTP_CODE) != 0);
}

unsigned outcome_rank(unsigned outcome)
{
    static const uint8_t ranks[SBFOTA_OUTCOME_COUNT] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) \
    [SBFOTA_OUTCOME_##id] = (rank),
#include "outcomes.def"
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
        failure->phase =
            attempt_has_downloaded(attempt) ? SBFOTA_PHASE_DELAY : SBFOTA_PHASE_DOWNLOAD;
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
