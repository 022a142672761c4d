/* SPDX-License-Identifier: MIT
 *
 * What the sessions need of an event that has left its log. */
#ifndef SBFOTA_LOG_LOG_EVENT_H
#define SBFOTA_LOG_LOG_EVENT_H

#include <sbfota/log.h>

#include "clock.h"

enum clock log_event_clock(const struct sbfota_log_event *event);

#endif
