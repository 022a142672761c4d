/* SPDX-License-Identifier: MIT */
#include "log/form/dump_find.h"

#include <stdbool.h>
#include <string.h>

#include "log/text/last.h"
#include "log/text/pairs.h"

#include "digits.inc"

enum {
    LETTERS = 6,
    APART = 4 /* bytes between letters, at most, but for 0x, and for escapes */
};

/* Letters stand for both cases of themselves. */
struct digits_spelling {
    unsigned enough; /* letters in a row */
    const char *letters[LETTERS + 1];
};

#define SPELLING(enough, ...) {(enough), {__VA_ARGS__, NULL}},
static const struct digits_spelling spellings[] = {DIGITS_SPELLINGS(SPELLING)};
#undef SPELLING

/* What digits are looked for in. */
struct text {
    const char *begin;
    const char *end;
};

static unsigned char fold(char byte)
{
    return (unsigned char)byte | 0x20U;
}

static bool is_apart(char byte)
{
    return byte == ' ' || byte == '\t' || byte == ',' || byte == ':' || byte == '-';
}

/* Behind a letter that stands at `at`; NULL if it does not. */
static inline const char *skip_letter(const char *letter, const char *at, const char *end)
{
    for (; *letter != '\0'; letter++, at++)
        if (at >= end || fold(*at) != (unsigned char)*letter)
            return NULL;
    return at;
}

static bool is_x(char byte)
{
    return fold(byte) == 'x';
}

/* Behind what stands between letters; between numeric references ends one and begins another. */
static const char *skip_apart(const char *at, const char *end)
{
    if (end - at > 4 && at[0] == ';' && at[1] == '&' && at[2] == '#')
        return at + 3 + is_x(at[3]);
    for (int i = 0; i < APART && at < end && is_apart(*at); i++)
        at++;
    return end - at > 2 && (at[0] == '0' || at[0] == '\\') && at[1] == 'x' ? at + 2 : at;
}

/* Before it. */
static const char *skip_apart_back(const char *at, const char *begin)
{
    const char *const sign = at - begin > 4 ? at - 1 - is_x(at[-1]) : NULL;
    if (sign != NULL && sign[0] == '#' && sign[-1] == '&' && sign[-2] == ';')
        return sign - 2;
    if (at - begin >= 2 && at[-1] == 'x' && (at[-2] == '0' || at[-2] == '\\'))
        at -= 2;
    for (int i = 0; i < APART && at > begin && is_apart(at[-1]); i++)
        at--;
    return at;
}

/* How many letters of a spelling stand in a row from one on that may stand at `at`, with those before it? Letters of one byte are parted. */
static unsigned count_letters(const struct digits_spelling *spelling, unsigned number,
                              const char *at, struct text text)
{
    unsigned count = 0;
    const bool is_byte = spelling->letters[number][1] == '\0';
    const char *next = at;
    for (unsigned i = number; spelling->letters[i] != NULL; i++, count++) {
        const char *const behind = skip_letter(spelling->letters[i], next, text.end);
        if (behind == NULL)
            break;
        next = skip_apart(behind, text.end);
        if (is_byte && next == behind && next < text.end && *next != '\r' && *next != '\n')
            return 0;
    }
    if (count == 0)
        return 0;
    for (next = at; number > 0; number--, count++) {
        const char *const before = skip_apart_back(next, text.begin);
        const size_t size = strlen(spelling->letters[number - 1]);
        if ((size_t)(before - text.begin) < size || (is_byte && before == next) ||
            skip_letter(spelling->letters[number - 1], before - size, text.end) == NULL)
            break;
        next = before - size;
    }
    return count;
}

/* Is a pair of bytes that is looked for in the word, as it is spelled? */
static bool is_spelled(const char *at, struct text text)
{
#define PAIR(first, second) ((unsigned char)(first) << 8 | (unsigned char)(second))
#define IN(row, number, place)                                                      \
    (at - text.begin >= (place) &&                                                  \
     skip_letter(spellings[row].letters[number], at - (place), text.end) != NULL && \
     count_letters(&spellings[row], (number), at - (place), text) >= spellings[row].enough)
    switch (fold(at[0]) << 8 | fold(at[1])) {
        DIGITS_CASES(PAIR, IN)
    default: return false;
    }
#undef IN
#undef PAIR
}

#define PAIRS_NAME(kind) pairs_##kind
#define PAIRS_COMPARED DIGITS_PAIRS
#define PAIRS_FIRST DIGITS_FIRST
#define PAIRS_SECOND DIGITS_SECOND
#include "log/text/pairs_vector.h"

static inline __attribute__((always_inline)) const char *find_by(struct text text,
                                                                 pairs_function *find_pairs)
{
    const char *at = text.begin;
    for (; text.end - at > PAIRS_AT_A_TIME; at += PAIRS_AT_A_TIME)
        for (uint64_t pairs = find_pairs(at); pairs != 0; pairs &= pairs - 1)
            if (is_spelled(at + __builtin_ctzll(pairs), text))
                return line_begin(at, text.begin);
    for (; text.end - at > 1; at++)
        if (is_spelled(at, text))
            return line_begin(at, text.begin);
    return NULL;
}

#ifdef PAIRS_WIDE
PAIRS_TARGET_AVX2 static const char *find_avx2(struct text text)
{
    return find_by(text, pairs_avx2);
}

PAIRS_TARGET_AVX512 static const char *find_avx512(struct text text)
{
    return find_by(text, pairs_avx512);
}
#endif

const char *dump_find(const char *begin, const char *end)
{
    const struct text text = {begin, end};
    switch (pairs_best()) {
#ifdef PAIRS_WIDE
    case PAIRS_AVX512: return find_avx512(text);
    case PAIRS_AVX2: return find_avx2(text);
#endif
    default: return find_by(text, pairs_any);
    }
}
