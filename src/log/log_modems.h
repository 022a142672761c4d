/* SPDX-License-Identifier: MIT
 *
 * Events of batches to where each modem stands. */
#ifndef SBFOTA_LOG_LOG_MODEMS_H
#define SBFOTA_LOG_LOG_MODEMS_H

#include <sbfota/log.h>

#include "modem_fields.h"

/* The record of a modem by its number; false if there is none. */
bool log_modems_record(const struct sbfota_log_modems *modems, size_t number,
                       struct modem_record *record);

#endif
