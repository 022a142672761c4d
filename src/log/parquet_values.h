/* SPDX-License-Identifier: MIT
 *
 * The values of a column as they stand in the pages of a Parquet file. */
#ifndef SBFOTA_LOG_PARQUET_VALUES_H
#define SBFOTA_LOG_PARQUET_VALUES_H

#include "byte_buffer.h"
#include "columns.h"

enum {
    PARQUET_BOUND = 64 /* bytes of a text that is told as the least or the greatest */
};

/* One column of a row group. Start with all zero; what is in it can be used again. */
struct parquet_values {
    struct byte_buffer dictionary; /* its texts; none: values stand by themselves */
    uint32_t dictionary_count;
    struct byte_buffer page; /* levels and values */
    size_t count;            /* of levels */
    uint64_t nulls;
    /* The least and the greatest value, if `bounded`. */
    bool bounded;
    char least[PARQUET_BOUND];
    char greatest[PARQUET_BOUND];
    size_t least_length;
    size_t greatest_length;
    uint32_t *numbers; /* room for work */
    size_t numbers_room;
};

/* False without memory. */
bool parquet_values_make(struct parquet_values *values, const struct column_field *field,
                         const struct column *column, size_t rows);
void parquet_values_free(struct parquet_values *values);

#endif
