/* SPDX-License-Identifier: MIT */
#include "arrow_c.h"

#include <stdlib.h>

enum {
    BUFFERS_MOST = 3,
    PADDING = 64 /* bytes that a buffer is a multiple of, so that whole registers may be read */
};

/* What an array owns, beside its children. */
struct owned {
    void *buffers[BUFFERS_MOST];
};

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i] != NULL && schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    free(schema->children);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
    schema->release = NULL;
}

/* Room for children, which have no `release` yet. */
static bool make_schema(struct ArrowSchema *out, const char *format, const char *name,
                        int64_t children)
{
    *out = (struct ArrowSchema){
        .format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
    if (children == 0)
        return true;
    out->children = calloc((size_t)children, sizeof *out->children);
    if (out->children == NULL)
        return false;
    out->n_children = children;
    for (int64_t i = 0; i < children; i++)
        if ((out->children[i] = calloc(1, sizeof **out->children)) == NULL)
            return false;
    return true;
}

static const char *format_of(enum column_type type, bool plain)
{
    switch (type) {
    case COLUMN_INT32: return "i";
    case COLUMN_INT64: return "l";
    case COLUMN_BOOL: return "b";
    case COLUMN_TIME: return "tsu:UTC";
    case COLUMN_WORD: return plain ? "u" : "c";
    case COLUMN_WORDS: return "+l";
    case COLUMN_NAME: return plain ? "u" : "i";
    case COLUMN_TEXT: return "u";
    }
    return "n";
}

static bool has_dictionary(enum column_type type, bool plain)
{
    return !plain && (type == COLUMN_WORD || type == COLUMN_NAME);
}

/* The strings of schemas are literals and the names of fields: nothing to free. */
static bool field_schema(const struct column_field *field, bool plain, struct ArrowSchema *out)
{
    if (!make_schema(out, format_of(field->type, plain), field->name, field->type == COLUMN_WORDS))
        return false;
    if (field->type == COLUMN_WORDS) {
        if (!make_schema(out->children[0], "u", "item", 0))
            return false;
        out->children[0]->flags = 0;
    }
    if (has_dictionary(field->type, plain)) {
        out->dictionary = calloc(1, sizeof *out->dictionary);
        return out->dictionary != NULL && make_schema(out->dictionary, "u", "", 0);
    }
    return true;
}

static int64_t count_selected(const struct columns *columns)
{
    int64_t count = 0;
    for (unsigned i = 0; i < columns->fields.count; i++)
        count += (int64_t)(columns->selected >> i & 1);
    return count;
}

bool arrow_schema(const struct columns *columns, bool plain, struct ArrowSchema *out)
{
    bool good = make_schema(out, "+s", "", count_selected(columns));
    out->flags = 0;
    for (unsigned i = 0, child = 0; good && i < columns->fields.count; i++)
        if (columns->selected >> i & 1)
            good = field_schema(&columns->fields.list[i], plain, out->children[child++]);
    if (!good)
        out->release(out);
    return good;
}

static void release_array(struct ArrowArray *array)
{
    struct owned *const owned = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i] != NULL && array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
        free(array->children[i]);
    }
    free(array->children);
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    free(array->dictionary);
    for (unsigned i = 0; owned != NULL && i < BUFFERS_MOST; i++)
        free(owned->buffers[i]);
    free(owned);
    array->release = NULL;
}

/* An array without nulls, whose buffers are not there yet. */
static bool make_array(struct ArrowArray *out, size_t length, int64_t buffers, int64_t children)
{
    *out = (struct ArrowArray){.length = (int64_t)length, .release = release_array};
    struct owned *const owned = calloc(1, sizeof *owned);
    if (owned == NULL)
        return false;
    out->private_data = owned;
    out->n_buffers = buffers;
    out->buffers = (const void **)owned->buffers;
    if (children == 0)
        return true;
    out->children = calloc((size_t)children, sizeof *out->children);
    if (out->children == NULL)
        return false;
    out->n_children = children;
    for (int64_t i = 0; i < children; i++)
        if ((out->children[i] = calloc(1, sizeof **out->children)) == NULL)
            return false;
    return true;
}

/* A buffer of zeros; NULL without memory. */
static void *make_buffer(struct ArrowArray *array, unsigned number, size_t size)
{
    struct owned *const owned = array->private_data;
    return owned->buffers[number] = calloc(1, (size / PADDING + 1) * PADDING);
}

