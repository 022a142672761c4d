/* SPDX-License-Identifier: MIT
 *
 * Events that have left their log: their clocks, and how they are fed to sessions. */
#ifndef SBFOTA_LOG_LOG_EVENT_H
#define SBFOTA_LOG_LOG_EVENT_H

#include <sbfota/log.h>

#include "log/sessions/fleet.h"

/* The clock of a time, which is shown so, as those who have no struct clock know it. */
uint8_t log_event_public_clock(enum clock clock, struct bytes shown);

/* Events to the sessions of a fleet. False without memory. */
bool log_events_feed(struct fleet *fleet, const struct fleet_sink *sink,
                     const struct sbfota_log_event *events, size_t count);

#endif
