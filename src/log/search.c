/* SPDX-License-Identifier: MIT */
#include "search.h"

#include <sbfota/sbfota.h>
#include <stddef.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* May a command go on behind AT? Not as a word does; its sign may be spelled in any way. */
static bool may_be_command(const char *at, const char *end)
{
    static const char letters[] = "adehilmnopqstvwxz"; /* grammar/command.re */
    const char *const begin = at;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at == end)
        return true;
    const int letter = *at | 0x20;
    if (letter >= 'a' && letter <= 'z')
        return at == begin && memchr(letters, letter, sizeof letters - 1) != NULL;
    return *at < '0' || *at > '9';
}

/* What must stand around a pair of letters for its line to be a candidate. The pairs are rare in other lines:
 * sBFota, sbfota and qCFgext in any case; rDY; cME error. Where answers are looked for, also OK, eRRor and AT in any case. */
static bool is_candidate(const char *pair, const char *begin, const char *end)
{
    const size_t before = (size_t)(pair - begin);
    const size_t behind = (size_t)(end - pair);
    switch (*pair) {
    case 'B': return before >= 1 && behind >= 5 && memcmp(pair - 1, "SBFOTA", 6) == 0;
    case 'b': return before >= 1 && behind >= 6 && memcmp(pair - 1, "sbfota_", 7) == 0;
    case 'D': return before >= 1 && behind >= 2 && pair[-1] == 'R' && pair[1] == 'Y';
    case 'C':
    case 'c':
        return before >= 1 && behind >= 6 && (pair[-1] | 0x20) == 'q' && (pair[1] | 0x20) == 'f' &&
               (pair[2] | 0x20) == 'g' && (pair[3] | 0x20) == 'e' && (pair[4] | 0x20) == 'x' &&
               (pair[5] | 0x20) == 't';
    case 'O': return behind >= 2 && pair[1] == 'K';
    case 'R': return before >= 1 && behind >= 4 && memcmp(pair - 1, "ERROR", 5) == 0;
    case 'A':
    case 'a': return (pair[1] | 0x20) == 't' && may_be_command(pair + 2, end);
    case 'M': return before >= 1 && behind >= 8 && memcmp(pair - 1, "CME ERROR", 9) == 0;
    }
    return false;
}

static bool is_pair(const char *at, bool answers)
{
    const unsigned first = (unsigned char)at[0];
    const unsigned second = (unsigned char)at[1];
    return ((first | 0x21) == 'c' && (second | 0x20) == 'f') || (first == 'D' && second == 'Y') ||
           (first == 'M' && second == 'E') ||
           (answers && ((first == 'O' && second == 'K') || (first == 'R' && second == 'R') ||
                        ((first | 0x20) == 'a' && (second | 0x20) == 't')));
}

static const char *line_begin(const char *at, const char *begin)
{
    while (at > begin && at[-1] != '\n')
        at--;
    return at;
}

