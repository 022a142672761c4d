/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <stdlib.h>

#include "time.h"
#include "utf8.h"

enum {
    FIRST_ROWS = 1024,
    FIRST_BYTES = 4096
};

size_t column_width(enum column_type type)
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

/* The place of a value in the row at hand; NULL if the field is not wanted, and without memory. */
static inline struct column *place(struct columns *columns, unsigned field)
{
    struct column *const column = &columns->list[field];
    const size_t row = columns->rows;
    if ((columns->selected >> field & 1) == 0)
        return NULL;
    if (row >= column->capacity && !grow(columns, column, row + 1))
        return NULL;
    if (column->rows > row) { /* it is given once more, or has its place already */
        column->count += 1U - column->valid[row];
        column->valid[row] = 1;
        return column;
    }
    if (column->rows < row)
        fill_nulls(column, row);
    column->valid[row] = 1;
    column->rows = row + 1;
    column->count++;
    return column;
}

struct column *columns_span(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = &columns->list[field];
    const size_t row = columns->rows;
    if ((columns->selected >> field & 1) == 0)
        return NULL;
    if (row + count > column->capacity && !grow(columns, column, row + count))
        return NULL;
    if (column->rows < row)
        fill_nulls(column, row);
    memset(column->valid + row, 1, count);
    column->rows = row + count;
    column->count += count;
    return column;
}

struct column *columns_span_nulls(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = &columns->list[field];
    const size_t rows = columns->rows + count;
    if ((columns->selected >> field & 1) == 0)
        return NULL;
    if (rows > column->capacity && !grow(columns, column, rows))
        return NULL;
    if (column->rows < rows)
        fill_nulls(column, rows);
    return column;
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
    const struct column *const column = place(columns, field);
    if (column != NULL)
        ((int32_t *)column->values)[columns->rows] = value;
}

void columns_put_int64(struct columns *columns, unsigned field, int64_t value)
{
    const struct column *const column = place(columns, field);
    if (column != NULL)
        ((int64_t *)column->values)[columns->rows] = value;
}

void columns_put_byte(struct columns *columns, unsigned field, unsigned value)
{
    const struct column *const column = place(columns, field);
    if (column != NULL)
        ((uint8_t *)column->values)[columns->rows] = (uint8_t)value;
}

void columns_put_words(struct columns *columns, unsigned field, uint32_t set)
{
    const struct column *const column = place(columns, field);
    if (column != NULL)
        ((uint32_t *)column->values)[columns->rows] = set;
}

bool columns_make_room(struct columns *columns, struct column *column, size_t length)
{
    if (column->room - column->used >= length)
        return true;
    const size_t first = columns->expected > 0 ? columns->expected * 8 : FIRST_BYTES;
    size_t room = column->room == 0 ? first : column->room * 2;
    while (room - column->used < length)
        room *= 2;
    char *const bytes = realloc(column->bytes, room);
    if (bytes == NULL) {
        columns->no_memory = true;
        return false;
    }
    column->bytes = bytes;
    column->room = room;
    return true;
}

/* Each byte as a character from U+0000 to U+00FF; how many bytes that are. */
static size_t widen(struct bytes text, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (byte >= 0x80)
            out[length++] = (char)(0xc0 | byte >> 6);
        out[length++] = (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
    }
    return length;
}

void columns_put_text(struct columns *columns, unsigned field, struct bytes text, bool utf8)
{
    const bool goes_on = columns->list[field].rows > columns->rows;
    struct column *const column = text.data == NULL ? NULL : place(columns, field);
    if (column == NULL)
        return;
    uint32_t *const value = (uint32_t *)column->values + columns->rows;
    if (!goes_on)
        *value = 0;
    if (text.length == 0 ||
        !columns_make_room(columns, column, utf8 ? text.length : text.length * 2))
        return;
    char *const to = column->bytes + column->used;
    size_t length = text.length;
    if (!utf8)
        length = widen(text, to);
    else
        memcpy(to, text.data, length);
    /* A field may be given twice in a row: its parts are one text. */
    *value += (uint32_t)length;
    column->used += length;
    columns->weight += length;
}

char *columns_span_texts(struct columns *columns, unsigned field, size_t length, size_t count)
{
    struct column *const column = columns_span(columns, field, count);
    if (column == NULL)
        return NULL;
    uint32_t *const lengths = (uint32_t *)column->values + columns->rows;
    memset(lengths, 0, count * sizeof *lengths);
    if (length == 0 || !columns_make_room(columns, column, length * count))
        return NULL;
    for (size_t i = 0; i < count; i++)
        lengths[i] = (uint32_t)length;
    column->used += length * count;
    columns->weight += length * count;
    return column->bytes + (column->used - length * count);
}

