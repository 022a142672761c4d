/* SPDX-License-Identifier: MIT
 *
 * The values of a column as they stand in the pages of a Parquet file. */
#ifndef SBFOTA_LOG_PARQUET_VALUES_H
#define SBFOTA_LOG_PARQUET_VALUES_H

#include "log/tables/byte_buffer.h"
#include "log/tables/columns.h"

enum {
    ENCODING_PLAIN = 0,
    ENCODING_RLE = 3,
    ENCODING_DELTA_INTEGERS = 5, /* DELTA_BINARY_PACKED */
    ENCODING_DELTA_TEXTS = 7,    /* DELTA_BYTE_ARRAY */
    ENCODING_DICTIONARY = 8,     /* RLE_DICTIONARY */
    PARQUET_BOUND = 64           /* bytes of a text that is told as the least or the greatest */
};

/* One column of a row group. Start with all zero; what is in it can be used again. */
struct parquet_values {
    struct byte_buffer dictionary; /* its texts; none: values stand by themselves */
    uint32_t dictionary_count;
    struct byte_buffer page; /* levels and values */
    int encoding;            /* of those values: the format's number */
    size_t count;            /* of levels */
    uint64_t nulls;
    /* The least and the greatest value, if `bounded`. */
    bool bounded;
    char least[PARQUET_BOUND];
    char greatest[PARQUET_BOUND];
    size_t least_length;
    size_t greatest_length;
    /* Room for work. */
    uint32_t *numbers;
    size_t numbers_room;
    int64_t *integers;
    size_t integers_room;
};

/* False without memory. */
bool parquet_values_make(struct parquet_values *values, const struct column_field *field,
                         const struct column *column, size_t rows);
void parquet_values_free(struct parquet_values *values);

#endif