struct candidate search_portable(const char *begin, const char *end, bool answers)
{
    const char *line = begin;
    uint64_t line_feeds = 0;
    while (line < end) {
        const char *const feed = memchr(line, '\n', (size_t)(end - line));
        const char *const limit = feed == NULL ? end : feed;
        if (limit - line > SBFOTA_LINE_MAX)
            return (struct candidate){line, line_feeds};
        for (const char *at = line; at + 1 < limit; at++)
            if (is_pair(at, answers) && is_candidate(at, line, limit))
                return (struct candidate){line, line_feeds};
        if (feed == NULL)
            break;
        line = feed + 1;
        line_feeds++;
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
#if defined(__SSE2__) && defined(__GNUC__)
    const __m128i turn = _mm_set1_epi8('\r');
    const __m128i feed = _mm_set1_epi8('\n');
    for (; end - at > 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        const __m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
        const __m128i odd =
            _mm_andnot_si128(_mm_cmpeq_epi8(behind, feed), _mm_cmpeq_epi8(bytes, turn));
        for (unsigned bits = (unsigned)_mm_movemask_epi8(odd); bits != 0; bits &= bits - 1) {
            const char *const lone = at + __builtin_ctz(bits);
            if (!(end - lone > 2 && lone[1] == '\r' && lone[2] == '\n'))
                return true;
        }
    }
#endif
    return search_count_returns(at, end) > 0;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

enum {
    STEP =
        128 /* bytes looked at together: a line over SBFOTA_LINE_MAX has a whole step without a line feed */
};

/* Is the line around a step without line feeds too long for a message? */
static bool is_long(const char *step, const char *begin, const char *end)
{
    const char *from = step;
    const char *to = step + STEP;
    while (from > begin && from[-1] != '\n' && step - from <= SBFOTA_LINE_MAX)
        from--;
    while (to < end && *to != '\n' && to - from <= SBFOTA_LINE_MAX)
        to++;
    return to - from > SBFOTA_LINE_MAX;
}

/* What a search gives that has come to `step`, with so many line feeds before it, and has found nothing more: the rest is
 * less than a step. */
static struct candidate conclude(const char *begin, const char *end, const char *step,
                                 uint64_t line_feeds, bool answers)
{
    const char *const line = line_begin(step, begin);
    const struct candidate rest = search_portable(line, end, answers);
    return (struct candidate){rest.line, line_feeds + rest.line_feeds};
}

/* What it gives that has found something at `found`. `feeds` are the line feeds of the step, a bit each; the candidate's line
 * begins behind the last of those before it, or before the step. */
static struct candidate take_found(const char *begin, const char *step, const char *found,
                                   uint64_t line_feeds, const uint64_t feeds[2])
{
    const size_t place = (size_t)(found - step);
    const uint64_t low = place >= 64 ? feeds[0] : feeds[0] & ((1ULL << place) - 1);
    const uint64_t high = place > 64 ? feeds[1] & ((1ULL << (place - 64)) - 1) : 0;
    line_feeds += (uint64_t)__builtin_popcountll(low) + (uint64_t)__builtin_popcountll(high);
    if (high != 0)
        return (struct candidate){step + 128 - __builtin_clzll(high), line_feeds};
    if (low != 0)
        return (struct candidate){step + 64 - __builtin_clzll(low), line_feeds};
    return (struct candidate){line_begin(step, begin), line_feeds};
}

/* The letters of a pair, 32 of them at once. */
__attribute__((target("avx2"))) static inline __m256i find_pairs(__m256i first, __m256i second,
                                                                 bool answers)
{
    const __m256i any_case = _mm256_set1_epi8(0x20);
    const __m256i b_or_c =
        _mm256_cmpeq_epi8(_mm256_or_si256(first, _mm256_set1_epi8(0x21)), _mm256_set1_epi8('c'));
    const __m256i f = _mm256_cmpeq_epi8(_mm256_or_si256(second, any_case), _mm256_set1_epi8('f'));
    const __m256i dy = _mm256_and_si256(_mm256_cmpeq_epi8(first, _mm256_set1_epi8('D')),
                                        _mm256_cmpeq_epi8(second, _mm256_set1_epi8('Y')));
    const __m256i me = _mm256_and_si256(_mm256_cmpeq_epi8(first, _mm256_set1_epi8('M')),
                                        _mm256_cmpeq_epi8(second, _mm256_set1_epi8('E')));
    const __m256i ours = _mm256_or_si256(_mm256_and_si256(b_or_c, f), _mm256_or_si256(dy, me));
    if (!answers)
        return ours;
    const __m256i ok = _mm256_and_si256(_mm256_cmpeq_epi8(first, _mm256_set1_epi8('O')),
                                        _mm256_cmpeq_epi8(second, _mm256_set1_epi8('K')));
    const __m256i rr = _mm256_and_si256(_mm256_cmpeq_epi8(first, _mm256_set1_epi8('R')),
                                        _mm256_cmpeq_epi8(second, _mm256_set1_epi8('R')));
    const __m256i at = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_or_si256(first, any_case), _mm256_set1_epi8('a')),
        _mm256_cmpeq_epi8(_mm256_or_si256(second, any_case), _mm256_set1_epi8('t')));
    return _mm256_or_si256(_mm256_or_si256(ours, at), _mm256_or_si256(ok, rr));
}

/* The first candidate among the pairs of a step, or NULL. */
__attribute__((target("avx2"))) static const char *
check_pairs(const __m256i pairs[4], const char *step, const char *begin, const char *end)
{
    for (size_t i = 0; i < 4; i++) {
        uint32_t bits = (uint32_t)_mm256_movemask_epi8(pairs[i]);
        for (; bits != 0; bits &= bits - 1) {
            const char *const at = step + 32 * i + __builtin_ctz(bits);
            if (is_candidate(at, begin, end))
                return at;
        }
    }
    return NULL;
}

__attribute__((target("avx2"))) static struct candidate search_avx2(const char *begin,
                                                                    const char *end, bool answers)
{
    const __m256i feed = _mm256_set1_epi8('\n');
    const char *step = begin;
    __m256i sums = _mm256_setzero_si256(); /* line feeds of all steps, in four 64-bit parts */
    const char *found = NULL;

    for (; end - step > STEP; step += STEP) {
        __m256i pairs[4];
        __m256i any = _mm256_setzero_si256();
        __m256i feeds = _mm256_setzero_si256();
        for (size_t i = 0; i < 4; i++) {
            const __m256i first = _mm256_loadu_si256((const __m256i *)(step + 32 * i));
            const __m256i second = _mm256_loadu_si256((const __m256i *)(step + 32 * i + 1));
            pairs[i] = find_pairs(first, second, answers);
            any = _mm256_or_si256(any, pairs[i]);
            feeds = _mm256_sub_epi8(feeds, _mm256_cmpeq_epi8(first, feed));
        }
        if (!_mm256_testz_si256(any, any) && (found = check_pairs(pairs, step, begin, end)) != NULL)
            break;
        if (_mm256_testz_si256(feeds, feeds) && is_long(step, begin, end)) {
            found = step;
            break;
        }
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(feeds, _mm256_setzero_si256()));
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, sums);
    const uint64_t line_feeds = parts[0] + parts[1] + parts[2] + parts[3];
    if (found == NULL)
        return conclude(begin, end, step, line_feeds, answers);
    uint64_t feeds[2] = {0, 0};
    for (size_t i = 0; i < 4; i++) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(step + 32 * i));
        const uint32_t bits = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, feed));
        feeds[i / 2] |= (uint64_t)bits << (i % 2 * 32);
    }
    return take_found(begin, step, found, line_feeds, feeds);
}

