/* SPDX-License-Identifier: MIT
 *
 * From hits to sessions. Threads read the times of their blocks at once; the sessions take block
 * after block. */
#ifndef SBFOTA_CLI_MOMENTS_H
#define SBFOTA_CLI_MOMENTS_H

#include "capture/hit.h"
#include "fleet.h"

/* What one thread has found in a block. Start with all zero; end with moments_free. */
struct moments {
    const struct block *block;
    const struct hit *hits;
    size_t count;
    struct moment {
        struct fleet_modem *modem;
        int64_t milliseconds;
        enum clock clock;
    } * list;
    size_t capacity;
    struct clock_minute minute;
    struct fleet_modem *unnamed; /* of a log that names none */
    bool no_memory;
};

/* Read the times of what was found in a block. */
void moments_take(struct moments *moments, const struct block *block, const struct hit *hits,
                  size_t count);

/* The sessions take it, when the block is in its turn. */
void moments_feed(struct moments *moments, struct fleet *fleet, const struct fleet_sink *sink);

void moments_free(struct moments *moments);

#endif
