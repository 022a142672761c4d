/* SPDX-License-Identifier: MIT
 *
 * Durations, for their median and the like, in memory of fixed size: bins whose width is at most
 * 1/32 of what they hold, so that a quantile is told with an error of at most 1.6 %. */
#ifndef SBFOTA_CLI_SPREAD_H
#define SBFOTA_CLI_SPREAD_H

#include <stdint.h>

enum {
    SPREAD_FINE = 5, /* bits: 32 bins for each doubling */
    SPREAD_BINS = (32 - SPREAD_FINE + 1) << SPREAD_FINE
};

/* Start with all zero. */
struct spread {
    uint64_t count;
    uint32_t least;
    uint32_t most;
    uint64_t bins[SPREAD_BINS];
};

void spread_add(struct spread *spread, uint32_t value);

/* What `percent` of the values, of which there must be one at least, are not above, 1 to 100: the
 * middle of its bin. With one value, that value. */
uint32_t spread_quantile(const struct spread *spread, unsigned percent);

#endif
