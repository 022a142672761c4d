/* SPDX-License-Identifier: MIT
 *
 * An attempt as it is shown: grammar/attempt_fields.def. */
#ifndef SBFOTA_LOG_ATTEMPT_FIELDS_H
#define SBFOTA_LOG_ATTEMPT_FIELDS_H

#include <sbfota/log.h>

#include "log/records/record_value.h"
#include "log/sessions/fleet.h"
#include "log/text/time.h"

/* It points to what the fleet and the attempt have, and to texts in `times`. */
struct sbfota_log_attempt attempt_show(const struct fleet *fleet, const struct log_attempt *attempt,
                                       char times[2][TIME_SIZE]);

#endif
