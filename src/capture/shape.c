/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <string.h>

#define EACH_BYTE(byte) (0x0101010101010101U * (uint64_t)(byte))

enum {
    NAME_MAX_LENGTH = 40
};

static uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The bytes that a name may hold: name_byte of the grammar. */
static const bool name_bytes[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
    ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1,
    ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
    ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
    ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
    ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
    ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
    ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['_'] = 1, ['.'] = 1,
    [':'] = 1, ['@'] = 1, ['/'] = 1, ['#'] = 1, ['+'] = 1, ['-'] = 1,
};

/* May the grammar take a name of this length that begins so for the end of the time before it: a zone, a year? */
static bool is_doubtful(const char *name, size_t length)
{
    const char first = name[0];
    if (first == '+' || first == '-')
        return true;
    return length <= 4 && (is_digit(first) || first == 'U' || first == 'Z' || first == 'z');
}

void shape_learn(struct shape *shape, const char *begin, const struct line *line)
{
    const char *const text = line->text.data;
    const char *const head_end = line->modem.data != NULL ? line->modem.data : text;
    shape->known = false;
    if (line->role != LINE_RECORD || line->quoted || line->lossy || line->time.data == NULL ||
        line->time.data < begin || head_end <= line->time.data ||
        head_end - begin > SHAPE_WORDS * 8)
        return;
    shape->head = (uint8_t)(head_end - begin);
    shape->has_modem = line->modem.data != NULL;
    shape->time = (uint8_t)(line->time.data - begin);
    shape->time_length = (uint8_t)line->time.length;
    shape->direction = (uint8_t)line->direction;
    shape->tail_bytes = shape->tail_cares = 0;
    shape->tail = 0;
    if (shape->has_modem) {
        const char *const tail = line->modem.data + line->modem.length;
        const size_t length = (size_t)(text - tail);
        if (length == 0 || length > sizeof shape->tail_bytes || (*tail != ' ' && *tail != '\t'))
            return;
        memcpy(&shape->tail_bytes, tail, length);
        memset(&shape->tail_cares, 0xff, length);
        shape->tail = (uint8_t)length;
    }
    char bytes[SHAPE_WORDS * 8] = {0};
    char digits[SHAPE_WORDS * 8] = {0};
    char cares[SHAPE_WORDS * 8] = {0};
    for (size_t i = 0; i < shape->head; i++) {
        const bool digit = is_digit(begin[i]);
        digits[i] = digit ? '\xff' : '\0';
        bytes[i] = digit ? '0' : begin[i];
        cares[i] = '\xff';
    }
    memcpy(shape->bytes, bytes, sizeof bytes);
    memcpy(shape->digits, digits, sizeof digits);
    memcpy(shape->cares, cares, sizeof cares);
    shape->known = true;
}

/* A word of the head: digits where digits stood, all else the same. A byte is a digit if its upper half is 3, and is so still
 * with 6 added; no byte that is not one carries over: those have the upper half 3 too, or the first test fails. */
static bool is_same(uint64_t word, uint64_t bytes, uint64_t digits, uint64_t cares)
{
    const uint64_t upper = EACH_BYTE(0xf0);
    const uint64_t plain = (word ^ bytes) & cares & ~(digits & EACH_BYTE(0x0f));
    const uint64_t low = word & EACH_BYTE(0x0f);
    const uint64_t over = (low + EACH_BYTE(0x06)) & upper & digits;
    return (plain | over) == 0;
}

const char *shape_match(const struct shape *shape, const char *begin, struct bytes *modem)
{
    for (size_t i = 0; i * 8 < shape->head; i++)
        if (!is_same(load(begin + i * 8), shape->bytes[i], shape->digits[i], shape->cares[i]))
            return NULL;
    const char *const name = begin + shape->head;
    if (!shape->has_modem) {
        *modem = (struct bytes){NULL, 0};
        return name;
    }
    size_t length = 0;
    while (length < NAME_MAX_LENGTH && name_bytes[(unsigned char)name[length]])
        length++;
    if (length == 0 || is_doubtful(name, length) ||
        ((load(name + length) ^ shape->tail_bytes) & shape->tail_cares) != 0)
        return NULL;
    *modem = (struct bytes){name, length};
    return name + length + shape->tail;
}
