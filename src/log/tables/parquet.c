/* SPDX-License-Identifier: MIT
 *
 * The numbers of fields and enumerations are those of parquet.thrift of the Parquet format. */
#include "log/tables/parquet.h"

#include <zstd.h>

#include <sbfota/sbfota.h>

#include "log/tables/parquet_values.h"
#include "log/tables/thrift.h"

enum {
    LEVEL = 1, /* of zstd: more takes longer than reading the log */
    CODEC_ZSTD = 6,
    TYPE_BOOLEAN = 0,
    TYPE_INT32 = 1,
    TYPE_INT64 = 2,
    TYPE_BYTE_ARRAY = 6,
    PAGE_DATA = 0,
    PAGE_DICTIONARY = 2,
    REQUIRED = 0,
    OPTIONAL = 1,
    REPEATED = 2,
    CONVERTED_UTF8 = 0,
    CONVERTED_LIST = 3,
    CONVERTED_TIMESTAMP_MICROS = 10,
    LOGICAL_STRING = 1,
    LOGICAL_LIST = 3,
    LOGICAL_TIMESTAMP = 8
};

struct parquet {
    struct column_fields fields;
    uint64_t selected;
    struct thrift groups; /* what the end tells of them */
    size_t group_count;
    int64_t rows;
    struct parquet_values values;
    struct byte_buffer packed; /* a page */
    ZSTD_CCtx *zstd;
};

/* Where a column of a row group is. */
struct column_chunk {
    int64_t dictionary; /* 0 if there is none */
    int64_t data;
    int64_t size;
    int64_t packed;
};

void parquet_free(struct parquet *parquet)
{
    if (parquet == NULL)
        return;
    free(parquet->groups.buffer.bytes);
    free(parquet->packed.bytes);
    parquet_values_free(&parquet->values);
    ZSTD_freeCCtx(parquet->zstd);
    free(parquet);
}

struct parquet *parquet_begin(const struct columns *columns, struct byte_sink *sink)
{
    struct parquet *const parquet = calloc(1, sizeof *parquet);
    if (parquet == NULL)
        return NULL;
    parquet->fields = columns->fields;
    parquet->selected = columns->selected;
    parquet->zstd = ZSTD_createCCtx();
    if (parquet->zstd == NULL) {
        parquet_free(parquet);
        return NULL;
    }
    byte_sink_put(sink, "PAR1", 4);
    return parquet;
}

static bool is_wanted(const struct parquet *parquet, unsigned field)
{
    return (parquet->selected >> field & 1) != 0;
}

static int type_of(enum column_type type)
{
    switch (type) {
    case COLUMN_INT32: return TYPE_INT32;
    case COLUMN_INT64:
    case COLUMN_TIME: return TYPE_INT64;
    case COLUMN_BOOL: return TYPE_BOOLEAN;
    case COLUMN_WORD:
    case COLUMN_WORDS:
    case COLUMN_NAME:
    case COLUMN_TEXT: break;
    }
    return TYPE_BYTE_ARRAY;
}

/* What a page begins with. */
static void put_page_header(struct thrift *thrift, bool dictionary, size_t count, int encoding,
                            size_t size, size_t packed)
{
    thrift_int32(thrift, 1, dictionary ? PAGE_DICTIONARY : PAGE_DATA);
    thrift_int32(thrift, 2, (int32_t)size);
    thrift_int32(thrift, 3, (int32_t)packed);
    thrift_struct(thrift, dictionary ? 7 : 5);
    thrift_int32(thrift, 1, (int32_t)count);
    thrift_int32(thrift, 2, encoding);
    if (!dictionary) {
        thrift_int32(thrift, 3, ENCODING_RLE);
        thrift_int32(thrift, 4, ENCODING_RLE);
    }
    thrift_end(thrift);
    thrift_end(thrift);
}

