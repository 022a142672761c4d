/* SPDX-License-Identifier: MIT
 *
 * The messages are those of Schema.fbs and Message.fbs of the Arrow format. */
#include "log/tables/arrow_ipc.h"

#include <stdlib.h>

#include "log/tables/arrow_c.h"
#include "log/tables/flat.h"

enum {
    METADATA_V5 = 4,
    ALIGNMENT = 64,
    /* Of what a message is. */
    HEADER_SCHEMA = 1,
    HEADER_DICTIONARY = 2,
    HEADER_BATCH = 3,
    /* Of what a field is. */
    TYPE_INT = 2,
    TYPE_TEXT = 5,
    TYPE_BOOL = 6,
    TYPE_TIME = 10,
    TYPE_LIST = 12,
    UNIT_MICROSECONDS = 2,
    NODES_MOST = 2 * COLUMNS_MOST,
    BUFFERS_MOST = 4 * COLUMNS_MOST
};

/* What stands behind a message: the buffers of arrays. */
struct body {
    const void *data[BUFFERS_MOST];
    int64_t places[BUFFERS_MOST][2]; /* where it stands, and its bytes */
    int64_t nodes[NODES_MOST][2];    /* values of each array, and how many of them are null */
    uint32_t buffers;
    uint32_t arrays;
    int64_t size;
};

static void put_le32(struct byte_sink *sink, uint32_t value)
{
    const unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8),
                                   (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    byte_sink_put(sink, bytes, sizeof bytes);
}

static bool put_message(struct flat *flat, unsigned type, uint32_t header, const struct body *body,
                        struct byte_sink *sink)
{
    static const char zeros[ALIGNMENT];
    flat_table(flat);
    flat_field(flat, 3, body == NULL ? 0 : body->size, 8);
    flat_reference(flat, 2, header);
    flat_field(flat, 0, METADATA_V5, 2);
    flat_field(flat, 1, type, 1);
    flat_root(flat, flat_table_end(flat, 4));
    if (flat->no_memory)
        return false;
    put_le32(sink, UINT32_MAX);
    put_le32(sink, (uint32_t)flat->used);
    byte_sink_put(sink, flat_begin(flat), flat->used);
    for (uint32_t i = 0; body != NULL && i < body->buffers; i++) {
        const size_t size = (size_t)body->places[i][1];
        byte_sink_put(sink, body->data[i], size);
        byte_sink_put(sink, zeros, (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT);
    }
    flat->used = 0;
    return true;
}

/* Buffers stand in a stream as they stand in memory. */
static bool is_big_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 0;
}

static uint32_t put_int(struct flat *flat, unsigned bits)
{
    flat_table(flat);
    flat_field(flat, 0, bits, 4);
    flat_field(flat, 1, 1, 1); /* signed */
    return flat_table_end(flat, 2);
}

static uint32_t put_empty(struct flat *flat)
{
    flat_table(flat);
    return flat_table_end(flat, 0);
}

/* Bits of the integers of a format of the C data interface; 0 if it is of none. */
static unsigned format_bits(char format)
{
    return format == 'c' ? 8 : format == 'i' ? 32 : format == 'l' ? 64 : 0;
}

static uint32_t put_type(struct flat *flat, const char *format, unsigned *type)
{
    switch (format[0]) {
    case 'u': *type = TYPE_TEXT; return put_empty(flat);
    case 'b': *type = TYPE_BOOL; return put_empty(flat);
    case '+': *type = TYPE_LIST; return put_empty(flat);
    case 't': {
        *type = TYPE_TIME;
        const uint32_t zone = flat_string(flat, "UTC");
        flat_table(flat);
        flat_reference(flat, 1, zone);
        flat_field(flat, 0, UNIT_MICROSECONDS, 2);
        return flat_table_end(flat, 2);
    }
    }
    *type = TYPE_INT;
    return put_int(flat, format_bits(format[0]));
}

/* A field of one level: a list's items have no children, dictionary or number of their own. */
static uint32_t put_leaf(struct flat *flat, const struct ArrowSchema *schema, uint32_t children,
                         int64_t number)
{
    unsigned type;
    uint32_t dictionary = 0;
    const uint32_t name = flat_string(flat, schema->name);
    if (schema->dictionary != NULL) {
        const uint32_t index = put_int(flat, format_bits(schema->format[0]));
        flat_table(flat);
        flat_field(flat, 0, number, 8);
        flat_reference(flat, 1, index);
        dictionary = flat_table_end(flat, 2);
    }
    const uint32_t kind = put_type(
        flat, schema->dictionary != NULL ? schema->dictionary->format : schema->format, &type);
    flat_table(flat);
    flat_reference(flat, 0, name);
    flat_reference(flat, 3, kind);
    flat_reference(flat, 5, children);
    if (dictionary != 0)
        flat_reference(flat, 4, dictionary);
    flat_field(flat, 1, (schema->flags & ARROW_FLAG_NULLABLE) != 0, 1);
    flat_field(flat, 2, type, 1);
    return flat_table_end(flat, 6);
}

