/* SPDX-License-Identifier: MIT */
#include "log/tables/arrow_c.h"

#include <stdlib.h>

enum {
    BUFFERS_MOST = 3,
    PADDING = 64 /* bytes that a buffer is a multiple of, so that whole registers may be read */
};

/* What an array owns, beside its children. */
struct owned {
    const void *buffers[BUFFERS_MOST];
    void *own[BUFFERS_MOST]; /* those of them that are not lent */
};

/* How arrays are made of columns. */
struct making {
    size_t rows;
    bool plain;
    const void *zeros; /* what stands for values that there are none of; NULL if all is copied */
};

/* The analyser loses sight of children that make_array has made.
 * NOLINTBEGIN(clang-analyzer-core.NullDereference) */

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
        free(owned->own[i]);
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
    out->buffers = owned->buffers;
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

/* A buffer whose bytes are all written by whom; NULL without memory. */
static void *make_buffer(struct ArrowArray *array, unsigned number, size_t size)
{
    struct owned *const owned = array->private_data;
    const size_t whole = (size / PADDING + 1) * PADDING;
    char *const buffer = malloc(whole);
    if (buffer != NULL)
        memset(buffer + size, 0, whole - size);
    owned->buffers[number] = owned->own[number] = buffer;
    return buffer;
}

/* A buffer that stays somebody else's. */
static void lend_buffer(struct ArrowArray *array, unsigned number, const void *bytes)
{
    struct owned *const owned = array->private_data;
    owned->buffers[number] = bytes;
}

/* A buffer of zeros; false without memory. */
static bool put_zeros(const struct making *making, struct ArrowArray *out, unsigned number,
                      size_t size)
{
    if (making->zeros != NULL) {
        lend_buffer(out, number, making->zeros);
        return true;
    }
    void *const buffer = make_buffer(out, number, size);
    if (buffer != NULL)
        memset(buffer, 0, size);
    return buffer != NULL;
}

/* A bit for each row that is not 0; rows behind `count` are. */
static bool put_bits(const uint8_t *bytes, size_t count, size_t rows, struct ArrowArray *out,
                     unsigned number)
{
    const size_t size = rows / 8 + 1;
    uint8_t *const bits = make_buffer(out, number, size);
    if (bits == NULL)
        return false;
    column_pack_bits(bytes, count, bits);
    memset(bits + (count + 7) / 8, 0, size - (count + 7) / 8);
    return true;
}

/* Which values are null. A column without nulls needs no bits. */
static bool put_validity(const struct making *making, const struct column *column,
                         struct ArrowArray *out)
{
    out->null_count = (int64_t)(making->rows - column->count);
    if (out->null_count == 0)
        return true;
    return column->count == 0 ? put_zeros(making, out, 0, making->rows / 8 + 1)
                              : put_bits(column->valid, column->rows, making->rows, out, 0);
}

/* Values as they stand in their column. */
static bool put_values(const struct making *making, const struct column *column,
                       struct ArrowArray *out)
{
    const size_t used = column->rows * column->width;
    const size_t size = making->rows * column->width;
    if (column->rows == 0)
        return put_zeros(making, out, 1, size);
    if (making->zeros != NULL && column->rows == making->rows) {
        lend_buffer(out, 1, column->values);
        return true;
    }
    char *const values = make_buffer(out, 1, size);
    if (values == NULL)
        return false;
    memcpy(values, column->values, used);
    memset(values + used, 0, size - used);
    return true;
}

/* Texts as they stand in their column. */
static bool put_texts(const struct making *making, const struct column *column,
                      struct ArrowArray *out)
{
    const size_t rows = making->rows;
    if (column->used > INT32_MAX)
        return false;
    if (column->used == 0)
        return put_zeros(making, out, 1, (rows + 1) * sizeof(int32_t)) &&
               put_zeros(making, out, 2, 0);
    int32_t *const ends = make_buffer(out, 1, (rows + 1) * sizeof *ends);
    const uint32_t *const lengths = column->values;
    int32_t end = 0;
    if (ends == NULL)
        return false;
    for (size_t i = 0; i < column->rows; i++) {
        ends[i] = end;
        end += (int32_t)lengths[i];
    }
    for (size_t i = column->rows; i <= rows; i++)
        ends[i] = end;
    if (making->zeros != NULL) {
        lend_buffer(out, 2, column->bytes);
        return true;
    }
    char *const bytes = make_buffer(out, 2, column->used);
    if (bytes != NULL)
        memcpy(bytes, column->bytes, column->used);
    return bytes != NULL;
}

/* The text with a number. */
struct numbered_texts {
    const struct column_field *field; /* of words, or NULL */
    const struct names *names;
};

static struct bytes list_text(const struct numbered_texts *list, unsigned number)
{
    if (list->field == NULL)
        return names_text(list->names, number);
    const char *const word = list->field->word(number);
    return (struct bytes){word, word == NULL ? 0 : strlen(word)};
}

