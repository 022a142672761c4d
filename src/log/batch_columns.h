/* SPDX-License-Identifier: MIT
 *
 * A batch's events as columns. */
#ifndef SBFOTA_LOG_BATCH_COLUMNS_H
#define SBFOTA_LOG_BATCH_COLUMNS_H

#include <sbfota/log.h>

struct batch_columns;

void batch_columns_free(struct batch_columns *columns);

#endif
