/* SPDX-License-Identifier: MIT */
#include "log/tables/columns.h"

#include <stdlib.h>

#include "log/text/time.h"

enum {
    FIRST_ROWS = 1024
};

/* Bytes of a value of a column. */
static size_t column_width(enum column_type type)
{
    switch (type) {
    case COLUMN_BOOL:
    case COLUMN_WORD: return 1;
    case COLUMN_INT32:
    case COLUMN_WORDS:
    case COLUMN_NAME:
    case COLUMN_TEXT: return 4;
    case COLUMN_INT64:
    case COLUMN_TIME: return 8;
    }
    return 0;
}

void columns_make(struct columns *columns, struct column_fields fields, uint64_t selected)
{
    memset(columns, 0, sizeof *columns);
    columns->fields = fields;
    columns->selected = selected == 0 ? UINT64_MAX : selected;
    for (unsigned i = 0; i < fields.count; i++)
        columns->list[i].width = column_width(fields.list[i].type);
}

void columns_forget_lasting(struct columns *columns)
{
    for (unsigned i = 0; i < columns->fields.count; i++)
        columns->list[i].name = NULL;
}

void columns_clear(struct columns *columns)
{
    for (unsigned i = 0; i < columns->fields.count; i++) {
        struct column *const column = &columns->list[i];
        names_free(&column->names);
        column->rows = column->count = column->used = 0;
        column->name = NULL;
    }
    columns->rows = 0;
    columns->weight = 0;
}

void columns_free(struct columns *columns)
{
    for (unsigned i = 0; i < columns->fields.count; i++) {
        struct column *const column = &columns->list[i];
        names_free(&column->names);
        free(column->valid);
        free(column->values);
        free(column->bytes);
    }
    free(columns->scratch);
    memset(columns, 0, sizeof *columns);
}

/* Room for rows up to `rows`. */
static bool grow(struct columns *columns, struct column *column, size_t rows)
{
    const size_t first = columns->expected > FIRST_ROWS ? columns->expected : FIRST_ROWS;
    size_t capacity = column->capacity == 0 ? first : column->capacity;
    while (capacity < rows)
        capacity *= 2;
    uint8_t *const valid = realloc(column->valid, capacity);
    if (valid != NULL)
        column->valid = valid;
    char *const values = realloc(column->values, capacity * column->width);
    if (values != NULL)
        column->values = values;
    if (valid == NULL || values == NULL) {
        columns->no_memory = true;
        return false;
    }
    column->capacity = capacity;
    return true;
}

/* Nulls up to row `rows`, for which there is room: mostly few. */
static void fill_nulls(struct column *column, size_t rows)
{
    enum {
        FEW = 16
    };
    const size_t begin = column->rows;
    const size_t count = rows - begin;
    column->rows = rows;
    if (count > FEW || column->width != sizeof(uint32_t)) {
        memset(column->valid + begin, 0, count);
        memset((char *)column->values + begin * column->width, 0, count * column->width);
        return;
    }
    for (size_t i = begin; i < rows; i++) {
        column->valid[i] = 0;
        ((uint32_t *)column->values)[i] = 0;
    }
}

/* The column, with all rows before the one at hand, and room for `count` from that on; NULL if it is not wanted, and without memory. */
static inline struct column *reach(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = &columns->list[field];
    const size_t row = columns->rows;
    if ((columns->selected >> field & 1) == 0 ||
        (row + count > column->capacity && !grow(columns, column, row + count)))
        return NULL;
    if (column->rows < row)
        fill_nulls(column, row);
    return column;
}

struct column *columns_place(struct columns *columns, unsigned field)
{
    struct column *const column = reach(columns, field, 1);
    const size_t row = columns->rows;
    if (column == NULL)
        return NULL;
    /* If it has its place already, it may be given once more. */
    column->count += column->rows > row ? 1U - column->valid[row] : 1U;
    column->valid[row] = 1;
    column->rows = column->rows > row ? column->rows : row + 1;
    return column;
}

