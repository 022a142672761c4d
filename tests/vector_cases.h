/* SPDX-License-Identifier: MIT
 *
 * What src/codec/vector.h makes of bytes beside what one byte after another gives: for each of its kinds, which a test file
 * chooses before it includes this, with the name of its SUITE. */
#include <criterion/criterion.h>

#include "codec/skip.h"
#include "codec/vector.h"

enum {
    VECTOR_ROOM = 64,
    VECTOR_ROUNDS = 4000
};

static unsigned vector_random = 1;

static unsigned vector_below(unsigned limit)
{
    vector_random = vector_random * 1664525 + 1013904223;
    return (vector_random >> 8) % limit;
}

/* Bytes that are told apart by few of their bits, and any. */
static void make_bytes(unsigned char *bytes, size_t length)
{
    static const unsigned char near[] = {'\n', '\r', '+',  'q',  'Q',  ' ',  '\t', '"',
                                         0,    0x7f, 0x80, 0x8a, 0x8d, 0xff, 'x',  0x0b};
    for (size_t i = 0; i < length; i++)
        bytes[i] = vector_below(4) == 0 ? (unsigned char)vector_below(256)
                                        : near[vector_below(sizeof near)];
}

/* The mask of those of the bytes that are `byte`, by bits, first and any. */
static void check_mask(sbfota_vector mask, const unsigned char *bytes, unsigned char byte,
                       bool is_other)
{
    unsigned bits = 0;
    for (unsigned i = SBFOTA_AT_A_TIME; i-- > 0;)
        bits = bits << 1 | ((bytes[i] == byte) != is_other);
    cr_assert_eq(sbfota_bits(mask), bits, "%#x of %#x", sbfota_bits(mask), bits);
    cr_assert_eq(sbfota_any(mask), bits != 0);
    if (bits != 0)
        cr_assert_eq(sbfota_first(mask), (unsigned)__builtin_ctz(bits));
}

Test(SUITE, finds_a_byte_at_any_place)
{
    unsigned char bytes[VECTOR_ROOM];
    for (unsigned round = 0; round < VECTOR_ROUNDS; round++) {
        make_bytes(bytes, sizeof bytes);
        for (size_t at = 0; at + SBFOTA_AT_A_TIME <= sizeof bytes; at++) {
            const unsigned char byte = bytes[vector_below(sizeof bytes)];
            const sbfota_vector mask = sbfota_are(sbfota_load_vector(bytes + at), byte);
            check_mask(mask, bytes + at, byte, false);
            check_mask(sbfota_others(mask), bytes + at, byte, true);
        }
    }
}

Test(SUITE, repeats_each_byte)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        const sbfota_vector repeated = sbfota_repeat((unsigned char)byte);
        unsigned char bytes[SBFOTA_AT_A_TIME];
        memcpy(bytes, &repeated, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes; i++)
            cr_assert_eq(bytes[i], byte);
    }
}

/* Bytes that are like those that are asked for, but for some. */
Test(SUITE, tells_what_is_beyond_a_span)
{
    static const unsigned char spans[] = {0, 9, 255};
    unsigned char bytes[VECTOR_ROOM], least[VECTOR_ROOM], span[VECTOR_ROOM];
    for (unsigned round = 0; round < VECTOR_ROUNDS; round++) {
        make_bytes(bytes, sizeof bytes);
        make_bytes(least, sizeof least);
        for (size_t i = 0; i < sizeof span; i++) {
            span[i] = spans[vector_below(3)];
            if (span[i] == 9) {
                least[i] = '0';
                bytes[i] = (unsigned char)(vector_below(8) == 0 ? vector_below(256)
                                                                : '0' - 1 + vector_below(12));
            } else if (vector_below(4) != 0) {
                bytes[i] = least[i];
            }
        }
        for (size_t at = 0; at + SBFOTA_AT_A_TIME <= sizeof bytes; at++) {
            const sbfota_vector mask =
                sbfota_beyond(sbfota_load_vector(bytes + at), sbfota_load_vector(least + at),
                              sbfota_load_vector(span + at));
            unsigned bits = 0;
            for (unsigned i = 0; i < SBFOTA_AT_A_TIME; i++)
                bits |= (unsigned)((unsigned char)(bytes[at + i] - least[at + i]) > span[at + i])
                        << i;
            cr_assert_eq(sbfota_bits(mask), bits);
        }
    }
}

Test(SUITE, tells_what_is_outside_of_bounds)
{
    unsigned char bytes[VECTOR_ROOM];
    for (unsigned round = 0; round < VECTOR_ROUNDS; round++) {
        make_bytes(bytes, sizeof bytes);
        const unsigned least = vector_below(128), most = least + vector_below(128 - least);
        for (unsigned i = 0; i < 4; i++) /* the bounds themselves */
            bytes[vector_below(sizeof bytes)] =
                (unsigned char)((i < 2 ? least : most) + i % 2 * (i < 2 ? 255 : 1));
        for (size_t at = 0; at + SBFOTA_AT_A_TIME <= sizeof bytes; at++) {
            const sbfota_vector mask = sbfota_outside(sbfota_load_vector(bytes + at),
                                                      (unsigned char)least, (unsigned char)most);
            unsigned bits = 0;
            for (unsigned i = 0; i < SBFOTA_AT_A_TIME; i++)
                bits |= (unsigned)(bytes[at + i] < least || bytes[at + i] > most) << i;
            cr_assert_eq(sbfota_bits(mask), bits);
        }
    }
}

#ifdef SBFOTA_SKIPS
/* Where a skip ends: at the first byte that is one to stop at, or where less than a vector and one byte is left. */
static size_t skip_slowly(const unsigned char *bytes, size_t length,
                          bool (*stops)(const unsigned char *))
{
    size_t at = 0;
    while (length - at > SBFOTA_AT_A_TIME) {
        for (size_t i = 0; i < SBFOTA_AT_A_TIME; i++)
            if (stops(bytes + at + i))
                return at + i;
        at += SBFOTA_AT_A_TIME;
    }
    return at;
}

static bool is_no_blank(const unsigned char *at)
{
    return *at != ' ' && *at != '\t';
}

static bool is_no_line_end(const unsigned char *at)
{
    return *at != '\r' && *at != '\n';
}

static bool is_turn(const unsigned char *at)
{
    return *at == '\r' || *at == '\n' || (*at == '+' && (at[1] == 'q' || at[1] == 'Q'));
}

Test(SUITE, skips_as_far_as_one_byte_after_another)
{
    unsigned char bytes[VECTOR_ROOM];
    for (unsigned round = 0; round < VECTOR_ROUNDS; round++) {
        make_bytes(bytes, sizeof bytes);
        const unsigned run = vector_below(4), from = vector_below(8);
        for (size_t i = 0; run > 0 && i < 48; i++)
            bytes[from + i] = run == 1 ? ' ' : run == 2 ? '\n' : 'x';
        for (size_t length = 0; from + length <= sizeof bytes; length++) {
            const unsigned char *const p = bytes + from;
            const unsigned char *const pe = p + length;
            cr_assert_eq((size_t)(sbfota_skip_text(p, pe) - p), skip_slowly(p, length, is_turn));
            cr_assert_eq((size_t)(sbfota_skip_line_ends(p, pe) - p),
                         skip_slowly(p, length, is_no_line_end));
            cr_assert_eq((size_t)(sbfota_skip_blanks(p, pe) - p),
                         skip_slowly(p, length, is_no_blank));
        }
    }
}
#endif
