/* SPDX-License-Identifier: MIT */
#include "log/scan/search.h"

#include <sbfota/sbfota.h>
#include <stddef.h>
#include <string.h>

#include "log/text/last.h"
#include "log/text/pairs.h"

#include "search.inc"

/* The pairs of all words that may be looked for, and of those that always are. */
#define PAIRS_NAME(kind) all_pairs_##kind
#define PAIRS_COMPARED SEARCH_ALL_PAIRS
#define PAIRS_FIRST SEARCH_ALL_FIRST
#define PAIRS_SECOND SEARCH_ALL_SECOND
#include "log/text/pairs_vector.h"
#define PAIRS_NAME(kind) our_pairs_##kind
#define PAIRS_COMPARED SEARCH_PAIRS
#define PAIRS_FIRST SEARCH_FIRST
#define PAIRS_SECOND SEARCH_SECOND
#include "log/text/pairs_vector.h"

enum {
    HALF = PAIRS_AT_A_TIME,
    STEP =
        2 *
        HALF /* bytes looked at together: a line over SBFOTA_LINE_MAX has a whole step without a line feed */
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
static inline bool is_word(const char *at, const struct search_place *place, const char *word,
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
#define WORD(word, pair) is_word(at, place, word, sizeof(word) - 1, (pair), false)
#define ANY_CASE(word, pair) is_word(at, place, word, sizeof(word) - 1, (pair), true)
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
    const ptrdiff_t most = SBFOTA_LINE_MAX + 1;
    const bool is_far = place->step - place->begin > most;
    const char *const line = line_begin(place->step, is_far ? place->step - most : place->begin);
    const char *const behind = place->step + STEP;
    return place->end - line >= most &&
           (behind - line >= most ||
            memchr(behind, '\n', (size_t)(most - (behind - line))) == NULL);
}

/* The line feeds of 64 bytes, a bit each. */
static inline uint64_t feed_bits(const char *bytes)
{
    uint64_t feeds = 0;
    for (unsigned at = 0; at < HALF; at += SBFOTA_AT_A_TIME)
        feeds |= (uint64_t)sbfota_bits(sbfota_are(sbfota_load_vector(bytes + at), '\n')) << at;
    return feeds;
}

/* What is given if something is found in a step whose bytes stand here, with so many line feeds before it. The line begins behind
 * the last line feed of the step before that, or before the step. */
static inline struct candidate take_found(const struct search_place *place, const char *bytes,
                                          const char *found, uint64_t line_feeds)
{
    const ptrdiff_t count = found - place->step;
    struct candidate candidate = {.line_feeds = line_feeds};
    for (ptrdiff_t at = 0; at < count; at += HALF) {
        uint64_t feeds = feed_bits(bytes + at);
        if (count - at < HALF)
            feeds &= (1ULL << (count - at)) - 1;
        if (feeds != 0)
            candidate.line = place->step + at + HALF - __builtin_clzll(feeds);
        for (; feeds != 0; feeds &= feeds - 1)
            candidate.line_feeds++;
    }
    if (candidate.line == NULL)
        candidate.line = line_begin(place->step + (count < 0 ? count : 0), place->begin);
    return candidate;
}

/* The first candidate among the pairs of half a step, or NULL. */
static inline const char *check_pairs(uint64_t pairs, const char *half,
                                      const struct search_place *place, bool answers)
{
    for (; pairs != 0; pairs &= pairs - 1) {
        const char *const at = half + __builtin_ctzll(pairs);
        if (is_candidate(at, place, answers))
            return at;
    }
    return NULL;
}

/* Is one of these carriage returns, behind which no line feed stands, the end of a line? Not before <CR><LF>. */
static inline bool are_line_ends(uint64_t returns, const char *bytes)
{
    for (; returns != 0; returns &= returns - 1)
        if (memcmp(bytes + __builtin_ctzll(returns) + 1, "\r\n", 2) != 0)
            return true;
    return false;
}

/* What a step has: pairs, as a pairs_function tells them, and line feeds. */
struct step_look {
    uint64_t pairs[2];
    unsigned feeds;
};
typedef struct step_look look_function(const char *bytes);

/* The search, step by step; what differs from processor to processor is the look at one, and, where carriage returns without a line feed
 * are looked for too, at those. `long_lines`: those that are too long are candidates. */
static inline __attribute__((always_inline)) struct candidate
search_by(const char *begin, const char *end, bool answers, bool long_lines, look_function *look_at,
          pairs_function *find_returns)
{
    struct search_place place = {begin, end, begin};
    uint64_t line_feeds = 0;
    bool has_returns = false;
    char rest[STEP + 2];
    for (; place.step < end; place.step += STEP) {
        const bool is_whole = end - place.step > STEP + 1;
        const char *bytes = place.step;
        if (!is_whole) { /* with what is no letter behind it */
            memset(rest, 0, sizeof rest);
            bytes = memcpy(rest, place.step, (size_t)(end - place.step));
        }
        const struct step_look look = look_at(bytes);
        if (find_returns != NULL)
            has_returns = has_returns || are_line_ends(find_returns(bytes), bytes) ||
                          are_line_ends(find_returns(bytes + HALF), bytes + HALF);
        const char *found = NULL;
        if ((look.pairs[0] | look.pairs[1]) != 0) {
            found = check_pairs(look.pairs[0], place.step, &place, answers);
            if (found == NULL)
                found = check_pairs(look.pairs[1], place.step + HALF, &place, answers);
        }
        if (long_lines && found == NULL && look.feeds == 0 && is_whole && is_long(&place))
            found = place.step;
        if (found != NULL) {
            struct candidate candidate = take_found(&place, bytes, found, line_feeds);
            candidate.has_returns = has_returns;
            return candidate;
        }
        line_feeds += look.feeds;
    }
    return (struct candidate){NULL, line_feeds, has_returns};
}

/* The searches of a kind of processor. */
#define SEARCH(kind, target)                                                                       \
    target static struct candidate search_##kind(const char *begin, const char *end, bool answers) \
    {                                                                                              \
        return answers ? search_by(begin, end, true, true, look_for_all_##kind, NULL)              \
                       : search_by(begin, end, false, true, look_for_ours_##kind, NULL);           \
    }                                                                                              \
    target static struct candidate search_raw_##kind(const char *begin, const char *end,           \
                                                     bool answers)                                 \
    {                                                                                              \
        return answers                                                                             \
                   ? search_by(begin, end, true, true, look_for_all_##kind, find_returns_##kind)   \
                   : search_by(begin, end, false, true, look_for_ours_##kind,                      \
                               find_returns_##kind);                                               \
    }                                                                                              \
    target static bool has_word_##kind(const char *begin, const char *end)                         \
    {                                                                                              \
        return search_by(begin, end, false, false, look_for_ours_##kind, NULL).line != NULL;       \
    }

/* Its looks, where pairs are found and line feeds are counted each by itself. */
#define LOOKS(kind, target)                                                                  \
    target static inline struct step_look look_for_all_##kind(const char *bytes)             \
    {                                                                                        \
        return (struct step_look){{all_pairs_##kind(bytes), all_pairs_##kind(bytes + HALF)}, \
                                  count_feeds_##kind(bytes)};                                \
    }                                                                                        \
    target static inline struct step_look look_for_ours_##kind(const char *bytes)            \
    {                                                                                        \
        return (struct step_look){{our_pairs_##kind(bytes), our_pairs_##kind(bytes + HALF)}, \
                                  count_feeds_##kind(bytes)};                                \
    }

/* Carriage returns that no line feed follows. */
static inline uint64_t find_returns_any(const char *bytes)
{
    uint64_t returns = 0;
    for (unsigned at = 0; at < HALF; at += SBFOTA_AT_A_TIME) {
        const sbfota_vector turns = sbfota_are(sbfota_load_vector(bytes + at), '\r');
        const sbfota_vector feeds = sbfota_are(sbfota_load_vector(bytes + at + 1), '\n');
        const sbfota_vector alone = turns & sbfota_others(feeds);
        if (sbfota_any(alone))
            returns |= (uint64_t)sbfota_bits(alone) << at;
    }
    return returns;
}

#ifdef SBFOTA_SIMD

static inline unsigned count_feeds_any(const char *bytes)
{
    sbfota_vector counts = {0};
    for (unsigned at = 0; at < STEP; at += SBFOTA_AT_A_TIME)
        counts -= sbfota_are(sbfota_load_vector(bytes + at), '\n');
    uint64_t parts[2];
    memcpy(parts, &counts, sizeof parts);
    return (unsigned)((parts[0] + parts[1]) * (~0ULL / 255) >> 56);
}
LOOKS(any, )
SEARCH(any, )

#ifdef PAIRS_WIDE

PAIRS_TARGET_AVX2 static inline unsigned count_feeds_avx2(const char *bytes)
{
    pairs_vector_avx2 counts = {0};
    for (unsigned at = 0; at < STEP; at += sizeof counts) {
        pairs_vector_avx2 part;
        memcpy(&part, bytes + at, sizeof part);
        counts -= (pairs_vector_avx2)(part == '\n');
    }
    const __m256i sums = _mm256_sad_epu8((__m256i)counts, _mm256_setzero_si256());
    const __m128i both =
        _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (unsigned)_mm_cvtsi128_si32(_mm_add_epi64(both, _mm_unpackhi_epi64(both, both)));
}

PAIRS_TARGET_AVX2 static inline uint64_t find_returns_avx2(const char *bytes)
{
    uint64_t returns = 0;
    for (unsigned at = 0; at < HALF; at += sizeof(pairs_vector_avx2)) {
        pairs_vector_avx2 first;
        pairs_vector_avx2 second;
        memcpy(&first, bytes + at, sizeof first);
        memcpy(&second, bytes + at + 1, sizeof second);
        const __m256i alone = (__m256i)((first == '\r') & (second != '\n'));
        returns |= (uint64_t)(uint32_t)_mm256_movemask_epi8(alone) << at;
    }
    return returns;
}
LOOKS(avx2, PAIRS_TARGET_AVX2)
SEARCH(avx2, PAIRS_TARGET_AVX2)

PAIRS_TARGET_AVX512 static inline unsigned count_feeds_avx512(const char *bytes)
{
    const __m512i feed = _mm512_set1_epi8('\n');
    const uint64_t low = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), feed);
    const uint64_t high = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes + HALF), feed);
    return (unsigned)(__builtin_popcountll(low) + __builtin_popcountll(high));
}

PAIRS_TARGET_AVX512 static inline uint64_t find_returns_avx512(const char *bytes)
{
    const __mmask64 turns =
        _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), _mm512_set1_epi8('\r'));
    return _mm512_mask_cmpneq_epi8_mask(turns, _mm512_loadu_si512(bytes + 1),
                                        _mm512_set1_epi8('\n'));
}
LOOKS(avx512, PAIRS_TARGET_AVX512)
SEARCH(avx512, PAIRS_TARGET_AVX512)
#endif

struct searches search_by_rank(unsigned rank)
{
    switch (rank + pairs_best()) {
#ifdef PAIRS_WIDE
    case PAIRS_AVX512: return (struct searches){search_avx512, search_raw_avx512, has_word_avx512};
    case PAIRS_AVX2: return (struct searches){search_avx2, search_raw_avx2, has_word_avx2};
#endif
    case PAIRS_ANY: return (struct searches){search_any, search_raw_any, has_word_any};
    default: return (struct searches){NULL, NULL, NULL};
    }
}

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
    PIECE = 16, /* bytes whose pairs are summed up at once */
    PIECES = STEP / PIECE
};

static inline unsigned says_pair(const char *bytes, const unsigned char *says)
{
    uint16_t pair;
    memcpy(&pair, bytes, sizeof pair);
    return says[pair];
}

static inline unsigned sum_piece(const char *bytes, const unsigned char *says)
{
    unsigned sum = 0;
    for (size_t at = 0; at < PIECE; at += 2)
        sum += says_pair(bytes + at, says);
    return sum;
}

/* The letter that is looked for may stand one place before the two bytes that tell of it: those behind the step are looked at too. */
static inline struct step_look look_by_table(const char *bytes, const unsigned char *says)
{
    struct step_look look = {{0, 0}, 0};
    unsigned sums[PIECES];
    bool any = says_pair(bytes + STEP, says) >= SEARCH_HIT;
    if (any)
        look.pairs[1] = 1ULL << (HALF - 1);
    for (unsigned i = 0; i < PIECES; i++) {
        sums[i] = sum_piece(bytes + (size_t)PIECE * i, says);
        look.feeds += sums[i];
        any |= sums[i] >= SEARCH_HIT;
    }
    if (!any)
        return look;
    look.feeds = 0;
    for (unsigned i = 0; i < PIECES; i++) {
        const unsigned at = PIECE * i;
        look.feeds += sums[i] % SEARCH_HIT;
        if (sums[i] < SEARCH_HIT)
            continue;
        look.pairs[at / HALF] |= ((1ULL << PIECE) - 1) << at % HALF;
        if (at > 0)
            look.pairs[(at - 1) / HALF] |= 1ULL << (at - 1) % HALF;
    }
    return look;
}

static inline struct step_look look_for_all_table(const char *bytes)
{
    return look_by_table(bytes, pairs_say[1]);
}

static inline struct step_look look_for_ours_table(const char *bytes)
{
    return look_by_table(bytes, pairs_say[0]);
}

static inline uint64_t find_returns_table(const char *bytes)
{
    return find_returns_any(bytes);
}
SEARCH(table, )

struct searches search_by_rank(unsigned rank)
{
    return rank == 0 ? (struct searches){search_table, search_raw_table, has_word_table}
                     : (struct searches){NULL, NULL, NULL};
}
#endif

uint64_t search_count_returns(const char *begin, const char *end)
{
    uint64_t count = 0;
    for (const char *at = begin; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++) {
        const ptrdiff_t behind = end - at - 1;
        count += !(behind > 0 && at[1] == '\n') && !(behind > 1 && at[1] == '\r' && at[2] == '\n');
    }
    return count;
}