/* Texts by their numbers; of what is null the number is not looked at. */
static bool put_list_texts(const struct numbered_texts *list, const uint32_t *numbers,
                           const uint8_t *valid, size_t count, size_t rows, struct ArrowArray *out)
{
    int32_t *const ends = make_buffer(out, 1, (rows + 1) * sizeof *ends);
    size_t size = 0;
    if (ends == NULL)
        return false;
    ends[0] = 0;
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

/* The place of each number; of what is null the number is 0, and so is its place. */
static bool put_word_places(const struct making *making, const struct words *words,
                            const struct column *column, struct ArrowArray *out)
{
    const uint8_t *const numbers = column->values;
    const size_t rows = column->rows;
    if (rows == 0)
        return put_zeros(making, out, 1, making->rows);
    uint8_t *const places = make_buffer(out, 1, making->rows);
    if (places == NULL)
        return false;
    if (words->numbers[words->count - 1] == words->count) /* all but 0 are one, as mostly */
        for (size_t i = 0; i < rows; i++)
            places[i] = (uint8_t)(numbers[i] - (numbers[i] != 0));
    else
        for (size_t i = 0; i < rows; i++)
            places[i] = words->places[numbers[i]];
    memset(places + rows, 0, making->rows - rows);
    return true;
}

static bool put_word_dictionary(const struct making *making, const struct column_field *field,
                                const struct column *column, struct ArrowArray *out)
{
    const struct words words = list_words(field);
    const struct numbered_texts list = {.field = field};
    return put_word_places(making, &words, column, out) &&
           make_array(out->dictionary, words.count, 3, 0) &&
           put_list_texts(&list, words.numbers, NULL, words.count, words.count, out->dictionary);
}

static bool put_name_dictionary(const struct making *making, const struct column *column,
                                struct ArrowArray *out)
{
    const struct numbered_texts list = {.names = &column->names};
    return put_values(making, column, out) &&
           make_array(out->dictionary, column->names.count, 3, 0) &&
           put_list_texts(&list, NULL, NULL, column->names.count, column->names.count,
                          out->dictionary);
}

static bool put_dictionary(const struct making *making, const struct column_field *field,
                           const struct column *column, struct ArrowArray *out)
{
    out->dictionary = calloc(1, sizeof *out->dictionary);
    if (out->dictionary == NULL)
        return false;
    return field->type == COLUMN_WORD ? put_word_dictionary(making, field, column, out)
                                      : put_name_dictionary(making, column, out);
}

/* Words and names, each in its row. */
static bool put_plain(const struct column_field *field, const struct column *column, size_t rows,
                      struct ArrowArray *out)
{
    const bool words = field->type == COLUMN_WORD;
    const struct numbered_texts list = {.field = words ? field : NULL, .names = &column->names};
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
static bool put_lists(const struct making *making, const struct column_field *field,
                      const struct column *column, struct ArrowArray *out)
{
    const struct numbered_texts list = {.field = field};
    const uint32_t *const sets = column->values;
    if (column->count == 0)
        return put_zeros(making, out, 1, (making->rows + 1) * sizeof(int32_t)) &&
               make_array(out->children[0], 0, 3, 0) &&
               put_list_texts(&list, NULL, NULL, 0, 0, out->children[0]);
    int32_t *const ends = make_buffer(out, 1, (making->rows + 1) * sizeof *ends);
    uint32_t *const numbers = malloc((column->count * field->words + 1) * sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; ends != NULL && numbers != NULL && i <= making->rows; i++) {
        ends[i] = (int32_t)count;
        if (i >= column->rows || sets[i] == 0)
            continue;
        for (unsigned bit = 0; bit < field->words; bit++)
            if (sets[i] >> bit & 1)
                numbers[count++] = bit;
    }
    const bool good = ends != NULL && numbers != NULL && count <= INT32_MAX &&
                      make_array(out->children[0], count, 3, 0) &&
                      put_list_texts(&list, numbers, NULL, count, count, out->children[0]);
    free(numbers);
    return good;
}

static bool field_array(const struct making *making, const struct column_field *field,
                        const struct column *column, struct ArrowArray *out)
{
    const size_t rows = making->rows;
    const bool text = strcmp(arrow_format(field->type, making->plain), "u") == 0;
    if (!make_array(out, rows, text ? 3 : 2, field->type == COLUMN_WORDS) ||
        !put_validity(making, column, out))
        return false;
    switch (field->type) {
    case COLUMN_INT32:
    case COLUMN_INT64:
    case COLUMN_TIME: return put_values(making, column, out);
    case COLUMN_BOOL:
        return column->rows == 0 ? put_zeros(making, out, 1, rows / 8 + 1)
                                 : put_bits(column->values, column->rows, rows, out, 1);
    case COLUMN_WORD:
    case COLUMN_NAME:
        return making->plain ? put_plain(field, column, rows, out)
                             : put_dictionary(making, field, column, out);
    case COLUMN_WORDS: return put_lists(making, field, column, out);
    case COLUMN_TEXT: return put_texts(making, column, out);
    }
    return false;
}

static bool make_arrays(const struct making *making, const struct columns *columns,
                        struct ArrowArray *out)
{
    bool good = make_array(out, columns->rows, 1, columns_selected_count(columns));
    for (unsigned i = 0, child = 0; good && i < columns->fields.count; i++)
        if (columns->selected >> i & 1)
            good = field_array(making, &columns->fields.list[i], &columns->list[i],
                               out->children[child++]);
    if (!good)
        out->release(out);
    return good;
}

bool arrow_array(const struct columns *columns, bool plain, struct ArrowArray *out)
{
    const struct making making = {.rows = columns->rows, .plain = plain};
    return make_arrays(&making, columns, out);
}

bool arrow_array_lent(const struct columns *columns, const void *zeros, struct ArrowArray *out)
{
    const struct making making = {.rows = columns->rows, .zeros = zeros};
    return make_arrays(&making, columns, out);
}

/* NOLINTEND(clang-analyzer-core.NullDereference) */
