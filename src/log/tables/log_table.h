/* SPDX-License-Identifier: MIT
 *
 * How a table of Arrow data is made. */
#ifndef SBFOTA_LOG_LOG_TABLE_H
#define SBFOTA_LOG_LOG_TABLE_H

#include <sbfota/log.h>

#include "log/tables/columns.h"

struct table_shape {
    struct column_fields fields;
    uint64_t selected;
    bool plain;
    bool raw;
};

/* False if a column is named that there is not. */
bool table_take(const struct sbfota_log_table *table, struct column_fields fields,
                struct table_shape *taken);

enum sbfota_log_result table_schema(const struct table_shape *shape, struct ArrowSchema *out);

/* Rows; of modems, those from `begin` on. */
enum sbfota_log_result table_of_events(const struct sbfota_log_batch *batch,
                                       const struct table_shape *shape, struct ArrowArray *out);
enum sbfota_log_result table_of_attempts(const struct sbfota_log_attempts *attempts,
                                         const struct table_shape *shape, struct ArrowArray *out);
enum sbfota_log_result table_of_modems(const struct sbfota_log_modems *modems, size_t begin,
                                       size_t count, const struct table_shape *shape,
                                       struct ArrowArray *out);

#endif
