/* SPDX-License-Identifier: MIT
 *
 * How a table of Arrow data is made. */
#ifndef SBFOTA_LOG_LOG_TABLE_H
#define SBFOTA_LOG_LOG_TABLE_H

#include <sbfota/log.h>

#include "log/tables/columns.h"

/* What a table has rows of, and how a row is made of one of several items. */
struct table_rows {
    const struct column_fields *fields;
    void (*add)(struct columns *columns, const void *items, size_t number, bool raw);
};
extern const struct table_rows event_rows;   /* of a struct sbfota_log_batch */
extern const struct table_rows attempt_rows; /* of a struct sbfota_log_attempts */
extern const struct table_rows modem_rows;   /* of a struct sbfota_log_modems */

struct table_shape {
    const struct table_rows *rows;
    uint64_t selected;
    bool plain;
    bool raw;
};

/* False if a column is named that there is not. */
bool table_take(const struct sbfota_log_table *table, const struct table_rows *rows,
                struct table_shape *taken);

enum sbfota_log_result table_schema(const struct table_shape *shape, struct ArrowSchema *out);

/* Rows of `count` items from `first` on. */
enum sbfota_log_result table_array(const struct table_shape *shape, const void *items, size_t first,
                                   size_t count, struct ArrowArray *out);

#endif