static bool put_page(struct parquet *parquet, const struct byte_buffer *page, bool dictionary,
                     size_t count, struct column_chunk *chunk, struct byte_sink *sink)
{
    struct thrift thrift = {.depth = 0};
    const size_t bound = ZSTD_compressBound(page->used);
    parquet->packed.used = 0;
    char *const to = byte_buffer_add(&parquet->packed, bound);
    if (to == NULL || page->used > INT32_MAX)
        return false;
    const size_t packed =
        ZSTD_compressCCtx(parquet->zstd, to, bound, page->bytes, page->used, LEVEL);
    if (ZSTD_isError(packed))
        return false;
    put_page_header(&thrift, dictionary, count,
                    dictionary ? ENCODING_PLAIN : parquet->values.encoding, page->used, packed);
    const bool good = !thrift.buffer.no_memory;
    if (good) {
        *(dictionary ? &chunk->dictionary : &chunk->data) = (int64_t)sink->count;
        chunk->size += (int64_t)(thrift.buffer.used + page->used);
        chunk->packed += (int64_t)(thrift.buffer.used + packed);
        byte_sink_put(sink, thrift.buffer.bytes, thrift.buffer.used);
        byte_sink_put(sink, to, packed);
    }
    free(thrift.buffer.bytes);
    return good;
}

static void put_string(struct thrift *thrift, const char *string)
{
    thrift_text(thrift, string, strlen(string));
}

static void put_statistics(struct thrift *thrift, const struct parquet_values *values)
{
    thrift_struct(thrift, 12);
    thrift_int64(thrift, 3, (int64_t)values->nulls);
    if (values->bounded) {
        thrift_binary(thrift, 5, values->greatest, values->greatest_length);
        thrift_binary(thrift, 6, values->least, values->least_length);
    }
    thrift_end(thrift);
}

/* What the end tells of a column of a row group. */
static void put_chunk(struct thrift *thrift, const struct column_field *field,
                      const struct parquet_values *values, const struct column_chunk *chunk)
{
    const bool list = field->type == COLUMN_WORDS;
    const bool dictionary = values->dictionary_count > 0;
    thrift_begin(thrift);
    thrift_int64(thrift, 2, 0);
    thrift_struct(thrift, 3);
    thrift_int32(thrift, 1, type_of(field->type));
    thrift_list(thrift, 2, THRIFT_INT32, dictionary ? 3 : 2);
    thrift_number(thrift, ENCODING_RLE);
    thrift_number(thrift, values->encoding);
    if (dictionary)
        thrift_number(thrift, ENCODING_PLAIN);
    thrift_list(thrift, 3, THRIFT_BINARY, list ? 3 : 1);
    put_string(thrift, field->name);
    if (list) {
        put_string(thrift, "list");
        put_string(thrift, "element");
    }
    thrift_int32(thrift, 4, CODEC_ZSTD);
    thrift_int64(thrift, 5, (int64_t)values->count);
    thrift_int64(thrift, 6, chunk->size);
    thrift_int64(thrift, 7, chunk->packed);
    thrift_int64(thrift, 9, chunk->data);
    if (dictionary)
        thrift_int64(thrift, 11, chunk->dictionary);
    put_statistics(thrift, values);
    thrift_end(thrift);
    thrift_end(thrift);
}

static size_t count_wanted(const struct parquet *parquet)
{
    size_t count = 0;
    for (unsigned i = 0; i < parquet->fields.count; i++)
        count += is_wanted(parquet, i);
    return count;
}

bool parquet_group(struct parquet *parquet, const struct columns *columns, struct byte_sink *sink)
{
    struct thrift *const thrift = &parquet->groups;
    struct parquet_values *const values = &parquet->values;
    int64_t size = 0;
    thrift_begin(thrift);
    thrift_list(thrift, 1, THRIFT_STRUCT, count_wanted(parquet));
    for (unsigned i = 0; i < parquet->fields.count; i++) {
        const struct column_field *const field = &parquet->fields.list[i];
        struct column_chunk chunk = {.dictionary = 0};
        if (!is_wanted(parquet, i))
            continue;
        if (!parquet_values_make(values, field, &columns->list[i], columns->rows) ||
            (values->dictionary_count > 0 && !put_page(parquet, &values->dictionary, true,
                                                       values->dictionary_count, &chunk, sink)) ||
            !put_page(parquet, &values->page, false, values->count, &chunk, sink))
            return false;
        put_chunk(thrift, field, values, &chunk);
        size += chunk.size;
    }
    thrift_int64(thrift, 2, size);
    thrift_int64(thrift, 3, (int64_t)columns->rows);
    thrift_end(thrift);
    parquet->rows += (int64_t)columns->rows;
    parquet->group_count++;
    return !thrift->buffer.no_memory;
}

