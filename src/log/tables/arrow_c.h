/* SPDX-License-Identifier: MIT
 *
 * Columns as Arrow C data: sbfota/arrow.h. */
#ifndef SBFOTA_LOG_ARROW_C_H
#define SBFOTA_LOG_ARROW_C_H

#include <sbfota/arrow.h>

#include "log/tables/columns.h"

/*
 * What the arrays of columns are: a struct of the selected fields, all nullable. Words are dictionary<int8, utf8>, names
 * dictionary<int32, utf8>, sets of words list<utf8>; with `plain`, words and names are utf8, for who has no dictionaries. False without memory.
 */
bool arrow_schema(const struct columns *columns, bool plain, struct ArrowSchema *out);

/* The format of a column in that, as the C data interface writes it. */
const char *arrow_format(enum column_type type, bool plain);

/* All rows, copied. A dictionary of words is always the same; one of names is the batch's own. False without memory, and if the
 * texts of a column are 2 GiB or more. */
bool arrow_array(const struct columns *columns, bool plain, struct ArrowArray *out);

/* The same, for who is done with it before the columns change: what stands there as an array has it is not copied. `zeros` are
 * 8 * (rows + 1) bytes that stay as long. */
bool arrow_array_lent(const struct columns *columns, const void *zeros, struct ArrowArray *out);

#endif
