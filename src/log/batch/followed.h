/* SPDX-License-Identifier: MIT
 *
 * What stands behind struct sbfota_log_sessions and struct sbfota_log_modems, for who feeds their fleets blocks instead of
 * events. */
#ifndef SBFOTA_LOG_FOLLOWED_H
#define SBFOTA_LOG_FOLLOWED_H

#include <sbfota/log.h>

#include "log/sessions/fleet.h"

struct sbfota_log_sessions {
    struct fleet fleet;
    struct fleet_sink sink;
    struct attempts *attempts; /* that were not taken */
};

struct sbfota_log_modems {
    struct fleet fleet;
    struct fleet_sink sink;
    int64_t now;    /* that was asked for, or SBFOTA_NO_TIME */
    int64_t newest; /* of all events that have a date; INT64_MIN without one */
};

#endif
