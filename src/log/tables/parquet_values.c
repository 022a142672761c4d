/* SPDX-License-Identifier: MIT */
#include "log/tables/parquet_values.h"

#include "log/tables/parquet_delta.h"
#include "log/tables/parquet_runs.h"

void parquet_values_free(struct parquet_values *values)
{
    free(values->dictionary.bytes);
    free(values->page.bytes);
    free(values->numbers);
    free(values->integers);
    memset(values, 0, sizeof *values);
}

static bool make_numbers(struct parquet_values *values, size_t count)
{
    if (values->numbers_room >= count)
        return true;
    uint32_t *const numbers = realloc(values->numbers, count * sizeof *numbers);
    if (numbers == NULL)
        return false;
    values->numbers = numbers;
    values->numbers_room = count;
    return true;
}

static bool make_integers(struct parquet_values *values, size_t count)
{
    if (values->integers_room >= count)
        return true;
    int64_t *const integers = realloc(values->integers, count * sizeof *integers);
    if (integers == NULL)
        return false;
    values->integers = integers;
    values->integers_room = count;
    return true;
}

static int compare_texts(struct bytes one, struct bytes other)
{
    const size_t both = one.length < other.length ? one.length : other.length;
    const int order = both == 0 ? 0 : memcmp(one.data, other.data, both);
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

/* The least and the greatest of texts. Start with all zero. */
struct bounds {
    struct bytes least;
    struct bytes greatest;
    uint64_t least_begin; /* text_begin */
    uint64_t greatest_begin;
    bool any;
    bool too_long; /* to be told */
};

/* The first eight bytes, in whose order texts are that do not begin alike. */
static inline uint64_t text_begin(struct bytes text)
{
    uint64_t begin = 0;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (text.length >= sizeof begin) {
        memcpy(&begin, text.data, sizeof begin);
        return __builtin_bswap64(begin);
    }
#endif
    for (size_t i = 0; i < text.length && i < sizeof begin; i++)
        begin |= (uint64_t)(unsigned char)text.data[i] << (56 - 8 * i);
    return begin;
}

static inline void bound_text(struct bounds *bounds, struct bytes text)
{
    const uint64_t begin = text_begin(text);
    bounds->too_long = bounds->too_long || text.length > PARQUET_BOUND;
    if (bounds->any && begin > bounds->least_begin && begin < bounds->greatest_begin)
        return;
    if (!bounds->any || compare_texts(text, bounds->greatest) > 0) { /* mostly, of times */
        bounds->greatest = text;
        bounds->greatest_begin = begin;
    }
    if (!bounds->any || (begin <= bounds->least_begin && bounds->greatest.data != text.data &&
                         compare_texts(text, bounds->least) < 0)) {
        bounds->least = text;
        bounds->least_begin = begin;
    }
    bounds->any = true;
}

static void put_bounds(struct parquet_values *values, const struct bounds *bounds)
{
    values->bounded = bounds->any && !bounds->too_long;
    if (!values->bounded)
        return;
    memcpy(values->least, bounds->least.data, bounds->least.length);
    values->least_length = bounds->least.length;
    memcpy(values->greatest, bounds->greatest.data, bounds->greatest.length);
    values->greatest_length = bounds->greatest.length;
}

static void put_text(struct byte_buffer *out, struct bytes text)
{
    byte_buffer_number(out, text.length, 4);
    byte_buffer_put(out, text.data, text.length);
}

/* Where each null is; their number. */
static void put_validity(struct parquet_values *values, const struct column *column, size_t rows)
{
    values->nulls = rows - column->count;
    values->count = rows;
    parquet_put_validity(&values->page, column, rows);
}

static unsigned bits_for(uint32_t count)
{
    unsigned width = 1;
    while (width < 32 && count > UINT64_C(1) << width)
        width++;
    return width;
}

static void put_bound(char *to, size_t *length, int64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        to[i] = (char)((uint64_t)value >> 8 * i & 0xff);
    *length = width;
}

/* The values that are not null, which are all of them that are left; NULL without memory. */
static const int64_t *list_integers(struct parquet_values *values, const struct column *column,
                                    enum column_type type)
{
    size_t count = 0;
    if (type != COLUMN_INT32 && type != COLUMN_TEXT && column->count == column->rows)
        return column->values;
    if (!make_integers(values, 2 * (column->rows + 1)))
        return NULL;
    int64_t *const integers = values->integers;
    const int32_t *const narrow = column->values;
    const uint32_t *const lengths = column->values;
    const int64_t *const wide = column->values;
    const uint8_t *const valid = column->valid;
    const size_t rows = column->rows;
    /* One that is null is overwritten by the next. */
    if (type == COLUMN_INT32)
        for (size_t i = 0; i < rows; count += valid[i++])
            integers[count] = narrow[i];
    else if (type != COLUMN_TEXT)
        for (size_t i = 0; i < rows; count += valid[i++])
            integers[count] = wide[i];
    else if (column->count == rows)
        for (size_t i = 0; i < rows; i++)
            integers[i] = lengths[i];
    else
        for (size_t i = 0; i < rows; count += valid[i++])
            integers[count] = lengths[i];
    return integers;
}

static bool put_integers(struct parquet_values *values, const struct column *column,
                         enum column_type type)
{
    const size_t width = column->width;
    const int64_t *const integers = list_integers(values, column, type);
    int64_t least = INT64_MAX;
    int64_t greatest = INT64_MIN;
    if (integers == NULL)
        return false;
    for (size_t i = 0; i < column->count; i++) {
        least = integers[i] < least ? integers[i] : least;
        greatest = integers[i] > greatest ? integers[i] : greatest;
    }
    values->encoding = ENCODING_DELTA_INTEGERS;
    parquet_put_integers(&values->page, integers, column->count, type == COLUMN_INT32);
    values->bounded = true;
    put_bound(values->least, &values->least_length, least, width);
    put_bound(values->greatest, &values->greatest_length, greatest, width);
    return true;
}

static void put_bools(struct parquet_values *values, const struct column *column)
{
    unsigned bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < column->rows; i++) {
        if (column->valid[i] == 0)
            continue;
        bits |= (unsigned)(((const uint8_t *)column->values)[i] != 0) << have;
        if (++have == 8) {
            byte_buffer_byte(&values->page, bits);
            bits = have = 0;
        }
    }
    if (have > 0)
        byte_buffer_byte(&values->page, bits);
}

