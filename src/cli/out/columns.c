/* SPDX-License-Identifier: MIT */
#include "cli/out/columns.h"

#include "cli/writing/error_line.h"
#include "log/tables/arrow_ipc.h"
#include "log/tables/parquet.h"

enum {
    DIRECT = 1 << 15 /* bytes that are not worth a copy */
};

static void put(void *context, const void *bytes, size_t length)
{
    struct columns_output *const columns = context;
    if (length < DIRECT) {
        writer_put(&columns->writer, bytes, length);
        return;
    }
    writer_flush(&columns->writer, columns->output);
    output_write(columns->output, bytes, length);
}

bool columns_output_may(const struct output *output, enum output_format format)
{
    if (!format_is_columns(format) || !output->terminal)
        return true;
    error_line(NULL, 0, "--format %s: not written to a terminal; name a file with -o",
               format == OUTPUT_ARROW ? "arrow" : "parquet");
    return false;
}

bool columns_output_begin(struct columns_output *columns, struct output *output,
                          enum output_format format, struct column_fields fields, size_t most)
{
    if (most == 0)
        most = format == OUTPUT_ARROW ? ARROW_ROWS : PARQUET_ROWS;
    *columns = (struct columns_output){.output = output, .format = format, .most = most};
    columns->sink = (struct byte_sink){.context = columns, .put = put};
    columns_make(&columns->group, fields, 0);
    columns->group.expected = most;
    output->binary = true;
    if (!writer_make(&columns->writer, output))
        return false;
    if (format == OUTPUT_ARROW)
        return arrow_ipc_begin(&columns->group, &columns->sink);
    columns->parquet = parquet_begin(&columns->group, &columns->sink);
    return columns->parquet != NULL;
}

static void write_group(struct columns_output *columns)
{
    columns->no_memory = columns->no_memory || columns->group.no_memory;
    if (columns->no_memory)
        return;
    const bool good = columns->format == OUTPUT_ARROW
                          ? arrow_ipc_batch(&columns->group, !columns->any, &columns->sink)
                          : parquet_group(columns->parquet, &columns->group, &columns->sink);
    columns->no_memory = !good;
    columns->any = true;
    columns_clear(&columns->group);
}

struct columns *columns_output_room(struct columns_output *columns, uint64_t weight, size_t *count)
{
    struct columns *const group = &columns->group;
    if (group->weight + weight > COLUMNS_WEIGHT)
        return NULL;
    *count = *count < columns->most - group->rows ? *count : columns->most - group->rows;
    return group;
}

void columns_output_added(struct columns_output *columns)
{
    if (columns->group.rows == columns->most)
        write_group(columns);
}

void columns_output_take(struct columns_output *columns, const struct columns *rows)
{
    struct columns *const group = &columns->group;
    columns->no_memory = columns->no_memory || rows->no_memory;
    for (size_t at = 0; at < rows->rows && !columns->no_memory;) {
        const uint64_t room = group->weight < COLUMNS_WEIGHT ? COLUMNS_WEIGHT - group->weight : 0;
        size_t count = columns_fit(rows, at, columns->most - group->rows, room);
        if (count == 0 && group->rows > 0) {
            write_group(columns);
            continue;
        }
        count = count == 0 ? 1 : count; /* one that is larger than a group */
        columns_append(group, rows, at, count);
        columns->no_memory = columns->no_memory || group->no_memory;
        at += count;
        if (group->rows == columns->most)
            write_group(columns);
    }
}

bool columns_output_end(struct columns_output *columns, bool whole)
{
    bool good = !columns->no_memory;
    if (whole && good && columns->group.rows > 0) {
        write_group(columns);
        good = !columns->no_memory;
    }
    if (whole && good && columns->format == OUTPUT_ARROW)
        arrow_ipc_end(&columns->sink);
    else if (whole && good && columns->parquet != NULL)
        good = parquet_end(columns->parquet, &columns->sink);
    if (columns->writer.buffer != NULL)
        writer_flush(&columns->writer, columns->output);
    parquet_free(columns->parquet);
    columns_free(&columns->group);
    writer_free(&columns->writer);
    return good;
}