static uint32_t put_field(struct flat *flat, const struct ArrowSchema *schema, int64_t number)
{
    uint32_t item = 0;
    if (schema->n_children > 0)
        item = put_leaf(flat, schema->children[0], flat_places(flat, NULL, 0), 0);
    return put_leaf(flat, schema, flat_places(flat, &item, schema->n_children > 0), number);
}

bool arrow_ipc_begin(const struct columns *columns, struct byte_sink *sink)
{
    struct flat flat = {.used = 0};
    struct ArrowSchema schema;
    uint32_t fields[COLUMNS_MOST];
    if (!arrow_schema(columns, false, &schema))
        return false;
    for (int64_t i = 0; i < schema.n_children; i++)
        fields[i] = put_field(&flat, schema.children[i], i);
    const uint32_t list = flat_places(&flat, fields, (uint32_t)schema.n_children);
    flat_table(&flat);
    flat_reference(&flat, 1, list);
    flat_field(&flat, 0, is_big_endian(), 2);
    const bool good = put_message(&flat, HEADER_SCHEMA, flat_table_end(&flat, 2), NULL, sink);
    flat_free(&flat);
    schema.release(&schema);
    return good;
}

static void add_buffer(struct body *body, const void *data, int64_t size)
{
    body->data[body->buffers] = data;
    body->places[body->buffers][0] = body->size;
    body->places[body->buffers++][1] = data == NULL ? 0 : size;
    body->size += data == NULL ? 0 : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void add_leaf(struct body *body, const char *format, const struct ArrowArray *array)
{
    const int64_t length = array->length;
    body->nodes[body->arrays][0] = length;
    body->nodes[body->arrays++][1] = array->null_count;
    add_buffer(body, array->buffers[0], (length + 7) / 8);
    switch (format[0]) {
    case 'u':
        add_buffer(body, array->buffers[1], (length + 1) * 4);
        add_buffer(body, array->buffers[2], ((const int32_t *)array->buffers[1])[length]);
        break;
    case '+': add_buffer(body, array->buffers[1], (length + 1) * 4); break;
    case 'b': add_buffer(body, array->buffers[1], (length + 7) / 8); break;
    case 't': add_buffer(body, array->buffers[1], length * 8); break;
    default: add_buffer(body, array->buffers[1], length * format_bits(format[0]) / 8); break;
    }
}

static uint32_t put_batch(struct flat *flat, int64_t length, const struct body *body)
{
    const uint32_t places = flat_pairs(flat, (const int64_t(*)[2])body->places, body->buffers);
    const uint32_t nodes = flat_pairs(flat, (const int64_t(*)[2])body->nodes, body->arrays);
    flat_table(flat);
    flat_field(flat, 0, length, 8);
    flat_reference(flat, 1, nodes);
    flat_reference(flat, 2, places);
    return flat_table_end(flat, 3);
}

static bool put_dictionary(struct flat *flat, struct body *body, const struct ArrowArray *array,
                           int64_t number, struct byte_sink *sink)
{
    *body = (struct body){.size = 0};
    add_leaf(body, "u", array);
    const uint32_t batch = put_batch(flat, array->length, body);
    flat_table(flat);
    flat_field(flat, 0, number, 8);
    flat_reference(flat, 1, batch);
    return put_message(flat, HEADER_DICTIONARY, flat_table_end(flat, 2), body, sink);
}

/* The dictionaries that are new, then the rows. */
static bool put_array(struct flat *flat, struct body *body, const struct ArrowSchema *schema,
                      const struct ArrowArray *array, bool first, struct byte_sink *sink)
{
    bool good = true;
    for (int64_t i = 0; good && i < array->n_children; i++) {
        const struct ArrowArray *const dictionary = array->children[i]->dictionary;
        const bool words = schema->children[i]->format[0] == 'c';
        if (dictionary != NULL && (first || !words))
            good = put_dictionary(flat, body, dictionary, i, sink);
    }
    if (!good)
        return false;
    *body = (struct body){.size = 0};
    for (int64_t i = 0; i < array->n_children; i++) {
        add_leaf(body, schema->children[i]->format, array->children[i]);
        if (array->children[i]->n_children > 0)
            add_leaf(body, "u", array->children[i]->children[0]);
    }
    return put_message(flat, HEADER_BATCH, put_batch(flat, array->length, body), body, sink);
}

bool arrow_ipc_batch(struct columns *columns, bool first, struct byte_sink *sink)
{
    struct flat flat = {.used = 0};
    struct body *const body = malloc(sizeof *body);
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray array = {.release = NULL};
    void *const zeros = calloc(columns->rows + 1, sizeof(int64_t));
    const bool good = body != NULL && zeros != NULL && columns_complete(columns) &&
                      arrow_schema(columns, false, &schema) &&
                      arrow_array_lent(columns, zeros, &array) &&
                      put_array(&flat, body, &schema, &array, first, sink);
    if (array.release != NULL)
        array.release(&array);
    if (schema.release != NULL)
        schema.release(&schema);
    flat_free(&flat);
    free(zeros);
    free(body);
    return good;
}

void arrow_ipc_end(struct byte_sink *sink)
{
    put_le32(sink, UINT32_MAX);
    put_le32(sink, 0);
}
