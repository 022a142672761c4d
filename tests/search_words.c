/* SPDX-License-Identifier: MIT
 *
 * The search as it is where there is no SIMD, under other names: for test_log_search.c. */
#undef SBFOTA_NO_SIMD
#define SBFOTA_NO_SIMD
#define search_by_rank words_by_rank
#define search_count_returns words_count_returns
#include "log/scan/search.c"
