/* SPDX-License-Identifier: MIT */
#include "histogram.h"

/* Bins of width 1, then 32 of width 2, 32 of width 4, and so on. */
size_t histogram_bin(uint32_t value)
{
    unsigned shift = 0;
    while (value >> shift >= 2U << HISTOGRAM_FINE)
        shift++;
    return ((size_t)shift << HISTOGRAM_FINE) + (value >> shift);
}

uint64_t histogram_begin(size_t bin)
{
    const size_t narrow = (size_t)2 << HISTOGRAM_FINE; /* bins of width 1 */
    if (bin < narrow)
        return bin;
    const unsigned shift = (unsigned)((bin - narrow) >> HISTOGRAM_FINE) + 1;
    return (uint64_t)(bin - ((size_t)shift << HISTOGRAM_FINE)) << shift;
}

static uint32_t middle_of(size_t bin)
{
    const uint64_t begin = histogram_begin(bin);
    return (uint32_t)(begin + (histogram_begin(bin + 1) - begin) / 2);
}

void histogram_add(struct histogram *histogram, uint32_t value)
{
    histogram->least = histogram->count == 0 || value < histogram->least ? value : histogram->least;
    histogram->most = value > histogram->most ? value : histogram->most;
    histogram->bins[histogram_bin(value)]++;
    histogram->count++;
}

uint32_t histogram_quantile(const struct histogram *histogram, unsigned percent)
{
    const uint64_t rank =
        histogram->count / 100 * percent + (histogram->count % 100 * percent + 99) / 100;
    uint64_t passed = 0;
    size_t bin = 0;
    while (passed + histogram->bins[bin] < rank)
        passed += histogram->bins[bin++];
    const uint32_t middle = middle_of(bin);
    return middle < histogram->least  ? histogram->least
           : middle > histogram->most ? histogram->most
                                      : middle;
}
