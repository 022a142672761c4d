/* SPDX-License-Identifier: MIT
 *
 * Durations, for their median and the like, in memory of fixed size: bins whose width is at most
 * 1/32 of what they hold, so that a quantile is told with an error of at most 1.6 %. */
#ifndef SBFOTA_CLI_HISTOGRAM_H
#define SBFOTA_CLI_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

enum {
    HISTOGRAM_FINE = 5, /* bits: 32 bins for each doubling */
    HISTOGRAM_BINS = (32 - HISTOGRAM_FINE + 1) << HISTOGRAM_FINE
};

/* Start with all zero. */
struct histogram {
    uint64_t count;
    uint32_t least;
    uint32_t most;
    uint64_t bins[HISTOGRAM_BINS];
};

void histogram_add(struct histogram *histogram, uint32_t value);

/* What `percent` of the values, of which there must be one at least, are not above, 1 to 100: the
 * middle of its bin. With one value, that value. */
uint32_t histogram_quantile(const struct histogram *histogram, unsigned percent);

/* How many values are below: of the bin that holds it, as if its values lay evenly in it. */
uint64_t histogram_below(const struct histogram *histogram, uint64_t value);

#endif
