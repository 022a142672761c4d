/* SPDX-License-Identifier: MIT
 *
 * Levels and indices of a Parquet page: runs of the same number, and groups of eight, packed (RLE of the Parquet format). */
#ifndef SBFOTA_LOG_PARQUET_RUNS_H
#define SBFOTA_LOG_PARQUET_RUNS_H

#include "log/tables/byte_buffer.h"
#include "log/tables/columns.h"

/* The same number of up to eight bits so many times. */
void parquet_put_run(struct byte_buffer *out, size_t count, unsigned level);

/* Numbers of `width` bits. */
void parquet_put_numbers(struct byte_buffer *out, const uint32_t *numbers, size_t count,
                         unsigned width);

/* The same with their length before them. */
void parquet_put_levels(struct byte_buffer *out, const uint32_t *levels, size_t count,
                        unsigned width);

/* The levels that tell which of the rows of a column are null. */
void parquet_put_validity(struct byte_buffer *out, const struct column *column, size_t rows);

#endif
