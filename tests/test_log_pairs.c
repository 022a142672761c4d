/* SPDX-License-Identifier: MIT
 *
 * On each kind of processor, pairs_vector.h misses no pair of the digits that dumps are found by, and reads 65 bytes. Of the words that
 * a log is searched for, test_log_search.c shows it. */
#include "log/text/pairs.h"

#include <criterion/criterion.h>

#include "digits.inc"

#define PAIRS_NAME(kind) digits_##kind
#define PAIRS_COMPARED DIGITS_PAIRS
#define PAIRS_FIRST DIGITS_FIRST
#define PAIRS_SECOND DIGITS_SECOND
#include "log/text/pairs_vector.h"

static unsigned fold(unsigned byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20U : byte;
}

/* May a word begin with a pair, by the letters of the words? */
static bool is_of_a_word(unsigned first, unsigned second)
{
#define PAIR(a, b) ((unsigned char)(a) << 8 | (unsigned char)(b))
#define IN(row, number, place) ((row) >= 0 && (number) >= 0 && (place) >= -1)
    switch (fold(first) << 8 | fold(second)) {
        DIGITS_CASES(PAIR, IN)
    default: return false;
    }
#undef IN
#undef PAIR
}

static uint64_t find_pairs(enum pairs_kind kind, const char *bytes)
{
    switch (kind) {
#ifdef PAIRS_WIDE
    case PAIRS_AVX512: return digits_avx512(bytes);
    case PAIRS_AVX2: return digits_avx2(bytes);
#endif
    default: return digits_any(bytes);
    }
}

Test(pairs, none_is_missed)
{
    char bytes[PAIRS_AT_A_TIME + 1];
    for (unsigned kind = pairs_best(); kind < PAIRS_KIND_COUNT; kind++)
        for (unsigned pair = 0; pair < 1 << 16; pair++) {
            const unsigned place = pair % PAIRS_AT_A_TIME;
            memset(bytes, '.', sizeof bytes);
            bytes[place] = (char)(pair >> 8);
            bytes[place + 1] = (char)pair;
            const uint64_t found = find_pairs(kind, bytes);
            cr_assert(!is_of_a_word(pair >> 8, pair & 0xff) || found >> place & 1,
                      "kind %u: %02x %02x at %u", kind, pair >> 8, pair & 0xff, place);
            cr_assert(found >> place <= 1 && (place == 0 || (found << (64 - place)) == 0),
                      "kind %u: something else beside %02x %02x at %u", kind, pair >> 8,
                      pair & 0xff, place);
        }
}

Test(pairs, all_of_a_vector_are_found)
{
    static const char pair[] = "98";
    char bytes[PAIRS_AT_A_TIME + 1];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = pair[i % 2];
    for (unsigned kind = pairs_best(); kind < PAIRS_KIND_COUNT; kind++)
        cr_assert_eq(find_pairs(kind, bytes) & 0x5555555555555555, 0x5555555555555555, "kind %u",
                     kind);
}
