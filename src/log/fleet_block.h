/* SPDX-License-Identifier: MIT
 *
 * From events to sessions. Threads read the times of their blocks at once; the sessions take block
 * after block. */
#ifndef SBFOTA_LOG_FLEET_BLOCK_H
#define SBFOTA_LOG_FLEET_BLOCK_H

#include "block.h"
#include "fleet.h"

/* What one thread has found in a block. Start with all zero; end with fleet_block_free. */
struct fleet_block {
    const struct block *block;
    const struct log_event *events;
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
void fleet_block_take(struct fleet_block *timed, const struct block *block,
                      const struct log_event *events, size_t count);

/* What the sessions are to know of: a message, its text and whose it is. The host's line is not the module's word. */
bool fleet_wants(const struct sbfota_event *message, struct bytes text, enum direction direction);

/* The sessions take it, when the block is in its turn. */
void fleet_block_feed(struct fleet_block *timed, struct fleet *fleet,
                      const struct fleet_sink *sink);

void fleet_block_free(struct fleet_block *timed);

#endif
