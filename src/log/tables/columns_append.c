/* SPDX-License-Identifier: MIT
 *
 * Columns behind one another. */
#include "log/tables/columns.h"

#include <stdlib.h>

/* Numbers of names: those of the other column are not those of this one. */
static bool append_names(struct column *column, const struct column *from, size_t at, size_t begin,
                         size_t count)
{
    uint32_t *const to = (uint32_t *)column->values + at;
    const uint32_t *const numbers = (const uint32_t *)from->values + begin;
    const uint8_t *const valid = from->valid + begin;
    uint32_t *const map = malloc((from->names.count + 1) * sizeof *map);
    bool good = map != NULL;
    for (uint32_t i = 0; good && i <= from->names.count; i++)
        map[i] = NAME_UNKNOWN;
    for (size_t i = 0; good && i < count; i++) {
        uint32_t *const number = &map[numbers[i]];
        if (*number == NAME_UNKNOWN && valid[i] != 0) {
            *number = names_add(&column->names, names_text(&from->names, numbers[i]));
            good = *number != NAME_UNKNOWN;
        }
        to[i] = *number & (0U - valid[i]); /* of a null 0, as it is */
    }
    free(map);
    return good;
}

static size_t count_valid(const struct column *column, size_t begin, size_t count)
{
    size_t valid = 0;
    if (count == column->rows)
        return column->count;
    for (size_t i = begin; i < begin + count; i++)
        valid += column->valid[i];
    return valid;
}

static size_t sum_lengths(const struct column *column, size_t begin, size_t end)
{
    size_t sum = 0;
    for (size_t i = begin; i < end; i++)
        sum += ((const uint32_t *)column->values)[i];
    return sum;
}

static bool append_texts(struct columns *columns, struct column *column, const struct column *from,
                         size_t begin, size_t count)
{
    const size_t before = sum_lengths(from, 0, begin);
    const size_t length =
        begin + count == from->rows ? from->used - before : sum_lengths(from, begin, begin + count);
    if (!columns_make_room(columns, column, length))
        return false;
    if (length > 0)
        memcpy(column->bytes + column->used, from->bytes + before, length);
    column->used += length;
    return true;
}

static void append_column(struct columns *columns, const struct columns *other, unsigned field,
                          size_t begin, size_t count)
{
    struct column *const column = &columns->list[field];
    const struct column *const from = &other->list[field];
    const enum column_type type = columns->fields.list[field].type;
    const size_t width = column->width;
    const size_t at = columns->rows;
    if (from->rows <= begin)
        return;
    if (count > from->rows - begin)
        count = from->rows - begin;
    if (columns_span_nulls(columns, field, count) == NULL)
        return;
    column->count += count_valid(from, begin, count);
    memcpy(column->valid + at, from->valid + begin, count);
    if (type != COLUMN_NAME)
        memcpy((char *)column->values + at * width, (const char *)from->values + begin * width,
               count * width);
    if ((type == COLUMN_NAME && !append_names(column, from, at, begin, count)) ||
        (type == COLUMN_TEXT && !append_texts(columns, column, from, begin, count)))
        columns->no_memory = true;
}

/* Bytes of texts and names in a row. */
static uint64_t weigh(const struct columns *columns, size_t row)
{
    uint64_t weight = 0;
    for (unsigned i = 0; i < columns->fields.count; i++) {
        const struct column *const column = &columns->list[i];
        const enum column_type type = columns->fields.list[i].type;
        if ((type != COLUMN_TEXT && type != COLUMN_NAME) || !column_has(column, row))
            continue;
        const uint32_t value = ((const uint32_t *)column->values)[row];
        weight += type == COLUMN_TEXT ? value : names_text(&column->names, value).length;
    }
    return weight;
}

void columns_append(struct columns *columns, const struct columns *from, size_t begin, size_t count)
{
    columns->no_memory = columns->no_memory || from->no_memory;
    if (columns->no_memory)
        return;
    for (unsigned i = 0; i < columns->fields.count; i++)
        append_column(columns, from, i, begin, count);
    if (begin == 0 && count == from->rows)
        columns->weight += from->weight;
    else
        for (size_t row = begin; row < begin + count; row++)
            columns->weight += weigh(from, row);
    columns->rows += count;
}

size_t columns_fit(const struct columns *columns, size_t begin, size_t most, uint64_t weight)
{
    const size_t end = most < columns->rows - begin ? begin + most : columns->rows;
    uint64_t sum = 0;
    size_t row = begin;
    if (columns->weight <= weight)
        return end - begin;
    for (; row < end; row++) {
        sum += weigh(columns, row);
        if (sum > weight)
            break;
    }
    return row - begin;
}