static bool put_texts(struct parquet_values *values, const struct column *column)
{
    struct bounds bounds = {.any = false};
    const char *const bytes = column->used == 0 ? "" : column->bytes;
    const char *next = bytes;
    if (list_integers(values, column, COLUMN_TEXT) == NULL)
        return false;
    int64_t *const lengths = values->integers;
    for (size_t i = 0; i < column->count; i++) {
        bound_text(&bounds, (struct bytes){next, (size_t)lengths[i]});
        next += lengths[i];
    }
    put_bounds(values, &bounds);
    values->encoding = ENCODING_DELTA_TEXTS;
    parquet_put_texts(&values->page, bytes, lengths, lengths + column->count, column->count);
    return true;
}

/* Indices into the dictionary behind the levels. */
static void put_indices(struct parquet_values *values, const uint32_t *numbers, size_t count)
{
    const unsigned width = bits_for(values->dictionary_count);
    values->encoding = ENCODING_DICTIONARY;
    byte_buffer_byte(&values->page, width);
    if (values->dictionary_count == 1)
        parquet_put_run(&values->page, count, 0);
    else
        parquet_put_numbers(&values->page, numbers, count, width);
}

static bool put_names(struct parquet_values *values, const struct column *column)
{
    struct bounds bounds = {.any = false};
    size_t count = 0;
    if (!make_numbers(values, column->rows + 1))
        return false;
    uint32_t *const numbers = values->numbers;
    const uint8_t *const valid = column->valid;
    for (uint32_t i = 0; i < column->names.count; i++) {
        put_text(&values->dictionary, names_text(&column->names, i));
        bound_text(&bounds, names_text(&column->names, i));
    }
    put_bounds(values, &bounds);
    values->dictionary_count = column->names.count;
    const bool full = column->count == column->rows;
    const size_t rows = values->dictionary_count > 1 && !full ? column->rows : 0;
    const uint32_t *const names = column->values;
    for (size_t i = 0; i < rows; i++) {
        numbers[count] = names[i];
        count += valid[i];
    }
    put_indices(values, full ? names : numbers, column->count);
    return true;
}

/* Only the words that there are, in the order of their numbers: the place of each. */
static void put_words(struct parquet_values *values, const struct column_field *field,
                      const uint8_t used[UINT8_MAX + 1], uint8_t places[UINT8_MAX + 1])
{
    struct bounds bounds = {.any = false};
    for (unsigned number = 0; number < field->words; number++) {
        const char *const word = used[number] ? field->word(number) : NULL;
        if (word == NULL)
            continue;
        const struct bytes text = {word, strlen(word)};
        places[number] = (uint8_t)values->dictionary_count++;
        put_text(&values->dictionary, text);
        bound_text(&bounds, text);
    }
    put_bounds(values, &bounds);
}

