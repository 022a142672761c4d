/* SPDX-License-Identifier: MIT */
#include "cli/stats/histogram.h"

/* Bins of width 1, then 32 of width 2, 32 of width 4, and so on. */
static size_t bin_of(uint32_t value)
{
    unsigned shift = 0;
    while (value >> shift >= 2U << HISTOGRAM_FINE)
        shift++;
    return ((size_t)shift << HISTOGRAM_FINE) + (value >> shift);
}

/* The least value of a bin. */
static uint64_t begin_of(size_t bin)
{
    const size_t narrow = (size_t)2 << HISTOGRAM_FINE; /* bins of width 1 */
    if (bin < narrow)
        return bin;
    const unsigned shift = (unsigned)((bin - narrow) >> HISTOGRAM_FINE) + 1;
    return (uint64_t)(bin - ((size_t)shift << HISTOGRAM_FINE)) << shift;
}

static uint32_t middle_of(size_t bin)
{
    const uint64_t begin = begin_of(bin);
    return (uint32_t)(begin + (begin_of(bin + 1) - begin) / 2);
}

void histogram_add(struct histogram *histogram, uint32_t value)
{
    histogram->least = histogram->count == 0 || value < histogram->least ? value : histogram->least;
    histogram->most = value > histogram->most ? value : histogram->most;
    histogram->bins[bin_of(value)]++;
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

uint64_t histogram_below(const struct histogram *histogram, uint64_t value)
{
    if (value > histogram->most)
        return histogram->count;
    if (value <= histogram->least)
        return 0;
    const size_t last = bin_of((uint32_t)value);
    const uint64_t from = begin_of(last) > histogram->least ? begin_of(last) : histogram->least;
    const uint64_t end =
        begin_of(last + 1) <= histogram->most ? begin_of(last + 1) : histogram->most + 1ULL;
    uint64_t below = 0;
    for (size_t bin = bin_of(histogram->least); bin < last; bin++)
        below += histogram->bins[bin];
    return below + histogram->bins[last] * (value - from) / (end - from);
}
