/* SPDX-License-Identifier: MIT
 *
 * The output formats that are columns: Arrow and Parquet. */
#ifndef SBFOTA_CLI_OUT_COLUMNS_H
#define SBFOTA_CLI_OUT_COLUMNS_H

#include "cli/options.h"
#include "cli/writing/writer.h"
#include "log/tables/byte_sink.h"
#include "log/tables/columns.h"

enum {
    /* What a batch of Arrow and a row group of Parquet hold at most: what reads a stream takes it batch by batch, and one that stays
     * in the cache is written faster; a file is read by what is told of its groups. */
    ARROW_ROWS = 16384,
    PARQUET_ROWS = 131072,
    COLUMNS_WEIGHT = 64 << 20 /* bytes of texts and names */
};

/* Begin with columns_output_begin, end with columns_output_end. */
struct columns_output {
    struct output *output;
    enum output_format format;
    struct columns group; /* what is not written yet */
    size_t most;          /* rows of it */
    struct byte_sink sink;
    struct writer writer;
    struct parquet *parquet;
    bool any; /* batch has been written */
    bool no_memory;
};

static inline bool format_is_columns(enum output_format format)
{
    return format == OUTPUT_ARROW || format == OUTPUT_PARQUET;
}

/* May this format go there? If not, that is said. */
bool columns_output_may(const struct output *output, enum output_format format);

/* Begin to write records of these fields, at most `most` in a group; 0: as many as the format has. False without memory. */
bool columns_output_begin(struct columns_output *columns, struct output *output,
                          enum output_format format, struct column_fields fields, size_t most);

/* Where rows that come next can be added to, instead of columns_output_take: of *count of them, which have at most so many bytes of
 * texts and names, as many as *count tells then. columns_output_added follows. NULL if their bytes may be too many. */
struct columns *columns_output_room(struct columns_output *columns, uint64_t weight, size_t *count);
void columns_output_added(struct columns_output *columns);

/* Rows that come next. Where a group ends depends on the rows alone. */
void columns_output_take(struct columns_output *columns, const struct columns *rows);

/* Write the rest, and what the format ends with, if `whole`; free all. False without memory, now or before. */
bool columns_output_end(struct columns_output *columns, bool whole);

#endif
