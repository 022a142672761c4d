/* SPDX-License-Identifier: MIT
 *
 * A step of the search, some bytes at once; search.c includes this once for each kind of vector. Given are SEARCH_NAME(name),
 * SEARCH_TARGET, an attribute, SEARCH_VECTOR, a type, SEARCH_ANY(mask), SEARCH_BITS(mask) and SEARCH_SUM(counts), the sum
 * of a vector's bytes. */

/* Those of the bytes from here on at which the letters of a pair stand. */
SEARCH_TARGET static inline SEARCH_VECTOR SEARCH_NAME(pairs)(const char *bytes, bool answers)
{
    SEARCH_VECTOR first;
    SEARCH_VECTOR second;
    memcpy(&first, bytes, sizeof first);
    memcpy(&second, bytes + 1, sizeof second);
#define PAIR(first_bits, first_byte, second_bits, second_byte) \
    (((first | (first_bits)) == (first_byte)) & ((second | (second_bits)) == (second_byte)))
    SEARCH_VECTOR pairs = (SEARCH_VECTOR)(SEARCH_PAIRS(PAIR));
    if (answers)
        pairs |= (SEARCH_VECTOR)(SEARCH_ANSWER_PAIRS(PAIR));
#undef PAIR
    return pairs;
}

/* Does a step have any? How many line feeds does it have? */
SEARCH_TARGET static inline bool SEARCH_NAME(look)(const char *bytes, bool answers, unsigned *feeds)
{
    SEARCH_VECTOR any = {0};
    SEARCH_VECTOR counts = {0};
    for (size_t at = 0; at < STEP; at += sizeof any) {
        SEARCH_VECTOR loaded;
        memcpy(&loaded, bytes + at, sizeof loaded);
        any |= SEARCH_NAME(pairs)(bytes + at, answers);
        counts -= (SEARCH_VECTOR)(loaded == '\n');
    }
    *feeds = (unsigned)SEARCH_SUM(counts);
    return SEARCH_ANY(any);
}

/* The first candidate in a step that stands at `bytes`, or NULL. */
SEARCH_TARGET static inline const char *
SEARCH_NAME(find)(const char *bytes, const struct search_place *place, bool answers)
{
    for (size_t at = 0; at < STEP; at += sizeof(SEARCH_VECTOR)) {
        uint32_t bits = (uint32_t)SEARCH_BITS(SEARCH_NAME(pairs)(bytes + at, answers));
        for (; bits != 0; bits &= bits - 1) {
            const char *const found = place->step + at + __builtin_ctz(bits);
            if (is_candidate(found, place, answers))
                return found;
        }
    }
    return NULL;
}

SEARCH_TARGET static struct candidate SEARCH_NAME(search)(const char *begin, const char *end,
                                                          bool answers)
{
    return search_by(begin, end, answers, SEARCH_NAME(look), SEARCH_NAME(find));
}
