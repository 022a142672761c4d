/* SPDX-License-Identifier: MIT */
#include "parquet_values.h"

void parquet_values_free(struct parquet_values *values)
{
    free(values->dictionary.bytes);
    free(values->page.bytes);
    free(values->numbers);
    memset(values, 0, sizeof *values);
}

/* How many of the numbers are the same. */
static size_t run_length(const uint32_t *numbers, size_t count)
{
    size_t run = 1;
    while (run < count && numbers[run] == numbers[0])
        run++;
    return run;
}

/* How many numbers stand before a run that is worth a count: a multiple of eight, or all. */
static size_t packed_length(const uint32_t *numbers, size_t count)
{
    size_t at = 0;
    while (at < count && run_length(numbers + at, count - at < 16 ? count - at : 16) < 16)
        at += 8;
    return at < count ? at : count;
}

static void put_packed(struct byte_buffer *out, const uint32_t *numbers, size_t count,
                       unsigned width)
{
    const size_t groups = (count + 7) / 8;
    byte_buffer_varint(out, groups << 1 | 1);
    char *to = byte_buffer_add(out, groups * width);
    uint64_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; to != NULL && i < groups * 8; i++) {
        bits |= (uint64_t)(i < count ? numbers[i] : 0) << have;
        for (have += width; have >= 8; have -= 8, bits >>= 8)
            *to++ = (char)(bits & 0xff);
    }
}

/* Numbers of so many bits: runs of the same, and groups of eight. */
static void put_hybrid(struct byte_buffer *out, const uint32_t *numbers, size_t count,
                       unsigned width)
{
    for (size_t at = 0; at < count;) {
        const size_t run = run_length(numbers + at, count - at);
        if (run >= 16 || at + run == count) {
            byte_buffer_varint(out, (uint64_t)run << 1);
            byte_buffer_number(out, numbers[at], (width + 7) / 8);
            at += run;
        } else {
            const size_t packed = packed_length(numbers + at, count - at);
            put_packed(out, numbers + at, packed, width);
            at += packed;
        }
    }
}