/* A bit for each byte that is not 0. */
static void pack_bits(const uint8_t *bytes, size_t count, uint8_t *bits)
{
    for (size_t i = 0; i < count; i++)
        bits[i / 8] |= (uint8_t)((bytes[i] != 0) << i % 8);
}

/* Which values are null. A column without nulls needs no bits. */
static bool put_validity(const struct column *column, size_t rows, struct ArrowArray *out)
{
    size_t valid = 0;
    for (size_t i = 0; i < column->rows; i++)
        valid += column->valid[i];
    out->null_count = (int64_t)(rows - valid);
    if (valid == rows)
        return true;
    uint8_t *const bits = make_buffer(out, 0, rows / 8 + 1);
    if (bits != NULL && column->rows > 0)
        pack_bits(column->valid, column->rows, bits);
    return bits != NULL;
}

static bool put_values(const struct column *column, enum column_type type, size_t rows,
                       struct ArrowArray *out)
{
    const size_t width = column_width(type);
    void *const values = make_buffer(out, 1, rows * width);
    if (values != NULL && column->rows > 0)
        memcpy(values, column->values, column->rows * width);
    return values != NULL;
}

static bool put_bools(const struct column *column, size_t rows, struct ArrowArray *out)
{
    uint8_t *const bits = make_buffer(out, 1, rows / 8 + 1);
    if (bits != NULL && column->rows > 0)
        pack_bits(column->values, column->rows, bits);
    return bits != NULL;
}

/* Texts as they stand in their column. */
static bool put_texts(const struct column *column, size_t rows, struct ArrowArray *out)
{
    int32_t *const ends = make_buffer(out, 1, (rows + 1) * sizeof *ends);
    char *const bytes = make_buffer(out, 2, column->used);
    const uint32_t *const lengths = column->values;
    int32_t end = 0;
    if (ends == NULL || bytes == NULL || column->used > INT32_MAX)
        return false;
    for (size_t i = 0; i < rows; i++) {
        end += i < column->rows ? (int32_t)lengths[i] : 0;
        ends[i + 1] = end;
    }
    if (column->used > 0)
        memcpy(bytes, column->bytes, column->used);
    return true;
}

/* The text with a number. */
struct list {
    const struct column_field *field; /* of words, or NULL */
    const struct names *names;
};

static struct bytes list_text(const struct list *list, unsigned number)
{
    if (list->field == NULL)
        return names_text(list->names, number);
    const char *const word = list->field->word(number);
    return (struct bytes){word, word == NULL ? 0 : strlen(word)};
}

