/* SPDX-License-Identifier: MIT */
#include "log_event.h"

enum clock log_event_clock(const struct sbfota_log_event *event)
{
    switch ((enum sbfota_log_clock)event->clock) {
    case SBFOTA_LOG_CLOCK_NONE:
    case SBFOTA_LOG_CLOCK_COUNT: return CLOCK_NONE;
    case SBFOTA_LOG_CLOCK_UTC:
    case SBFOTA_LOG_CLOCK_LOCAL: return CLOCK_EPOCH;
    case SBFOTA_LOG_CLOCK_YEAR: return CLOCK_YEAR;
    case SBFOTA_LOG_CLOCK_DAY: return CLOCK_DAY;
    case SBFOTA_LOG_CLOCK_START: return CLOCK_START;
    }
    return CLOCK_NONE;
}
