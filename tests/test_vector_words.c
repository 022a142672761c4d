/* SPDX-License-Identifier: MIT
 *
 * Several bytes at once, as every machine can do it. */
#undef SBFOTA_NO_SIMD
#define SBFOTA_NO_SIMD
#define SUITE vector_words
#include "vector_cases.h"
