/* SPDX-License-Identifier: MIT
 *
 * Columns as a Parquet file: a row group a time, pages compressed by zstd. */
#ifndef SBFOTA_LOG_PARQUET_H
#define SBFOTA_LOG_PARQUET_H

#include "log/tables/byte_sink.h"
#include "log/tables/columns.h"

struct parquet;

/* Begin a file; NULL without memory. The fields are those of `columns`, whose rows do not count. */
struct parquet *parquet_begin(const struct columns *columns, struct byte_sink *sink);

/* All rows are a group. False without memory. */
bool parquet_group(struct parquet *parquet, const struct columns *columns, struct byte_sink *sink);

/* The end of the file, which tells where all is. False without memory. */
bool parquet_end(struct parquet *parquet, struct byte_sink *sink);

void parquet_free(struct parquet *parquet);

#endif
