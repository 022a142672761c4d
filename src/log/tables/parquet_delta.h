/* SPDX-License-Identifier: MIT
 *
 * Values of a Parquet page as differences from the one before: DELTA_BINARY_PACKED and DELTA_BYTE_ARRAY of the Parquet format. */
#ifndef SBFOTA_LOG_PARQUET_DELTA_H
#define SBFOTA_LOG_PARQUET_DELTA_H

#include "log/tables/byte_buffer.h"

/* Integers; `narrow`: of 32 bits. */
void parquet_put_integers(struct byte_buffer *out, const int64_t *values, size_t count,
                          bool narrow);

/* Texts, which stand one behind another: of each, how many bytes of the text before it begins with, and the others. `lengths` are
 * theirs; `prefixes` is room for as many numbers. The lengths are changed. */
void parquet_put_texts(struct byte_buffer *out, const char *bytes, int64_t *lengths,
                       int64_t *prefixes, size_t count);

#endif
