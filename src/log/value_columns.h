/* SPDX-License-Identifier: MIT
 *
 * The values of records as those of columns. */
#ifndef SBFOTA_LOG_VALUE_COLUMNS_H
#define SBFOTA_LOG_VALUE_COLUMNS_H

#include "columns.h"
#include "record_value.h"

/* One that is there, of the row at hand. */
void columns_put_value(struct columns *columns, unsigned column, const struct record_value *value);

#endif
