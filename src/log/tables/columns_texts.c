/* SPDX-License-Identifier: MIT
 *
 * Texts and names in columns. */
#include "log/tables/columns.h"

#include <stdlib.h>

#include "log/text/utf8.h"

enum {
    FIRST_BYTES = 4096
};

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
    struct column *const column = text.data == NULL ? NULL : columns_place(columns, field);
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
    struct column *const column = name.data == NULL ? NULL : columns_place(columns, field);
    if (column != NULL)
        put_number(columns, column, number_any(columns, column, name));
}

void columns_put_part(struct columns *columns, unsigned field, struct bytes part, bool utf8)
{
    struct column *const column = columns_place(columns, field);
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
    struct column *const column = name == NULL ? NULL : columns_place(columns, field);
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
