/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include <field_hash.h>
#include <string.h>

#include "anchor.h"
#include "moment.h"
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
    uint8_t length;
    uint8_t direction;
} words[] = {
#define FIELD(role, name)
#define WORD(direction, word) {word, sizeof word - 1, DIRECTION_##direction},
#include "fields.def"
#undef FIELD
#undef WORD
};

enum {
    LONGEST_WORD = sizeof "received" - 1
};

static char fold(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
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

const char *field_next_name(enum field_role role, size_t *next)
{
    while (*next < sizeof fields / sizeof fields[0]) {
        const size_t number = (*next)++;
        if (fields[number].role == role)
            return fields[number].name;
    }
    return NULL;
}

enum direction field_direction(struct bytes word)
{
    if (word.length == 0 || word.length > LONGEST_WORD)
        return DIRECTION_NONE;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].length == word.length && is_same(words[i].word, word.data, word.length))
            return (enum direction)words[i].direction;
    return DIRECTION_NONE;
}

enum escapes field_escapes(struct bytes text, enum escapes usual)
{
    return is_hexadecimal(text) ? ESCAPES_HEX : usual;
}

static bool is_in_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (fold(byte) >= 'a' && fold(byte) <= 'z') ||
           byte == '_' || byte == '-';
}

struct bytes field_time(const char *begin, const char *end)
{
    struct moment moment;
    for (const char *at = begin; at < end; at++)
        if ((at == begin || !is_in_word(at[-1])) && moment_read(at, end, &moment) > 0 &&
            moment.kind != MOMENT_UPTIME)
            return moment.text;
    return (struct bytes){NULL, 0};
}

bool field_is_time(struct bytes value)
{
    struct moment moment;
    return value.length > 0 &&
           moment_read(value.data, value.data + value.length, &moment) == value.length;
}

/* The begin of what hexadecimal digits stand for, with a line feed behind it. */
static struct bytes read_hexadecimal(struct bytes digits, char *bytes, size_t room)
{
    size_t length = 0;
    unsigned value = 1; /* a one, and the digits of a byte behind it */
    for (size_t i = 0; i < digits.length && length + 1 < room; i++) {
        const char digit = fold(digits.data[i]);
        if (digit == ' ')
            continue;
        value = value << 4 | (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        if (value > 0xff) {
            const unsigned byte = value & 0xff;
            bytes[length++] = (char)(byte == '\n' ? '\r' : byte);
            value = 1;
        }
    }
    bytes[length] = '\n';
    return (struct bytes){bytes, length};
}

bool field_holds_message(struct bytes value)
{
    char bytes[256];
    struct anchor anchor;
    if (value.data == NULL || value.length == 0)
        return false;
    if (is_hexadecimal(value))
        value = read_hexadecimal(value, bytes, sizeof bytes);
    return anchor_find(value.data, value.data + value.length, &anchor);
}

bool field_read_pair(const char **next, struct bytes *name, struct bytes *value)
{
    return read_pair(next, name, value);
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