/* The number of a name. */
static uint32_t number_name(struct columns *columns, struct column *column, struct bytes name,
                            bool utf8)
{
    if (!utf8) {
        if (columns->scratch_size < name.length * 2) {
            char *const scratch = realloc(columns->scratch, name.length * 2);
            if (scratch == NULL)
                return NAME_UNKNOWN;
            columns->scratch = scratch;
            columns->scratch_size = name.length * 2;
        }
        name = (struct bytes){columns->scratch, widen(name, columns->scratch)};
    }
    return names_add(&column->names, name);
}

static void put_number(struct columns *columns, struct column *column, uint32_t number)
{
    uint32_t *const value = (uint32_t *)column->values + columns->rows;
    *value = 0;
    if (number == NAME_UNKNOWN) {
        columns->no_memory = true;
        return;
    }
    *value = number;
    columns->weight += names_text(&column->names, number).length;
}

/* Is it the name that was added last? A longer one may be, too. */
static inline bool is_last(const struct column *column, struct bytes name)
{
    if (column->number >= column->names.count || name.length < 8 || name.length > 16)
        return false;
    const struct name_entry *const entry = &column->names.entries[column->number];
    return entry->length == name.length && names_load_8(entry->text) == names_load_8(name.data) &&
           names_load_8(entry->text + name.length - 8) == names_load_8(name.data + name.length - 8);
}

static uint32_t number_any(struct columns *columns, struct column *column, struct bytes name)
{
    if (is_last(column, name))
        return column->number;
    const struct name_key key = names_key(&column->names, name);
    const uint32_t number = names_glance(&column->names, name, &key);
    column->name = NULL;
    return column->number =
               number != NAME_UNKNOWN
                   ? number
                   : number_name(columns, column, name, text_is_utf8(name.data, name.length));
}

void columns_put_name(struct columns *columns, unsigned field, struct bytes name)
{
    struct column *const column = name.data == NULL ? NULL : place(columns, field);
    if (column != NULL)
        put_number(columns, column, number_any(columns, column, name));
}

void columns_put_part(struct columns *columns, unsigned field, struct bytes part, bool utf8)
{
    struct column *const column = place(columns, field);
    if (column != NULL)
        put_number(columns, column, number_name(columns, column, part, utf8));
}

/* The number of a name that stays where it is. */
static uint32_t number_lasting(struct columns *columns, struct column *column, const char *name)
{
    if (column->name != name) {
        const size_t length = strlen(name);
        column->number =
            number_name(columns, column, (struct bytes){name, length}, text_is_utf8(name, length));
        column->name = name;
    }
    return column->number;
}

void columns_put_lasting(struct columns *columns, unsigned field, const char *name)
{
    struct column *const column = name == NULL ? NULL : place(columns, field);
    if (column != NULL)
        put_number(columns, column, number_lasting(columns, column, name));
}

static void fill_number(struct columns *columns, struct column *column, uint32_t number,
                        size_t count)
{
    uint32_t *const values = (uint32_t *)column->values + columns->rows;
    for (size_t i = 0; i < count; i++)
        values[i] = number == NAME_UNKNOWN ? 0 : number;
    if (number == NAME_UNKNOWN)
        columns->no_memory = true;
    else
        columns->weight += count * names_text(&column->names, number).length;
}

void columns_fill_lasting(struct columns *columns, unsigned field, const char *name, size_t count)
{
    struct column *const column = name == NULL ? NULL : columns_span(columns, field, count);
    if (column != NULL)
        fill_number(columns, column, number_lasting(columns, column, name), count);
}

void columns_fill_name(struct columns *columns, unsigned field, struct bytes name, size_t count)
{
    struct column *const column = name.data == NULL ? NULL : columns_span(columns, field, count);
    if (column != NULL)
        fill_number(columns, column, number_any(columns, column, name), count);
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
    if (at + count > column->capacity && !grow(columns, column, at + count))
        return;
    fill_nulls(column, at);
    column->count += count_valid(from, begin, count);
    memcpy(column->valid + at, from->valid + begin, count);
    if (type != COLUMN_NAME)
        memcpy((char *)column->values + at * width, (const char *)from->values + begin * width,
               count * width);
    column->rows = at + count;
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

size_t columns_fit(const struct columns *columns, size_t begin, uint64_t weight)
{
    uint64_t sum = 0;
    size_t row = begin;
    if (begin == 0 && columns->weight <= weight)
        return columns->rows;
    for (; row < columns->rows; row++) {
        sum += weigh(columns, row);
        if (sum > weight)
            break;
    }
    return row - begin;
}