static bool put_word_column(struct parquet_values *values, const struct column_field *field,
                            const struct column *column)
{
    const uint8_t *const words = column->values;
    const uint8_t *const valid = column->valid;
    uint8_t used[UINT8_MAX + 1] = {0};
    uint8_t places[UINT8_MAX + 1] = {0};
    size_t count = 0;
    if (!make_numbers(values, column->rows + 1))
        return false;
    const bool full = column->count == column->rows;
    if (full && memcmp(words, words + 1, column->rows - 1) == 0)
        used[words[0]] = 1;
    else if (full)
        for (size_t i = 0, all = column->rows; i < all; i++)
            used[words[i]] = 1;
    else
        for (size_t i = 0, all = column->rows; i < all; i++)
            used[words[i]] |= valid[i];
    put_words(values, field, used, places);
    const size_t rows = values->dictionary_count > 1 ? column->rows : 0;
    uint32_t *const numbers = values->numbers;
    if (full)
        for (size_t i = 0; i < rows; i++)
            numbers[i] = places[words[i]];
    else
        for (size_t i = 0; i < rows; count += valid[i++])
            numbers[count] = places[words[i]];
    put_indices(values, numbers, column->count);
    return true;
}

/* The words of sets; there is room for their numbers. */
static void put_set_words(struct parquet_values *values, const struct column_field *field,
                          const struct column *column)
{
    const uint32_t *const sets = column->values;
    uint8_t used[UINT8_MAX + 1] = {0};
    uint8_t places[UINT8_MAX + 1] = {0};
    size_t count = 0;
    uint32_t all = 0;
    for (size_t i = 0; i < column->rows; i++)
        all |= sets[i];
    for (unsigned bit = 0; bit < field->words; bit++)
        used[bit] = all >> bit & 1;
    put_words(values, field, used, places);
    for (size_t i = 0; i < column->rows; i++)
        for (unsigned bit = 0; sets[i] != 0 && bit < field->words; bit++)
            if (sets[i] >> bit & 1)
                values->numbers[count++] = places[bit];
    if (count > 0)
        put_indices(values, values->numbers, count);
}

/* Levels of lists: of each entry whether it goes on with the row before; and 0 for null, 1 for an empty list, 2 for a word. */
static bool put_lists(struct parquet_values *values, const struct column_field *field,
                      const struct column *column, size_t rows)
{
    const uint32_t *const sets = column->values;
    if (column->count == 0) {
        values->nulls = values->count = rows;
        parquet_put_validity(&values->page, column, rows); /* none goes on with the row before */
        parquet_put_validity(&values->page, column, rows);
        return true;
    }
    const size_t most = rows * (field->words + 1) + 1;
    uint32_t *const repeats = malloc(most * sizeof *repeats);
    if (repeats == NULL || !make_numbers(values, most)) {
        free(repeats);
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < rows; i++) {
        const bool valid = column_has(column, i);
        size_t words = 0;
        for (unsigned bit = 0; valid && bit < field->words; bit++)
            if (sets[i] >> bit & 1) {
                repeats[count] = words++ > 0;
                values->numbers[count++] = 2;
            }
        if (words > 0)
            continue;
        values->nulls++;
        repeats[count] = 0;
        values->numbers[count++] = valid;
    }
    values->count = count;
    parquet_put_levels(&values->page, repeats, count, 1);
    parquet_put_levels(&values->page, values->numbers, count, 2);
    free(repeats);
    put_set_words(values, field, column);
    return true;
}

static bool put_column(struct parquet_values *values, const struct column_field *field,
                       const struct column *column, size_t rows)
{
    switch (field->type) {
    case COLUMN_INT32:
    case COLUMN_INT64:
    case COLUMN_TIME: return put_integers(values, column, field->type);
    case COLUMN_BOOL: put_bools(values, column); return true;
    case COLUMN_WORD: return put_word_column(values, field, column);
    case COLUMN_WORDS: return put_lists(values, field, column, rows);
    case COLUMN_NAME: return put_names(values, column);
    case COLUMN_TEXT: return put_texts(values, column);
    }
    return false;
}

bool parquet_values_make(struct parquet_values *values, const struct column_field *field,
                         const struct column *column, size_t rows)
{
    values->dictionary.used = values->page.used = values->count = 0;
    values->dictionary_count = 0;
    values->nulls = 0;
    values->bounded = false;
    values->least_length = values->greatest_length = 0;
    values->encoding = ENCODING_PLAIN;
    if (field->type != COLUMN_WORDS)
        put_validity(values, column, rows);
    const bool empty = column->count == 0 && field->type != COLUMN_WORDS;
    const bool good = empty || put_column(values, field, column, rows);
    return good && !values->page.no_memory && !values->dictionary.no_memory;
}
