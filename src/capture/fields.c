/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include <field_hash.h>
#include <string.h>

#include "span.h"

#include "fields.inc"
#include "values.inc"

static const struct {
    const char *name;
    uint8_t length;
    uint8_t role;
} fields[] = {
#define FIELD(role, name) {name, sizeof name - 1, FIELD_##role},
#define WORD(direction, word)
#include "fields.def"
#undef FIELD
#undef WORD
};

static const struct {
    const char *word;
    enum direction direction;
} words[] = {
#define FIELD(role, name)
#define WORD(direction, word) {word, DIRECTION_##direction},
#include "fields.def"
#undef FIELD
#undef WORD
};

static char fold(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static bool is_same(const char *one, const char *other, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (one[i] != other[i] && fold(one[i]) != fold(other[i]))
            return false;
    return true;
}

struct field_name field_find(struct bytes name)
{
    const unsigned slot = field_hash(name.data, name.length, FIELD_FACTOR) % FIELD_SLOTS;
    const unsigned number = field_slots[slot];
    if (number == 0 || fields[number - 1].length != name.length ||
        !is_same(fields[number - 1].name, name.data, name.length))
        return (struct field_name){FIELD_NONE, 0};
    return (struct field_name){(enum field_role)fields[number - 1].role, (uint8_t)number};
}

enum direction field_direction(struct bytes word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == word.length && is_same(words[i].word, word.data, word.length))
            return words[i].direction;
    return DIRECTION_NONE;
}

enum escapes field_escapes(struct bytes text, enum escapes usual)
{
    return is_hexadecimal(text) ? ESCAPES_HEX : usual;
}

struct bytes field_time(const char *begin, const char *end)
{
    bool within = false; /* a word */
    for (const char *at = begin; at < end; at++) {
        const bool is_digit = *at >= '0' && *at <= '9';
        const size_t length = within || !is_digit ? 0 : measure_time(at);
        if (length > 0 && length <= (size_t)(end - at))
            return (struct bytes){at, length};
        within = is_digit || (fold(*at) >= 'a' && fold(*at) <= 'z') || *at == '_' || *at == '-';
    }
    return (struct bytes){NULL, 0};
}

bool field_line(const struct field_choice *choice, struct line *line)
{
    if (choice->text.value.data == NULL)
        return false;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = choice->text.value;
    line->escapes = choice->escapes;
    line->time = choice->time.value;
    line->modem = choice->modem.value;
    line->direction = choice->direction.value.data == NULL
                          ? DIRECTION_NONE
                          : field_direction(choice->direction.value);
    return true;
}