/* Texts by their numbers; of what is null the number is not looked at. */
static bool put_list_texts(const struct list *list, const uint32_t *numbers, const uint8_t *valid,
                           size_t count, size_t rows, struct ArrowArray *out)
{
    int32_t *const ends = make_buffer(out, 1, (rows + 1) * sizeof *ends);
    size_t size = 0;
    if (ends == NULL)
        return false;
    for (size_t i = 0; i < rows; i++) {
        if (i < count && (valid == NULL || valid[i] != 0))
            size += list_text(list, numbers == NULL ? (unsigned)i : numbers[i]).length;
        if (size > INT32_MAX)
            return false;
        ends[i + 1] = (int32_t)size;
    }
    char *const bytes = make_buffer(out, 2, size);
    if (bytes == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (ends[i + 1] > ends[i])
            memcpy(bytes + ends[i],
                   list_text(list, numbers == NULL ? (unsigned)i : numbers[i]).data,
                   (size_t)(ends[i + 1] - ends[i]));
    return true;
}

/* Words without those numbers that have none. */
struct words {
    uint32_t numbers[UINT8_MAX + 1];
    uint8_t places[UINT8_MAX + 1];
    unsigned count;
};

static struct words list_words(const struct column_field *field)
{
    struct words words = {.count = 0};
    for (unsigned number = 0; number < field->words; number++) {
        if (field->word(number) == NULL)
            continue;
        words.places[number] = (uint8_t)words.count;
        words.numbers[words.count++] = number;
    }
    return words;
}

static bool put_word_dictionary(const struct column_field *field, const struct column *column,
                                size_t rows, struct ArrowArray *out)
{
    const struct words words = list_words(field);
    const struct list list = {.field = field};
    int8_t *const places = make_buffer(out, 1, rows);
    if (places == NULL)
        return false;
    for (size_t i = 0; i < column->rows; i++)
        if (column->valid[i] != 0)
            places[i] = (int8_t)words.places[((const uint8_t *)column->values)[i]];
    return make_array(out->dictionary, words.count, 3, 0) &&
           put_list_texts(&list, words.numbers, NULL, words.count, words.count, out->dictionary);
}

static bool put_name_dictionary(const struct column *column, size_t rows, struct ArrowArray *out)
{
    const struct list list = {.names = &column->names};
    return put_values(column, COLUMN_NAME, rows, out) &&
           make_array(out->dictionary, column->names.count, 3, 0) &&
           put_list_texts(&list, NULL, NULL, column->names.count, column->names.count,
                          out->dictionary);
}

static bool put_dictionary(const struct column_field *field, const struct column *column,
                           size_t rows, struct ArrowArray *out)
{
    out->dictionary = calloc(1, sizeof *out->dictionary);
    if (out->dictionary == NULL)
        return false;
    return field->type == COLUMN_WORD ? put_word_dictionary(field, column, rows, out)
                                      : put_name_dictionary(column, rows, out);
}

/* Words and names, each in its row. */
static bool put_plain(const struct column_field *field, const struct column *column, size_t rows,
                      struct ArrowArray *out)
{
    const bool words = field->type == COLUMN_WORD;
    const struct list list = {.field = words ? field : NULL, .names = &column->names};
    uint32_t *const copy = words ? calloc(column->rows + 1, sizeof *copy) : NULL;
    if (words && copy == NULL)
        return false;
    for (size_t i = 0; words && i < column->rows; i++)
        copy[i] = ((const uint8_t *)column->values)[i];
    const bool good = column->rows == 0 ? put_list_texts(&list, NULL, NULL, 0, rows, out)
                                        : put_list_texts(&list, words ? copy : column->values,
                                                         column->valid, column->rows, rows, out);
    free(copy);
    return good;
}

/* Sets of words. */
static bool put_lists(const struct column_field *field, const struct column *column, size_t rows,
                      struct ArrowArray *out)
{
    const struct list list = {.field = field};
    const uint32_t *const sets = column->values;
    int32_t *const ends = make_buffer(out, 1, (rows + 1) * sizeof *ends);
    uint32_t *const numbers = malloc((column->rows * field->words + 1) * sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; ends != NULL && numbers != NULL && i < rows; i++) {
        for (unsigned bit = 0; i < column->rows && bit < field->words; bit++)
            if (sets[i] >> bit & 1)
                numbers[count++] = bit;
        ends[i + 1] = (int32_t)count;
    }
    const bool good = ends != NULL && numbers != NULL && count <= INT32_MAX &&
                      make_array(out->children[0], count, 3, 0) &&
                      put_list_texts(&list, numbers, NULL, count, count, out->children[0]);
    free(numbers);
    return good;
}

static bool field_array(const struct column_field *field, const struct column *column, size_t rows,
                        bool plain, struct ArrowArray *out)
{
    const bool text = strcmp(format_of(field->type, plain), "u") == 0;
    if (!make_array(out, rows, text ? 3 : 2, field->type == COLUMN_WORDS) ||
        !put_validity(column, rows, out))
        return false;
    switch (field->type) {
    case COLUMN_INT32:
    case COLUMN_INT64:
    case COLUMN_TIME: return put_values(column, field->type, rows, out);
    case COLUMN_BOOL: return put_bools(column, rows, out);
    case COLUMN_WORD:
    case COLUMN_NAME:
        return plain ? put_plain(field, column, rows, out)
                     : put_dictionary(field, column, rows, out);
    case COLUMN_WORDS: return put_lists(field, column, rows, out);
    case COLUMN_TEXT: return put_texts(column, rows, out);
    }
    return false;
}

bool arrow_array(const struct columns *columns, bool plain, struct ArrowArray *out)
{
    bool good = make_array(out, columns->rows, 1, count_selected(columns));
    for (unsigned i = 0, child = 0; good && i < columns->fields.count; i++)
        if (columns->selected >> i & 1)
            good = field_array(&columns->fields.list[i], &columns->list[i], columns->rows, plain,
                               out->children[child++]);
    if (!good)
        out->release(out);
    return good;
}