static void put_levels(struct byte_buffer *out, const uint32_t *levels, size_t count,
                       unsigned width)
{
    const size_t at = out->used;
    byte_buffer_number(out, 0, 4);
    put_hybrid(out, levels, count, width);
    const size_t length = out->used - at - 4;
    for (unsigned i = 0; !out->no_memory && i < 4; i++)
        out->bytes[at + i] = (char)(length >> 8 * i & 0xff);
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

static void bound_text(struct parquet_values *values, struct bytes text, bool *first)
{
    const size_t kept = text.length < PARQUET_BOUND ? text.length : PARQUET_BOUND;
    int least = *first ? -1
                       : memcmp(text.data, values->least,
                                kept < values->least_length ? kept : values->least_length);
    int greatest = *first ? 1
                          : memcmp(text.data, values->greatest,
                                   kept < values->greatest_length ? kept : values->greatest_length);
    if (text.length > PARQUET_BOUND)
        values->bounded = false;
    if (least < 0 || (least == 0 && kept < values->least_length)) {
        memcpy(values->least, text.data, kept);
        values->least_length = kept;
    }
    if (greatest > 0 || (greatest == 0 && kept > values->greatest_length)) {
        memcpy(values->greatest, text.data, kept);
        values->greatest_length = kept;
    }
    *first = false;
}

static void put_text(struct byte_buffer *out, struct bytes text)
{
    byte_buffer_number(out, text.length, 4);
    byte_buffer_put(out, text.data, text.length);
}

/* Where each null is; their number. */
static bool put_validity(struct parquet_values *values, const struct column *column, size_t rows)
{
    if (!make_numbers(values, rows + 1))
        return false;
    size_t valid = 0;
    for (size_t i = 0; i < rows; i++)
        valid += values->numbers[i] = i < column->rows ? column->valid[i] : 0;
    values->nulls = rows - valid;
    values->count = rows;
    put_levels(&values->page, values->numbers, rows, 1);
    return true;
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

/* The lowest byte first; what is behind it. */
static inline char *put_value(char *to, uint64_t value, unsigned width)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (width == 8)
        memcpy(to, &value, 8);
    else
        memcpy(to, &value, 4);
#else
    for (unsigned i = 0; i < width; i++)
        to[i] = (char)(value >> 8 * i & 0xff);
#endif
    return to + width;
}

static void put_integers(struct parquet_values *values, const struct column *column,
                         enum column_type type)
{
    const unsigned width = (unsigned)column_width(type);
    int64_t least = INT64_MAX;
    int64_t greatest = INT64_MIN;
    char *to = byte_buffer_add(&values->page, (values->count - values->nulls) * width);
    for (size_t i = 0; i < column->rows; i++) {
        if (column->valid[i] == 0)
            continue;
        const int64_t value = width == 4 ? ((const int32_t *)column->values)[i]
                                         : ((const int64_t *)column->values)[i];
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
        if (to != NULL)
            to = put_value(to, (uint64_t)value, width);
    }
    values->bounded = least <= greatest;
    put_bound(values->least, &values->least_length, least, width);
    put_bound(values->greatest, &values->greatest_length, greatest, width);
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

static void put_texts(struct parquet_values *values, const struct column *column)
{
    const uint32_t *const lengths = column->values;
    const char *next = column->bytes;
    bool first = true;
    values->bounded = true;
    for (size_t i = 0; i < column->rows; i++) {
        if (column->valid[i] == 0)
            continue;
        const struct bytes text = {lengths[i] == 0 ? "" : next, lengths[i]};
        put_text(&values->page, text);
        bound_text(values, text, &first);
        next += lengths[i];
    }
    values->bounded = values->bounded && !first;
}

/* Indices into the dictionary behind the levels. */
static void put_indices(struct parquet_values *values, size_t count)
{
    const unsigned width = bits_for(values->dictionary_count);
    byte_buffer_byte(&values->page, width);
    put_hybrid(&values->page, values->numbers, count, width);
}

static void put_names(struct parquet_values *values, const struct column *column)
{
    bool first = true;
    size_t count = 0;
    values->bounded = column->names.count > 0;
    for (uint32_t i = 0; i < column->names.count; i++) {
        put_text(&values->dictionary, names_text(&column->names, i));
        bound_text(values, names_text(&column->names, i), &first);
    }
    values->dictionary_count = column->names.count;
    for (size_t i = 0; i < column->rows; i++)
        if (column->valid[i] != 0)
            values->numbers[count++] = ((const uint32_t *)column->values)[i];
    if (count > 0)
        put_indices(values, count);
}

/* Only the words that there are, in the order of their numbers; then the numbers count in them. */
static void put_words(struct parquet_values *values, const struct column_field *field, size_t count)
{
    bool used[UINT8_MAX + 1] = {false};
    uint32_t places[UINT8_MAX + 1] = {0};
    bool first = true;
    for (size_t i = 0; i < count; i++)
        used[values->numbers[i] & UINT8_MAX] = true;
    for (unsigned number = 0; number < field->words; number++) {
        const char *const word = used[number] ? field->word(number) : NULL;
        if (word == NULL)
            continue;
        const struct bytes text = {word, strlen(word)};
        places[number] = values->dictionary_count++;
        put_text(&values->dictionary, text);
        bound_text(values, text, &first);
    }
    for (size_t i = 0; i < count; i++)
        values->numbers[i] = places[values->numbers[i] & UINT8_MAX];
    values->bounded = count > 0;
    if (count > 0)
        put_indices(values, count);
}

static void put_word_column(struct parquet_values *values, const struct column_field *field,
                            const struct column *column)
{
    size_t count = 0;
    for (size_t i = 0; i < column->rows; i++)
        if (column->valid[i] != 0)
            values->numbers[count++] = ((const uint8_t *)column->values)[i];
    put_words(values, field, count);
}

/* Levels of lists: of each entry whether it goes on with the row before; and 0 for null, 1 for an empty list, 2 for a word. */
static bool put_lists(struct parquet_values *values, const struct column_field *field,
                      const struct column *column, size_t rows)
{
    const uint32_t *const sets = column->values;
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
    put_levels(&values->page, repeats, count, 1);
    put_levels(&values->page, values->numbers, count, 2);
    free(repeats);
    count = 0;
    for (size_t i = 0; i < column->rows; i++)
        for (unsigned bit = 0; bit < field->words; bit++)
            if (column->valid[i] != 0 && (sets[i] >> bit & 1))
                values->numbers[count++] = bit;
    put_words(values, field, count);
    return true;
}

bool parquet_values_make(struct parquet_values *values, const struct column_field *field,
                         const struct column *column, size_t rows)
{
    values->dictionary.used = values->page.used = values->count = 0;
    values->dictionary_count = 0;
    values->nulls = 0;
    values->bounded = false;
    values->least_length = values->greatest_length = 0;
    if (field->type == COLUMN_WORDS ? !put_lists(values, field, column, rows)
                                    : !put_validity(values, column, rows))
        return false;
    switch (field->type) {
    case COLUMN_INT32:
    case COLUMN_INT64:
    case COLUMN_TIME: put_integers(values, column, field->type); break;
    case COLUMN_BOOL: put_bools(values, column); break;
    case COLUMN_WORD: put_word_column(values, field, column); break;
    case COLUMN_WORDS: break;
    case COLUMN_NAME: put_names(values, column); break;
    case COLUMN_TEXT: put_texts(values, column); break;
    }
    return !values->page.no_memory && !values->dictionary.no_memory;
}
