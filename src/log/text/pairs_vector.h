/* SPDX-License-Identifier: MIT
 *
 * A pairs_function for each kind of processor; pairs.h is included before it, and this once for each set of pairs. Given are
 * PAIRS_NAME(kind), their names, PAIRS_COMPARED(PAIR), the set as comparisons, PAIRS_FIRST and PAIRS_SECOND, the same as
 * classes of letters: grammar/pairs.py makes them. More bytes than those of pairs may be told; who asks looks at them. */

static inline uint64_t PAIRS_NAME(any)(const char *bytes)
{
    enum {
        PARTS = PAIRS_AT_A_TIME / SBFOTA_AT_A_TIME
    };
    sbfota_vector pairs[PARTS];
    sbfota_vector all = {0};
    for (unsigned i = 0; i < PARTS; i++) {
        const sbfota_vector first = sbfota_load_vector(bytes + SBFOTA_AT_A_TIME * i);
        const sbfota_vector second = sbfota_load_vector(bytes + SBFOTA_AT_A_TIME * i + 1);
#define PAIR(first_bits, first_byte, second_bits, second_byte)     \
    (sbfota_are(first | sbfota_repeat(first_bits), (first_byte)) & \
     sbfota_are(second | sbfota_repeat(second_bits), (second_byte)))
        pairs[i] = PAIRS_COMPARED(PAIR);
#undef PAIR
        all |= pairs[i];
    }
    if (!sbfota_any(all))
        return 0;
    uint64_t bits = 0;
    for (unsigned i = 0; i < PARTS; i++)
        bits |= (uint64_t)sbfota_bits(pairs[i]) << (SBFOTA_AT_A_TIME * i);
    return bits;
}

#ifdef PAIRS_WIDE

PAIRS_TARGET_AVX2 static inline pairs_vector_avx2 PAIRS_NAME(half)(const char *bytes)
{
    pairs_vector_avx2 first;
    pairs_vector_avx2 second;
    memcpy(&first, bytes, sizeof first);
    memcpy(&second, bytes + 1, sizeof second);
#define PAIR(first_bits, first_byte, second_bits, second_byte) \
    (((first | (first_bits)) == (first_byte)) & ((second | (second_bits)) == (second_byte)))
    return (pairs_vector_avx2)(PAIRS_COMPARED(PAIR));
#undef PAIR
}

PAIRS_TARGET_AVX2 static inline uint64_t PAIRS_NAME(avx2)(const char *bytes)
{
    const __m256i low = (__m256i)PAIRS_NAME(half)(bytes);
    const __m256i high = (__m256i)PAIRS_NAME(half)(bytes + sizeof low);
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

/* Which classes the letters are of is looked up for all of them at once. A byte over 127 counts as what it is without its upper bit. */
PAIRS_TARGET_AVX512 static inline uint64_t PAIRS_NAME(avx512)(const char *bytes)
{
    static const unsigned char classes[2][128] = {{PAIRS_FIRST}, {PAIRS_SECOND}};
    const __m512i first =
        _mm512_permutex2var_epi8(_mm512_loadu_si512(classes[0]), _mm512_loadu_si512(bytes),
                                 _mm512_loadu_si512(classes[0] + 64));
    const __m512i second =
        _mm512_permutex2var_epi8(_mm512_loadu_si512(classes[1]), _mm512_loadu_si512(bytes + 1),
                                 _mm512_loadu_si512(classes[1] + 64));
    return _mm512_test_epi8_mask(first, second);
}
#endif

#undef PAIRS_NAME
#undef PAIRS_COMPARED
#undef PAIRS_FIRST
#undef PAIRS_SECOND
