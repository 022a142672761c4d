/* SPDX-License-Identifier: MIT
 *
 * The columns of modems: grammar/modem_fields.def. */
#ifndef SBFOTA_LOG_MODEM_COLUMNS_H
#define SBFOTA_LOG_MODEM_COLUMNS_H

#include "columns.h"
#include "modem_fields.h"

extern const struct column_fields modem_columns;

/* One more row. */
void modem_columns_add(struct columns *columns, const struct modem_record *record);

#endif
