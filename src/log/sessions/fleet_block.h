/* SPDX-License-Identifier: MIT
 *
 * From events to sessions. Threads read the times of their blocks at once, and make parts of sessions where they can; the sessions take
 * block after block. */
#ifndef SBFOTA_LOG_FLEET_BLOCK_H
#define SBFOTA_LOG_FLEET_BLOCK_H

#include "log/sessions/fleet_events.h"

/* Read the times of what was found in a block. */
void fleet_block_take(struct fleet_block *timed, const struct block *block,
                      const struct log_event *events, size_t count);

/* The sessions take it, when the block is in its turn. */
void fleet_block_feed(struct fleet_block *timed, struct fleet *fleet,
                      const struct fleet_sink *sink);

void fleet_block_free(struct fleet_block *timed);

#endif