static void put_logical(struct thrift *thrift, int32_t converted, int logical)
{
    thrift_int32(thrift, 6, converted);
    thrift_struct(thrift, 10);
    thrift_struct(thrift, logical);
    if (logical == LOGICAL_TIMESTAMP) {
        thrift_field(thrift, 1, THRIFT_TRUE); /* in UTC */
        thrift_struct(thrift, 2);
        thrift_struct(thrift, 2); /* microseconds */
        thrift_end(thrift);
        thrift_end(thrift);
    }
    thrift_end(thrift);
    thrift_end(thrift);
}

static void put_group_element(struct thrift *thrift, const char *name, int repetition)
{
    thrift_begin(thrift);
    thrift_int32(thrift, 3, repetition);
    thrift_binary(thrift, 4, name, strlen(name));
    thrift_int32(thrift, 5, 1);
    if (repetition == OPTIONAL)
        put_logical(thrift, CONVERTED_LIST, LOGICAL_LIST);
    thrift_end(thrift);
}

static void put_value_element(struct thrift *thrift, const char *name, enum column_type type,
                              int repetition)
{
    thrift_begin(thrift);
    thrift_int32(thrift, 1, type_of(type));
    thrift_int32(thrift, 3, repetition);
    thrift_binary(thrift, 4, name, strlen(name));
    if (type_of(type) == TYPE_BYTE_ARRAY)
        put_logical(thrift, CONVERTED_UTF8, LOGICAL_STRING);
    else if (type == COLUMN_TIME)
        put_logical(thrift, CONVERTED_TIMESTAMP_MICROS, LOGICAL_TIMESTAMP);
    thrift_end(thrift);
}

static void put_schema(struct thrift *thrift, const struct parquet *parquet)
{
    size_t elements = 1;
    for (unsigned i = 0; i < parquet->fields.count; i++)
        if (is_wanted(parquet, i))
            elements += parquet->fields.list[i].type == COLUMN_WORDS ? 3 : 1;
    thrift_list(thrift, 2, THRIFT_STRUCT, elements);
    thrift_begin(thrift);
    thrift_binary(thrift, 4, "schema", 6);
    thrift_int32(thrift, 5, (int32_t)count_wanted(parquet));
    thrift_end(thrift);
    for (unsigned i = 0; i < parquet->fields.count; i++) {
        const struct column_field *const field = &parquet->fields.list[i];
        if (!is_wanted(parquet, i))
            continue;
        if (field->type != COLUMN_WORDS) {
            put_value_element(thrift, field->name, field->type, OPTIONAL);
            continue;
        }
        put_group_element(thrift, field->name, OPTIONAL);
        put_group_element(thrift, "list", REPEATED);
        put_value_element(thrift, "element", COLUMN_TEXT, REQUIRED);
    }
}

bool parquet_end(struct parquet *parquet, struct byte_sink *sink)
{
    static const char creator[] = "sbfota version " SBFOTA_VERSION;
    struct thrift thrift = {.depth = 0};
    thrift_int32(&thrift, 1, 2);
    put_schema(&thrift, parquet);
    thrift_int64(&thrift, 3, parquet->rows);
    thrift_list(&thrift, 4, THRIFT_STRUCT, parquet->group_count);
    byte_buffer_put(&thrift.buffer, parquet->groups.buffer.bytes, parquet->groups.buffer.used);
    thrift_binary(&thrift, 6, creator, sizeof creator - 1);
    /* Texts are ordered by their bytes, numbers with their signs. */
    thrift_list(&thrift, 7, THRIFT_STRUCT, count_wanted(parquet));
    for (size_t i = 0; i < count_wanted(parquet); i++) {
        thrift_begin(&thrift);
        thrift_struct(&thrift, 1);
        thrift_end(&thrift);
        thrift_end(&thrift);
    }
    thrift_end(&thrift);
    byte_buffer_number(&thrift.buffer, thrift.buffer.used, 4);
    byte_buffer_put(&thrift.buffer, "PAR1", 4);
    const bool good = !thrift.buffer.no_memory && thrift.buffer.used <= INT32_MAX;
    if (good)
        byte_sink_put(sink, thrift.buffer.bytes, thrift.buffer.used);
    free(thrift.buffer.bytes);
    return good;
}