/* The same, 64 bytes at once: which pairs a letter may begin, and which it may end, are looked up for all of them in one
 * instruction each. A byte over 127 counts as the letter that it is without its upper bit; is_candidate knows better. */
enum pair_class {
    PAIR_BF_CF = 1,
    PAIR_DY = 2,
    PAIR_ME = 4,
    PAIR_OK = 8,
    PAIR_RR = 16,
    PAIR_AT = 32
};
#define PAIRS_OF_OURS_FIRST                                                         \
    ['B'] = PAIR_BF_CF, ['b'] = PAIR_BF_CF, ['C'] = PAIR_BF_CF, ['c'] = PAIR_BF_CF, \
    ['D'] = PAIR_DY, ['M'] = PAIR_ME
#define PAIRS_OF_OURS_SECOND \
    ['F'] = PAIR_BF_CF, ['f'] = PAIR_BF_CF, ['Y'] = PAIR_DY, ['E'] = PAIR_ME
/* By whether answers are looked for. */
static const unsigned char pair_first[2][128] = {
    {PAIRS_OF_OURS_FIRST},
    {PAIRS_OF_OURS_FIRST, ['O'] = PAIR_OK, ['R'] = PAIR_RR, ['A'] = PAIR_AT, ['a'] = PAIR_AT}};
static const unsigned char pair_second[2][128] = {
    {PAIRS_OF_OURS_SECOND},
    {PAIRS_OF_OURS_SECOND, ['K'] = PAIR_OK, ['R'] = PAIR_RR, ['T'] = PAIR_AT, ['t'] = PAIR_AT}};

#define TARGET_512 __attribute__((target("avx512bw,avx512vbmi,popcnt,bmi")))

struct pair_table {
    __m512i low;
    __m512i high;
};

TARGET_512 static inline struct pair_table load_table(const unsigned char classes[128])
{
    return (struct pair_table){_mm512_loadu_si512(classes), _mm512_loadu_si512(classes + 64)};
}

TARGET_512 static inline uint64_t find_pairs_512(const char *at, __m512i first_bytes,
                                                 struct pair_table first, struct pair_table second)
{
    return _mm512_test_epi8_mask(
        _mm512_permutex2var_epi8(first.low, first_bytes, first.high),
        _mm512_permutex2var_epi8(second.low, _mm512_loadu_si512(at + 1), second.high));
}

TARGET_512 static struct candidate search_avx512(const char *begin, const char *end, bool answers)
{
    const struct pair_table first = load_table(pair_first[answers]);
    const struct pair_table second = load_table(pair_second[answers]);
    const __m512i feed = _mm512_set1_epi8('\n');
    const char *step = begin;
    uint64_t line_feeds = 0;
    const char *found = NULL;

    for (; end - step > STEP; step += STEP) {
        const __m512i low = _mm512_loadu_si512(step);
        const __m512i high = _mm512_loadu_si512(step + 64);
        uint64_t pairs[2] = {find_pairs_512(step, low, first, second),
                             find_pairs_512(step + 64, high, first, second)};
        const uint64_t feeds[2] = {_mm512_cmpeq_epi8_mask(low, feed),
                                   _mm512_cmpeq_epi8_mask(high, feed)};
        if ((pairs[0] | pairs[1]) != 0) {
            for (size_t half = 0; half < 2 && found == NULL; half++)
                for (; pairs[half] != 0 && found == NULL; pairs[half] &= pairs[half] - 1) {
                    const char *const at = step + 64 * half + __builtin_ctzll(pairs[half]);
                    if (is_candidate(at, begin, end))
                        found = at;
                }
            if (found != NULL)
                return take_found(begin, step, found, line_feeds, feeds);
        }
        if ((feeds[0] | feeds[1]) == 0 && is_long(step, begin, end))
            return take_found(begin, step, step, line_feeds, feeds);
        line_feeds +=
            (uint64_t)__builtin_popcountll(feeds[0]) + (uint64_t)__builtin_popcountll(feeds[1]);
    }
    return conclude(begin, end, step, line_feeds, answers);
}

search_function *search_by_rank(unsigned rank)
{
    search_function *able[3];
    unsigned count = 0;
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi"))
        able[count++] = search_avx512;
    if (__builtin_cpu_supports("avx2"))
        able[count++] = search_avx2;
    able[count++] = search_portable;
    return rank < count ? able[rank] : NULL;
}
#else
search_function *search_by_rank(unsigned rank)
{
    return rank == 0 ? search_portable : NULL;
}
#endif

search_function *search_choose(void)
{
    return search_by_rank(0);
}
