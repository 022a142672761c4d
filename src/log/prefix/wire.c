/* SPDX-License-Identifier: MIT */
#include "log/prefix/wire.h"

#include <stdlib.h>
#include <string.h>

#include "codec/vector.h"

static unsigned digit_value(unsigned char digit)
{
    if (digit <= '9')
        return digit - '0';
    return (digit | 0x20U) - 'a' + 10;
}

static unsigned read_digits(const unsigned char *begin, const unsigned char *end, unsigned base)
{
    unsigned value = 0;
    for (; begin < end; begin++)
        value = value * base + digit_value(*begin);
    return value;
}

/* The number that ends at `end`, behind what is no digit of its base. */
static unsigned numeral(const unsigned char *end, unsigned base)
{
    const unsigned char *begin = end;
    while (digit_value((unsigned char)(begin[-1] | 0x20U)) < base)
        begin--;
    return read_digits(begin, end, base);
}

/* What a letter behind a backslash stands for. */
static unsigned char named(unsigned char letter)
{
    static const char letters[] = "0abtnvfr";
    static const char bytes[] = "\0\a\b\t\n\v\f\r";
    return (unsigned char)bytes[strchr(letters, letter) - letters];
}

/* Letters of six bits; digits in another order; a character that is not one byte; a word of two bytes; and two bytes: each in one number over all bytes. */
#define SEXTETS 0x6000000
#define REVERSED 0x5000000
#define WORD_OF(value) (0x4000000 + (int)(value))
#define CHARACTER_OF(code) ((code) < 0x80 ? (int)(code) : (int)(0x2000000 + (code)))
#define PAIR_OF(first, second) (0x1000000 + ((first) << 8) + (second))
#define decimal(begin, end) read_digits(begin, end, 10)
#define octal(begin, end) read_digits(begin, end, 8)
#define hexadecimal(begin, end) read_digits(begin, end, 16)

#include "openers.inc"

#include "escapes.inc"

bool wire_make(struct wire *wire, size_t capacity)
{
    wire->bytes = malloc(capacity);
    wire->places = malloc(capacity * sizeof *wire->places);
    wire->length = 0;
    wire->capacity = capacity;
    return wire->bytes != NULL && wire->places != NULL;
}

void wire_free(struct wire *wire)
{
    free(wire->bytes);
    free(wire->places);
}

static void put(struct wire *wire, unsigned byte, size_t begin, size_t end)
{
    if (wire->length == wire->capacity)
        return;
    wire->places[wire->length] = (struct place){(uint32_t)begin, (uint32_t)end};
    wire->bytes[wire->length++] = (char)byte;
}

static void put_utf8(struct wire *wire, unsigned code, size_t begin, size_t end)
{
    if (code >= 0x10000) {
        put(wire, 0xf0 | code >> 18, begin, end);
        put(wire, 0x80 | (code >> 12 & 0x3f), begin, end);
    } else if (code >= 0x800) {
        put(wire, 0xe0 | code >> 12, begin, end);
    }
    if (code >= 0x800)
        put(wire, 0x80 | (code >> 6 & 0x3f), begin, end);
    else
        put(wire, 0xc0 | code >> 6, begin, end);
    put(wire, 0x80 | (code & 0x3f), begin, end);
}

/* What a letter of base64 stands for. */
static unsigned sextet(unsigned char letter)
{
    if (letter >= 'a')
        return letter - 'a' + 26U;
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A' + 0U;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52U;
    return letter == '+' || letter == '-' ? 62 : 63;
}

static void put_sextets(struct wire *wire, const char *letters, size_t count, size_t begin)
{
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++) {
        bits = (bits << 6 | sextet((unsigned char)letters[i])) & 0xffff;
        if (i > 0)
            put(wire, bits >> (6 - 2 * i) & 0xff, begin, begin + count);
    }
}

/* Which of some bytes are one of `begins`? */
static inline __attribute__((always_inline)) unsigned find_any(sbfota_vector bytes,
                                                               const char *begins, size_t count)
{
    sbfota_vector found = {0};
    for (size_t i = 0; i < count; i++)
        found |= sbfota_are(bytes, (unsigned char)begins[i]);
    return sbfota_bits(found);
}

/* At which of the next bytes, SBFOTA_AT_A_TIME at most, may an escape begin? Where it is known here what one begins with, no loop is
 * left. */
static inline unsigned find_openers(enum escapes style, const char *text, size_t length)
{
    char rest[SBFOTA_AT_A_TIME] = {0}; /* what begins no escape stands behind the text */
    const bool whole = length >= sizeof rest;
    if (!whole)
        memcpy(rest, text, length);
    const sbfota_vector bytes = sbfota_load_vector(whole ? text : rest);
    switch (style) {
    case ESCAPES_ANY: return find_any(bytes, OPENERS_OF_ANY, sizeof OPENERS_OF_ANY - 1);
    case ESCAPES_CSV: return find_any(bytes, OPENERS_OF_CSV, sizeof OPENERS_OF_CSV - 1);
    default: return find_any(bytes, openers[style], strlen(openers[style]));
    }
}

static bool has_any_escapes(enum escapes style)
{
    return style == ESCAPES_ANY || style == ESCAPES_CSV;
}

static bool has_zeros(struct bytes text)
{
    return text.length > 0 && memchr(text.data, '\0', text.length) != NULL;
}

