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
        [SBFOTA_OUTCOME_UNKNOWN] = "unknown",
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
    case SBFOTA_PROBLEM_ACCEPT_REFUSED: return "accept_refused";
    case SBFOTA_PROBLEM_CLOCK_JUMP: return "clock_jump";
    case SBFOTA_PROBLEM_MALFORMED: return "malformed";
    case SBFOTA_PROBLEM_UNENDED: return "unended";
    }
    return NULL;
}

const char *sbfota_power_name(unsigned power)
{
    static const char *const names[SBFOTA_POWER_COUNT] = {
        [SBFOTA_POWER_SAFE] = "safe",
        [SBFOTA_POWER_UNKNOWN] = "unknown",
        [SBFOTA_POWER_ENDS_PROCESS] = "ends_process",
        [SBFOTA_POWER_FORBIDDEN] = "forbidden",
        [SBFOTA_POWER_ROLLS_BACK] = "rolls_back",
        [SBFOTA_POWER_FORCES_UPDATE] = "forces_update",
    };
    return power < SBFOTA_POWER_COUNT ? names[power] : NULL;
}

const char *sbfota_accept_name(unsigned accept)
{
    static const char *const names[SBFOTA_ACCEPT_COUNT] = {
        [SBFOTA_ACCEPT_UNSENT] = "unsent",
        [SBFOTA_ACCEPT_SENT] = "sent",
        [SBFOTA_ACCEPT_ACKNOWLEDGED] = "acknowledged",
        [SBFOTA_ACCEPT_REFUSED] = "refused",
    };
    return accept < SBFOTA_ACCEPT_COUNT ? names[accept] : NULL;
}
