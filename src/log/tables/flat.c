/* SPDX-License-Identifier: MIT */
#include "log/tables/flat.h"

#include <stdlib.h>
#include <string.h>

void flat_free(struct flat *flat)
{
    free(flat->bytes);
    memset(flat, 0, sizeof *flat);
}

const char *flat_begin(const struct flat *flat)
{
    return flat->bytes + flat->size - flat->used;
}

/* Room before what is there; it moves to the end of more. */
static bool make_room(struct flat *flat, size_t length)
{
    if (flat->size - flat->used >= length)
        return true;
    const size_t size = (flat->size + length) * 2;
    char *const bytes = malloc(size);
    if (bytes == NULL) {
        flat->no_memory = true;
        return false;
    }
    if (flat->used > 0)
        memcpy(bytes + size - flat->used, flat_begin(flat), flat->used);
    free(flat->bytes);
    flat->bytes = bytes;
    flat->size = size;
    return true;
}

static void put(struct flat *flat, const void *bytes, size_t length)
{
    if (length == 0 || !make_room(flat, length))
        return;
    flat->used += length;
    memcpy(flat->bytes + flat->size - flat->used, bytes, length);
}

/* Zeros, so that what comes before `length` more bytes is a multiple of `size`. */
static void align(struct flat *flat, size_t size, size_t length)
{
    static const char zeros[16];
    put(flat, zeros, (size - (flat->used + length) % size) % size);
}

/* Numbers are little-endian wherever this runs. */
static void put_number(struct flat *flat, uint64_t value, unsigned size)
{
    char bytes[8];
    for (unsigned i = 0; i < size; i++)
        bytes[i] = (char)(value >> 8 * i & 0xff);
    put(flat, bytes, size);
}

static void put_place(struct flat *flat, uint32_t place)
{
    put_number(flat, (uint32_t)flat->used + 4 - place, 4);
}

uint32_t flat_string(struct flat *flat, const char *string)
{
    const size_t length = strlen(string);
    align(flat, 4, length + 1);
    put(flat, "", 1);
    put(flat, string, length);
    put_number(flat, length, 4);
    return (uint32_t)flat->used;
}

uint32_t flat_places(struct flat *flat, const uint32_t *places, uint32_t count)
{
    align(flat, 4, 0);
    for (uint32_t i = count; i > 0; i--)
        put_place(flat, places[i - 1]);
    put_number(flat, count, 4);
    return (uint32_t)flat->used;
}

uint32_t flat_pairs(struct flat *flat, const int64_t (*pairs)[2], uint32_t count)
{
    align(flat, 8, 0);
    for (uint32_t i = count; i > 0; i--) {
        put_number(flat, (uint64_t)pairs[i - 1][1], 8);
        put_number(flat, (uint64_t)pairs[i - 1][0], 8);
    }
    put_number(flat, count, 4);
    return (uint32_t)flat->used;
}

void flat_table(struct flat *flat)
{
    memset(flat->fields, 0, sizeof flat->fields);
    flat->table = flat->used;
}

void flat_field(struct flat *flat, unsigned field, int64_t value, unsigned size)
{
    align(flat, size, 0);
    put_number(flat, (uint64_t)value, size);
    flat->fields[field] = (uint32_t)flat->used;
}

void flat_reference(struct flat *flat, unsigned field, uint32_t place)
{
    align(flat, 4, 0);
    put_place(flat, place);
    flat->fields[field] = (uint32_t)flat->used;
}

/* Before a table stands where its fields are; it begins with how far before. */
uint32_t flat_table_end(struct flat *flat, unsigned fields)
{
    const uint32_t before = 4 + 2 * fields;
    align(flat, 4, 0);
    put_number(flat, before, 4);
    const uint32_t place = (uint32_t)flat->used;
    for (unsigned i = fields; i > 0; i--)
        put_number(flat, flat->fields[i - 1] == 0 ? 0 : place - flat->fields[i - 1], 2);
    put_number(flat, place - flat->table, 2);
    put_number(flat, before, 2);
    return place;
}

void flat_root(struct flat *flat, uint32_t place)
{
    align(flat, 8, 4);
    put_place(flat, place);
}
