/* SPDX-License-Identifier: MIT
 *
 * What depends on the lines before: line numbers, messages that are torn over several records, and which command a result
 * code answers. The second stage: the blocks of a log in their order, one thread at a time. */
#ifndef SBFOTA_LOG_ORDER_H
#define SBFOTA_LOG_ORDER_H

#include "log/blocks/reader.h"
#include "log/scan/find.h"

/* Bytes of a log within which a command's answer is looked for: the module answers within 300 ms (source: 4.2). */
#define ANSWER_WITHIN (16U << 20)

/* Complete the events that finder_block has found in a block. */
void order_block(struct finder *finder, struct block *block);

/* Of a part of a log that has been read to its end: may an answer to a command of it still come behind `offset`? */
bool order_waits(const struct source *source, uint64_t offset);

/* Free what a source keeps from block to block. */
void order_free(struct source *source);

#endif
