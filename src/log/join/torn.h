/* SPDX-License-Identifier: MIT
 *
 * Logs whose records are not whole lines of the wire: each direction of each modem is put together again. */
#ifndef SBFOTA_LOG_TORN_H
#define SBFOTA_LOG_TORN_H

#include "log/scan/find.h"

struct torn;

/* Find the events of the next block of a log, and count its lines. *torn is what is kept from block to block; start with
 * NULL. Every result code is an event. */
void torn_block(struct torn **torn, struct finder *finder, struct block *block);

/* The lines to come are read in another way: the events of what is open now, behind those of the block that was the last. */
void torn_end(struct torn **torn, struct finder *finder, const struct block *block);

void torn_free(struct torn *torn);

#endif
