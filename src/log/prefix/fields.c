/* SPDX-License-Identifier: MIT */
#include "log/prefix/fields.h"

#include <field_hash.h>
#include <string.h>

#include "log/prefix/anchor.h"
#include "log/text/moment.h"
#include "log/text/span.h"

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
    LONGEST_WORD = sizeof "received" - 1,
    TEXT_BEGIN = 256 /* bytes of a text that are looked at */
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

static struct field_name look_up(struct bytes name)
{
    const unsigned slot = field_hash(name.data, name.length, FIELD_FACTOR) % FIELD_SLOTS;
    const unsigned number = field_slots[slot];
    if (number != 0 && fields[number - 1].length == name.length &&
        is_same(fields[number - 1].name, name.data, name.length))
        return (struct field_name){(enum field_role)fields[number - 1].role, (uint8_t)number};
    return (struct field_name){FIELD_NONE, 0};
}

struct field_name field_find(struct bytes name)
{
    if (name.length == 0)
        return (struct field_name){FIELD_NONE, 0};
    const struct field_name field = look_up(name);
    /* GELF writes _ before names of one's own. */
    if (field.role == FIELD_NONE && name.length > 1 && *name.data == '_')
        return look_up((struct bytes){name.data + 1, name.length - 1});
    return field;
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

/* Is it what the module or the host says, from a line end on or up to one, or a message? */
static bool is_of_wire(struct bytes text)
{
    struct sbfota_event event;
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] < ' ' && !is_line_end(text.data[i]) && text.data[i] != '\t') ||
            text.data[i] > '~')
            return false;
    if (text.length > 1 && (is_line_end(text.data[0]) || is_line_end(text.data[text.length - 1]) ||
                            memcmp(text.data, "AT", 2) == 0 || *text.data == '+'))
        return true;
    sbfota_decode_line(text.data, text.length, &event);
    return event.kind != SBFOTA_OTHER && event.kind != SBFOTA_NONE;
}

enum escapes field_escapes(struct bytes text, enum escapes usual)
{
    char bytes[TEXT_BEGIN];
    struct place places[TEXT_BEGIN];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = sizeof bytes};
    if (is_hexadecimal(text))
        return ESCAPES_HEX;
    if (!is_in_sextets(text))
        return usual;
    wire_read(&wire, ESCAPES_BASE64, text, text.data);
    return is_of_wire((struct bytes){bytes, wire.length}) ? ESCAPES_BASE64 : usual;
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

bool field_holds_message(struct bytes value)
{
    char bytes[TEXT_BEGIN];
    struct place places[TEXT_BEGIN];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = sizeof bytes - 1};
    struct anchor anchor;
    if (value.data == NULL || value.length == 0)
        return false;
    const enum escapes escapes = field_escapes(value, ESCAPES_NONE);
    if (escapes != ESCAPES_NONE) {
        wire_read(&wire, escapes, value, value.data);
        for (size_t i = 0; i < wire.length; i++)
            if (bytes[i] == '\n')
                bytes[i] = '\r';
        bytes[wire.length] = '\n';
        value = (struct bytes){bytes, wire.length};
    }
    return anchor_find(value.data, value.data + value.length, &anchor);
}

bool field_read_pair(const char **next, struct bytes *name, struct bytes *value)
{
    return read_pair(next, name, value);
}

bool field_line(const struct field_choice *choice, struct line *line)
{
    if (choice->text.value.data == NULL ||
        (choice->about && choice->time.value.data == NULL && choice->direction.value.data == NULL))
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
