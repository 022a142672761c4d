/* SPDX-License-Identifier: MIT
 *
 * The columns of attempts: grammar/attempt_fields.def. */
#ifndef SBFOTA_LOG_ATTEMPT_COLUMNS_H
#define SBFOTA_LOG_ATTEMPT_COLUMNS_H

#include "columns.h"
#include "fleet.h"

extern const struct column_fields attempt_columns;

/* One more row. */
void attempt_columns_add(struct columns *columns, const struct fleet *fleet,
                         const struct log_attempt *attempt);

#endif
