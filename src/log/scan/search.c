/* SPDX-License-Identifier: MIT */
#include "log/scan/search.h"

#include <sbfota/sbfota.h>
#include <stddef.h>
#include <string.h>

#include "codec/vector.h"
#include "log/text/last.h"

#include "search.inc"

enum {
    STEP =
        128 /* bytes looked at together: a line over SBFOTA_LINE_MAX has a whole step without a line feed */
};

/* Where a search is. */
struct search_place {
    const char *begin;
    const char *end;
    const char *step;
};

/* May a command go on behind AT? Not as a word does; its sign may be spelled in any way. */
static bool may_be_command(const char *at, const char *end)
{
    const char *const begin = at;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at == end)
        return true;
    const int letter = *at | 0x20;
    if (letter >= 'a' && letter <= 'z')
        return at == begin &&
               memchr(SEARCH_COMMAND_LETTERS, letter, sizeof SEARCH_COMMAND_LETTERS - 1) != NULL;
    return *at < '0' || *at > '9';
}

/* Does a word stand around its pair of letters, whose first one is here? One whose letters may have
 * any case is given in lower case. */
static inline bool has_word(const char *at, const struct search_place *place, const char *word,
                            size_t length, size_t pair, bool any_case)
{
    if ((size_t)(at - place->begin) < pair || (size_t)(place->end - at) < length - pair)
        return false;
    at -= pair;
    if (!any_case)
        return memcmp(at, word, length) == 0;
    for (size_t i = 0; i < length; i++)
        if ((at[i] | 0x20) != word[i])
            return false;
    return true;
}

/* Does any of the words? */
static bool is_candidate(const char *at, const struct search_place *place, bool answers)
{
    if (at < place->begin || at >= place->end)
        return false;
#define WORD(word, pair) has_word(at, place, word, sizeof(word) - 1, (pair), false)
#define ANY_CASE(word, pair) has_word(at, place, word, sizeof(word) - 1, (pair), true)
#define COMMAND(word, pair) \
    (ANY_CASE(word, pair) && may_be_command(at - (pair) + sizeof(word) - 1, place->end))
    switch (*at) {
        SEARCH_WORDS(WORD, ANY_CASE, COMMAND)
    }
    if (!answers)
        return false;
    switch (*at) {
        SEARCH_ANSWER_WORDS(WORD, ANY_CASE, COMMAND)
    }
#undef COMMAND
#undef ANY_CASE
#undef WORD
    return false;
}

/* Is the line around a step without line feeds too long for a message? */
static bool is_long(const struct search_place *place)
{
    const char *from = place->step;
    const char *to = place->step + STEP;
    while (from > place->begin && from[-1] != '\n' && place->step - from <= SBFOTA_LINE_MAX)
        from--;
    while (to < place->end && *to != '\n' && to - from <= SBFOTA_LINE_MAX)
        to++;
    return to - from > SBFOTA_LINE_MAX;
}

/* The line feeds of 64 bytes, a bit each. */
static inline uint64_t feed_bits(const char *bytes)
{
    uint64_t feeds = 0;
    for (unsigned at = 0; at < 64; at += SBFOTA_AT_A_TIME)
        feeds |= (uint64_t)sbfota_bits(sbfota_are(sbfota_load_vector(bytes + at), '\n')) << at;
    return feeds;
}

/* What is given if something is found in a step whose bytes stand here, with so many line feeds before it. The line begins behind
 * the last line feed of the step before that, or before the step. */
static inline struct candidate take_found(const struct search_place *place, const char *bytes,
                                          const char *found, uint64_t line_feeds)
{
    const ptrdiff_t count = found - place->step;
    struct candidate candidate = {NULL, line_feeds};
    for (ptrdiff_t at = 0; at < count; at += 64) {
        uint64_t feeds = feed_bits(bytes + at);
        if (count - at < 64)
            feeds &= (1ULL << (count - at)) - 1;
        if (feeds != 0)
            candidate.line = place->step + at + 64 - __builtin_clzll(feeds);
        for (; feeds != 0; feeds &= feeds - 1)
            candidate.line_feeds++;
    }
    if (candidate.line == NULL)
        candidate.line = line_begin(place->step + (count < 0 ? count : 0), place->begin);
    return candidate;
}

/* Does a step have a pair, and how many line feeds? */
typedef bool look_function(const char *bytes, bool answers, unsigned *feeds);
/* Where is the first candidate of a step whose bytes stand here? NULL if there is none. */
typedef const char *find_function(const char *bytes, const struct search_place *place,
                                  bool answers);

/* The search, step by step; those two do what differs from processor to processor. */
static inline __attribute__((always_inline)) struct candidate
search_by(const char *begin, const char *end, bool answers, look_function *look,
          find_function *find)
{
    struct search_place place = {begin, end, begin};
    uint64_t line_feeds = 0;
    char rest[STEP + 1];
    for (; place.step < end; place.step += STEP) {
        const bool is_whole = end - place.step > STEP;
        const char *bytes = place.step;
        if (!is_whole) { /* with what is no letter behind it */
            memset(rest, 0, sizeof rest);
            bytes = memcpy(rest, place.step, (size_t)(end - place.step));
        }
        unsigned feeds;
        if (look(bytes, answers, &feeds)) {
            const char *const found = find(bytes, &place, answers);
            if (found != NULL)
                return take_found(&place, bytes, found, line_feeds);
        }
        if (feeds == 0 && is_whole && is_long(&place))
            return take_found(&place, bytes, place.step, line_feeds);
        line_feeds += feeds;
    }
    return (struct candidate){NULL, line_feeds};
}

