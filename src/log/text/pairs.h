/* SPDX-License-Identifier: MIT
 *
 * Pairs of letters that are looked for in 64 bytes at once, and the kinds of processors that pairs_vector.h makes that for. */
#ifndef SBFOTA_LOG_PAIRS_H
#define SBFOTA_LOG_PAIRS_H

#include "codec/vector.h"

#if defined(SBFOTA_SIMD) && defined(__SSE2__)
#include <immintrin.h>
#define PAIRS_WIDE
#define PAIRS_TARGET_AVX2 __attribute__((target("avx2")))
#define PAIRS_TARGET_AVX512 __attribute__((target("avx512bw,avx512vbmi,popcnt")))

typedef unsigned char pairs_vector_avx2 __attribute__((vector_size(32)));
#endif

enum {
    PAIRS_AT_A_TIME = 64 /* bytes */
};

/* Where a pair may begin, of as many bytes, a bit each, the first one's lowest; one more byte is read. */
typedef uint64_t pairs_function(const char *bytes);

/* From the fastest on. */
enum pairs_kind {
    PAIRS_AVX512,
    PAIRS_AVX2,
    PAIRS_ANY, /* processor that the program was built for */
    PAIRS_KIND_COUNT
};

/* The fastest kind that the processor at hand has. */
static inline enum pairs_kind pairs_best(void)
{
#ifdef PAIRS_WIDE
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi"))
        return PAIRS_AVX512;
    if (__builtin_cpu_supports("avx2"))
        return PAIRS_AVX2;
#endif
    return PAIRS_ANY;
}

#endif