/* Leave out the bytes of zero that stand at the begin or the end of a line. */
static void drop_zeros(struct wire *wire)
{
    size_t kept = 0;
    for (size_t next = 0, end; next < wire->length; next = end) {
        const bool begins = kept == 0 || is_line_end(wire->bytes[kept - 1]);
        for (end = next; end < wire->length && wire->bytes[end] == '\0';)
            end++;
        if (end > next && (begins || end == wire->length || is_line_end(wire->bytes[end])))
            next = end;
        end += end < wire->length;
        for (; next < end; next++, kept++) {
            wire->bytes[kept] = wire->bytes[next];
            wire->places[kept] = wire->places[next];
        }
    }
    wire->length = kept;
}

static void put_run(struct wire *wire, const char *bytes, size_t length, size_t begin)
{
    if (length > wire->capacity - wire->length)
        length = wire->capacity - wire->length;
    memcpy(wire->bytes + wire->length, bytes, length);
    struct place *const places = wire->places + wire->length;
    for (size_t i = 0; i < length; i++)
        places[i] = (struct place){(uint32_t)(begin + i), (uint32_t)(begin + i + 1)};
    wire->length += length;
}

size_t wire_line_end(const struct wire *wire, size_t at)
{
    for (; wire->length - at >= SBFOTA_AT_A_TIME; at += SBFOTA_AT_A_TIME) {
        const sbfota_vector bytes = sbfota_load_vector(wire->bytes + at);
        const sbfota_vector ends = sbfota_are(bytes, '\r') | sbfota_are(bytes, '\n');
        if (sbfota_any(ends))
            return at + sbfota_first(ends);
    }
    while (at < wire->length && !is_line_end(wire->bytes[at]))
        at++;
    return at;
}

/* What a token stands for. */
static void put_token(struct wire *wire, const char *token, size_t length, int byte, size_t begin)
{
    const size_t end = begin + length;
    if (length > 1 && (byte == '\r' || byte == '\n'))
        wire->has_ends = true;
    if (byte < PAIR_OF(0, 0)) { /* as mostly */
        if (byte >= 0)
            put(wire, (unsigned)byte, begin, end);
    } else if (byte == SEXTETS) {
        put_sextets(wire, token, length, begin);
    } else if (byte == REVERSED) {
        const unsigned char *const digits = (const unsigned char *)token;
        for (size_t at = length; at >= 2; at -= 2)
            put(wire, hexadecimal(digits + at - 2, digits + at), begin, end);
    } else if (byte >= WORD_OF(0)) {
        put(wire, (unsigned)byte & 0xff, begin, end);
        put(wire, (unsigned)byte >> 8 & 0xff, begin, end);
    } else if (byte >= CHARACTER_OF(0x80)) {
        put_utf8(wire, (unsigned)(byte - CHARACTER_OF(0x80) + 0x80), begin, end);
    } else {
        put(wire, (unsigned)(byte >> 8 & 0xff), begin, begin + 1);
        put(wire, (unsigned)(byte & 0xff), begin + 1, end);
    }
}

/* The bytes of a text at which an escape may begin. */
struct tries {
    enum escapes style;
    struct bytes text;
    bool any;     /* the byte behind one tells too */
    size_t step;  /* of so many bytes, the next to look at */
    unsigned may; /* those of the step before it that are left */
};

static inline struct tries begin_tries(enum escapes style, struct bytes text)
{
    return (struct tries){style, text, has_any_escapes(style), 0, 0};
}

/* Behind `from` at the earliest; those before it are none any more. The text's length if there is none. */
static inline size_t find_try(struct tries *tries, size_t from)
{
    const struct bytes text = tries->text;
    for (;;) {
        const size_t before = tries->step - SBFOTA_AT_A_TIME;
        if (tries->may != 0 && from > before)
            tries->may &= from - before < SBFOTA_AT_A_TIME ? ~0U << (from - before) : 0;
        while (tries->may != 0) {
            const size_t at = before + (unsigned)__builtin_ctz(tries->may);
            tries->may &= tries->may - 1;
            if (!tries->any || (opener_bits[(unsigned char)text.data[at]] &
                                second_bits[(unsigned char)text.data[at + 1]]) != 0)
                return at;
        }
        if (tries->step >= text.length)
            return text.length;
        tries->may = find_openers(tries->style, text.data + tries->step, text.length - tries->step);
        tries->step += SBFOTA_AT_A_TIME;
    }
}

bool wire_is_text(enum escapes style, struct bytes text)
{
    struct tries tries = begin_tries(style, text);
    return openers[style] != NULL && find_try(&tries, 0) == text.length &&
           !(has_any_escapes(style) && has_zeros(text));
}

void wire_read(struct wire *wire, enum escapes style, struct bytes text, const char *origin)
{
    const bool all = openers[style] == NULL;
    struct tries tries = begin_tries(style, text);
    size_t plain = 0; /* what stands for itself begins here */
    size_t next;
    wire->length = 0;
    wire->has_ends = false;
    while ((next = all ? plain : find_try(&tries, plain)) < text.length) {
        const char *const token = text.data + next;
        int byte = (unsigned char)*token;
        size_t length = read_token(style, token, &byte);
        if (length > text.length - next) {
            length = 1;
            byte = (unsigned char)*token;
        }
        if (!all && length == 1 && byte == (unsigned char)*token)
            continue;
        if (next > plain)
            put_run(wire, text.data + plain, next - plain, (size_t)(text.data + plain - origin));
        put_token(wire, token, length, byte, (size_t)(token - origin));
        plain = next + length;
    }
    if (text.length > plain)
        put_run(wire, text.data + plain, text.length - plain, (size_t)(text.data + plain - origin));
    if (has_any_escapes(style) && has_zeros((struct bytes){wire->bytes, wire->length}))
        drop_zeros(wire);
}