uint64_t search_count_returns(const char *begin, const char *end)
{
    uint64_t count = 0;
    for (const char *at = begin; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++) {
        const ptrdiff_t behind = end - at - 1;
        count += !(behind > 0 && at[1] == '\n') && !(behind > 1 && at[1] == '\r' && at[2] == '\n');
    }
    return count;
}

bool search_has_returns(const char *begin, const char *end)
{
    const char *at = begin;
    for (; end - at > SBFOTA_AT_A_TIME; at += SBFOTA_AT_A_TIME) {
        const sbfota_vector turns = sbfota_are(sbfota_load_vector(at), '\r');
        const sbfota_vector odd =
            turns & sbfota_others(sbfota_are(sbfota_load_vector(at + 1), '\n'));
        if (!sbfota_any(odd))
            continue;
        for (unsigned bits = sbfota_bits(odd); bits != 0; bits &= bits - 1) {
            const char *const lone = at + __builtin_ctz(bits);
            if (!(end - lone > 2 && lone[1] == '\r' && lone[2] == '\n'))
                return true;
        }
    }
    return search_count_returns(at, end) > 0;
}

#ifdef SBFOTA_SIMD

/* The sum of the bytes of a vector, all of them small. */
static inline uint64_t sum_bytes(uint64_t low, uint64_t high)
{
    return (low + high) * (~0ULL / 255) >> 56;
}

static inline uint64_t sum_vector(sbfota_vector counts)
{
    uint64_t parts[2];
    memcpy(parts, &counts, sizeof parts);
    return sum_bytes(parts[0], parts[1]);
}

#define SEARCH_NAME(name) name##_simd
#define SEARCH_TARGET
#define SEARCH_VECTOR sbfota_vector
#define SEARCH_ANY(mask) sbfota_any(mask)
#define SEARCH_BITS(mask) sbfota_bits(mask)
#define SEARCH_SUM(counts) sum_vector(counts)
#include "log/scan/search_vector.h"
#undef SEARCH_NAME
#undef SEARCH_TARGET
#undef SEARCH_VECTOR
#undef SEARCH_ANY
#undef SEARCH_BITS
#undef SEARCH_SUM

#ifdef __SSE2__
#include <immintrin.h>

typedef unsigned char vector_avx2 __attribute__((vector_size(32)));

#define SEARCH_NAME(name) name##_avx2
#define SEARCH_TARGET __attribute__((target("avx2")))
#define SEARCH_VECTOR vector_avx2
#define SEARCH_ANY(mask) (_mm256_movemask_epi8((__m256i)(mask)) != 0)
#define SEARCH_BITS(mask) _mm256_movemask_epi8((__m256i)(mask))
#define SEARCH_SUM(counts) sum_avx2((__m256i)(counts))

SEARCH_TARGET static inline uint64_t sum_avx2(__m256i counts)
{
    const __m256i sums = _mm256_sad_epu8(counts, _mm256_setzero_si256());
    const __m128i both =
        _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (uint64_t)_mm_cvtsi128_si64(_mm_add_epi64(both, _mm_unpackhi_epi64(both, both)));
}
#include "log/scan/search_vector.h"

search_function *search_by_rank(unsigned rank)
{
    __builtin_cpu_init();
    rank += __builtin_cpu_supports("avx2") ? 0 : 1;
    return rank == 0 ? search_avx2 : rank == 1 ? search_simd : NULL;
}
#else
search_function *search_by_rank(unsigned rank)
{
    return rank == 0 ? search_simd : NULL;
}
#endif

#else

/* What two bytes say, by both of them as they are loaded; [0] and, where answers are looked for, [1]. Bytes that are
 * compared one after another cost three times as much. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define P(first, second, says) [(first) << 8 | (second)] = (says),
#else
#define P(first, second, says) [(second) << 8 | (first)] = (says),
#endif
static const unsigned char pairs_say[2][1 << 16] = {{SEARCH_TABLE(P)}, {SEARCH_ANSWER_TABLE(P)}};

enum {
    PIECE = 16 /* bytes whose pairs are summed up at once */
};

static inline unsigned sum_piece(const char *bytes, const unsigned char *says)
{
    unsigned sum = 0;
    for (size_t at = 0; at < PIECE; at += 2) {
        uint16_t pair;
        memcpy(&pair, bytes + at, sizeof pair);
        sum += says[pair];
    }
    return sum;
}

static inline bool look_table(const char *bytes, bool answers, unsigned *feeds)
{
    bool any = false;
    *feeds = 0;
    for (size_t at = 0; at < STEP; at += PIECE) {
        const unsigned sum = sum_piece(bytes + at, pairs_say[answers]);
        *feeds += sum;
        any |= sum >= SEARCH_HIT;
    }
    if (any) {
        *feeds = 0;
        for (size_t at = 0; at < STEP; at += PIECE)
            *feeds += sum_piece(bytes + at, pairs_say[answers]) % SEARCH_HIT;
    }
    return any;
}

/* The letter that is looked for may stand one place before the pair that tells of it. */
static inline const char *find_table(const char *bytes, const struct search_place *place,
                                     bool answers)
{
    for (size_t at = 0; at < STEP; at += PIECE) {
        if (sum_piece(bytes + at, pairs_say[answers]) < SEARCH_HIT)
            continue;
        for (const char *found = place->step + at - 1; found < place->step + at + PIECE; found++)
            if (is_candidate(found, place, answers))
                return found;
    }
    return NULL;
}

static struct candidate search_table(const char *begin, const char *end, bool answers)
{
    return search_by(begin, end, answers, look_table, find_table);
}

search_function *search_by_rank(unsigned rank)
{
    return rank == 0 ? search_table : NULL;
}
#endif

search_function *search_choose(void)
{
    return search_by_rank(0);
}
