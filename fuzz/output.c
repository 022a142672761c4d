/* SPDX-License-Identifier: MIT
 *
 * Records with any text, time, name of a modem and of a file, in each format; error lines about
 * them. */
#include <unistd.h>

#include "cli/out/csv.h"
#include "cli/out/decode_output.h"
#include "cli/writing/output.h"
#include "cli/writing/put.h"
#include "log/records/event_columns.h"
#include "log/tables/arrow_ipc.h"
#include "log/tables/parquet.h"
#include "log/text/utf8.h"
#include "tool.h"
#include "valid.h"

/* The real error lines, written here. */
static char said[16384];
static size_t said_length;

static ssize_t keep(int fd, const void *bytes, size_t length)
{
    CHECK(fd == STDERR_FILENO && length < sizeof said);
    memcpy(said, bytes, length);
    said_length = length;
    return (ssize_t)length;
}

#define error_line real_error_line
#define write keep
#include "cli/writing/error_line.c" /* NOLINT(bugprone-suspicious-include): under names of its own */
#undef write
#undef error_line

/* The next field of the input: up to 0xfe, its length in the first byte. */
static struct bytes take_field(const uint8_t **data, size_t *size)
{
    if (*size == 0)
        return (struct bytes){NULL, 0};
    const size_t wanted = **data;
    ++*data;
    --*size;
    if (wanted == 0xff)
        return (struct bytes){NULL, 0};
    const size_t length = wanted < *size ? wanted : *size;
    const struct bytes field = {(const char *)*data, length};
    *data += length;
    *size -= length;
    return field;
}

static void drop(void *context, const void *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
}

/* One record as columns: every text is UTF-8, and all of it can be written. */
static void check_columns(const struct record *record, struct decode_output *sink)
{
    struct columns *const columns = &sink->columns;
    struct byte_sink bytes = {.put = drop};
    columns_clear(columns);
    event_columns_add(columns, record, sink->raw);
    CHECK(!columns->no_memory && columns->rows == 1);
    for (unsigned i = 0; i < columns->fields.count; i++) {
        const struct column *const column = &columns->list[i];
        CHECK(text_is_utf8(column->bytes, column->used));
        for (uint32_t name = 0; name < column->names.count; name++)
            CHECK(text_is_utf8(names_text(&column->names, name).data,
                               names_text(&column->names, name).length));
    }
    CHECK(arrow_ipc_begin(columns, &bytes) && arrow_ipc_batch(columns, true, &bytes));
    struct parquet *const parquet = parquet_begin(columns, &bytes);
    CHECK(parquet != NULL && parquet_group(parquet, columns, &bytes) &&
          parquet_end(parquet, &bytes));
    parquet_free(parquet);
}

static void check_record(const struct record *record, struct decode_output *sink)
{
    struct writer *const writer = sink->writer;
    writer->used = 0;
    jsonl_put(sink, record);
    valid_jsonl(writer->buffer, writer->used, true);
    writer->used = 0;
    text_put(sink, record);
    valid_text(writer->buffer, writer->used);
    writer->used = 0;
    csv_begin(writer);
    csv_put(sink, record);
    valid_csv(writer->buffer, writer->used);
    check_columns(record, sink);
    if (record->file != NULL) {
        writer->used = 0;
        text_put_heading(writer, record->file, true);
        valid_text(writer->buffer, writer->used);
        real_error_line(record->file, record->line, "%s: %.*s", record->file,
                        (int)record->text.length, record->text.data);
        valid_text(said, said_length);
        CHECK(memchr(said, '\n', said_length) == said + said_length - 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct writer writer;
    static struct decode_output sink;
    struct plan plan;
    size = plan_take(&plan, data, size);
    if (writer.buffer == NULL) {
        CHECK(writer_make(&writer, NULL));
        sink.writer = &writer;
        jsonl_begin(&sink);
        columns_make(&sink.columns, event_columns, 0);
    }
    struct record record = {.line = plan_next(&plan)};
    record.direction = (enum direction)plan_choose(&plan, 3);
    record.answers = (enum sbfota_kind)plan_choose(&plan, SBFOTA_KIND_COUNT);
    sink.raw = plan_next(&plan) & 1;
    sink.bare = plan_next(&plan) & 1;
    sink.begin.known = false;
    const struct bytes file = take_field(&data, &size);
    char name[256];
    if (file.data != NULL) {
        memcpy(name, file.data, file.length);
        name[file.length] = '\0';
        record.file = name;
    }
    record.modem = take_field(&data, &size);
    record.time = take_field(&data, &size);
    uint8_t *const text = fuzz_copy(data, size);
    sbfota_decode_line(text, size, &record.event);
    if (record.event.kind == SBFOTA_NONE || record.event.kind == SBFOTA_BLANK) {
        free(text);
        return 0;
    }
    record.offset = record.event.offset;
    const char *const begin = (const char *)text + record.event.offset;
    record.lead = (struct bytes){(const char *)text, (size_t)record.event.offset};
    record.tail = (struct bytes){begin + record.event.length,
                                 record.event.ending == SBFOTA_ENDING_NONE ? 0U : 1U};
    record.text = record.event.kind == SBFOTA_OVERLONG
                      ? (struct bytes){NULL, 0}
                      : (struct bytes){begin, (size_t)record.event.length};
    record.framed = plan_next(&plan) & 1;
    if (plan_next(&plan) % 8 == 0)
        record.event.flags |= SBFOTA_FLAG_LOSSY;
    check_record(&record, &sink);
    free(text);
    return 0;
}