struct column *columns_span(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = reach(columns, field, count);
    if (column == NULL)
        return NULL;
    memset(column->valid + columns->rows, 1, count);
    column->rows = columns->rows + count;
    column->count += count;
    return column;
}

struct column *columns_span_nulls(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = reach(columns, field, count);
    if (column != NULL && column->rows < columns->rows + count)
        fill_nulls(column, columns->rows + count);
    return column;
}

int64_t columns_selected_count(const struct columns *columns)
{
    int64_t count = 0;
    for (unsigned i = 0; i < columns->fields.count; i++)
        count += (int64_t)(columns->selected >> i & 1);
    return count;
}

bool columns_complete(struct columns *columns)
{
    for (unsigned i = 0; i < columns->fields.count; i++) {
        struct column *const column = &columns->list[i];
        if (column->rows == 0 || column->rows == columns->rows)
            continue;
        if (columns->rows > column->capacity && !grow(columns, column, columns->rows))
            return false;
        fill_nulls(column, columns->rows);
    }
    return true;
}

void columns_put_int32(struct columns *columns, unsigned field, int32_t value)
{
    const struct column *const column = columns_place(columns, field);
    if (column != NULL)
        ((int32_t *)column->values)[columns->rows] = value;
}

void columns_put_int64(struct columns *columns, unsigned field, int64_t value)
{
    const struct column *const column = columns_place(columns, field);
    if (column != NULL)
        ((int64_t *)column->values)[columns->rows] = value;
}

void columns_put_byte(struct columns *columns, unsigned field, unsigned value)
{
    const struct column *const column = columns_place(columns, field);
    if (column != NULL)
        ((uint8_t *)column->values)[columns->rows] = (uint8_t)value;
}

void columns_put_words(struct columns *columns, unsigned field, uint32_t set)
{
    const struct column *const column = columns_place(columns, field);
    if (column != NULL)
        ((uint32_t *)column->values)[columns->rows] = set;
}

/* Where bytes that are 0 or 1 stand as they come in a word, a product brings them together in its highest byte. */
void column_pack_bits(const uint8_t *bytes, size_t count, uint8_t *bits)
{
    size_t at = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; at + 8 <= count; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        *bits++ = (uint8_t)(word * UINT64_C(0x0102040810204080) >> 56);
    }
#endif
    for (; at < count; at += 8) {
        unsigned byte = 0;
        for (size_t i = 0; i < 8 && at + i < count; i++)
            byte |= (unsigned)bytes[at + i] << i;
        *bits++ = (uint8_t)byte;
    }
}

/* The fourth to sixth digit of a second's fraction, if there are so many. */
static int64_t microseconds(struct bytes shown)
{
    int64_t value = 0;
    size_t at = 20;
    if (shown.length < 20 || shown.data[19] != '.')
        return 0;
    for (unsigned unit = 100000; unit > 0 && at < shown.length; at++, unit /= 10) {
        if (shown.data[at] < '0' || shown.data[at] > '9')
            break;
        value += unit < 1000 ? (int64_t)unit * (shown.data[at] - '0') : 0;
    }
    return value;
}

enum clock columns_put_time(struct columns *columns, unsigned field, struct bytes shown, bool *zone)
{
    int64_t milliseconds;
    *zone = true;
    if (clock_read_usual(shown, &columns->minute, &milliseconds)) {
        columns_put_int64(columns, field, milliseconds * 1000);
        return CLOCK_EPOCH;
    }
    const enum clock clock = clock_read(shown, &columns->minute, &milliseconds);
    *zone = time_has_zone(shown);
    if (clock == CLOCK_EPOCH && *zone && milliseconds > INT64_MIN / 1000 &&
        milliseconds < INT64_MAX / 1000)
        columns_put_int64(columns, field, milliseconds * 1000 + microseconds(shown));
    return clock;
}
