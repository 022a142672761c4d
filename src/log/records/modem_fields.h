/* SPDX-License-Identifier: MIT
 *
 * A modem as it is shown: grammar/modem_fields.def. */
#ifndef SBFOTA_LOG_MODEM_FIELDS_H
#define SBFOTA_LOG_MODEM_FIELDS_H

#include <sbfota/log.h>

#include "log/records/record_value.h"
#include "log/sessions/modem_state.h"

/* As of its last event. The member's `extra` is a struct modem_state, and what it shows points to both; silence counts up to `now`,
 * milliseconds since 1970, INT64_MIN if not known. */
struct sbfota_log_modem modem_show(const struct fleet_member *member, int64_t now);

#endif
