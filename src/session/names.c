/* SPDX-License-Identifier: MIT */
#include <sbfota/session.h>

const char *sbfota_phase_name(unsigned phase)
{
    static const char *const names[SBFOTA_PHASE_COUNT] = {
        [SBFOTA_PHASE_NONE] = "none",         [SBFOTA_PHASE_POLLING] = "polling",
        [SBFOTA_PHASE_DOWNLOAD] = "download", [SBFOTA_PHASE_DELAY] = "delay",
        [SBFOTA_PHASE_UPDATE] = "update",     [SBFOTA_PHASE_RESTORE] = "restore",
        [SBFOTA_PHASE_END] = "end",           [SBFOTA_PHASE_REBOOT] = "reboot",
        [SBFOTA_PHASE_REPORT] = "report",
    };
    return phase < SBFOTA_PHASE_COUNT ? names[phase] : NULL;
}

const char *sbfota_outcome_name(unsigned outcome)
{
    static const char *const names[SBFOTA_OUTCOME_COUNT] = {
        [SBFOTA_OUTCOME_IN_PROGRESS] = "in_progress",
        [SBFOTA_OUTCOME_UPDATED] = "updated",
        [SBFOTA_OUTCOME_UPDATE_FAILED] = "update_failed",
        [SBFOTA_OUTCOME_DOWNLOAD_FAILED] = "download_failed",
        [SBFOTA_OUTCOME_DOWNLOAD_LOST] = "download_lost",
        [SBFOTA_OUTCOME_ROLLED_BACK] = "rolled_back",
        [SBFOTA_OUTCOME_INTERRUPTED] = "interrupted",
        [SBFOTA_OUTCOME_POLL_FAILED] = "poll_failed",
    };
    return outcome < SBFOTA_OUTCOME_COUNT ? names[outcome] : NULL;
}

const char *sbfota_problem_name(unsigned problem)
{
    switch (problem) {
    case SBFOTA_PROBLEM_OUT_OF_ORDER: return "out_of_order";
    case SBFOTA_PROBLEM_PERCENT_BACK: return "percent_back";
    case SBFOTA_PROBLEM_DELAY_DIFFERS: return "delay_differs";
    case SBFOTA_PROBLEM_REBOOT: return "reboot";
    case SBFOTA_PROBLEM_ACCEPT_MISPLACED: return "accept_misplaced";
    case SBFOTA_PROBLEM_MISSING_START: return "missing_start";
    case SBFOTA_PROBLEM_MISSING_END: return "missing_end";
    }
    return NULL;
}
