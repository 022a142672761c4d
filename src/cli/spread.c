/* SPDX-License-Identifier: MIT */
#include "spread.h"

#include <stddef.h>

/* Bins of width 1, then 32 of width 2, 32 of width 4, and so on. */
static size_t bin_of(uint32_t value)
{
    unsigned shift = 0;
    while (value >> shift >= 2U << SPREAD_FINE)
        shift++;
    return ((size_t)shift << SPREAD_FINE) + (value >> shift);
}

static uint32_t middle_of(size_t bin)
{
    const size_t narrow = (size_t)2 << SPREAD_FINE; /* bins of width 1 */
    if (bin < narrow)
        return (uint32_t)bin;
    const unsigned shift = (unsigned)((bin - narrow) >> SPREAD_FINE) + 1;
    const uint32_t first = (uint32_t)(bin - ((size_t)shift << SPREAD_FINE)) << shift;
    return first + (1U << shift) / 2;
}

void spread_add(struct spread *spread, uint32_t value)
{
    spread->least = spread->count == 0 || value < spread->least ? value : spread->least;
    spread->most = value > spread->most ? value : spread->most;
    spread->bins[bin_of(value)]++;
    spread->count++;
}

uint32_t spread_quantile(const struct spread *spread, unsigned percent)
{
    const uint64_t rank =
        spread->count / 100 * percent + (spread->count % 100 * percent + 99) / 100;
    uint64_t passed = 0;
    size_t bin = 0;
    while (passed + spread->bins[bin] < rank)
        passed += spread->bins[bin++];
    const uint32_t middle = middle_of(bin);
    return middle < spread->least ? spread->least : middle > spread->most ? spread->most : middle;
}
