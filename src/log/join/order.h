/* SPDX-License-Identifier: MIT
 *
 * What depends on the lines before: line numbers, messages that are torn over several records, and which command a result
 * code answers. The second stage: the blocks of a log in their order, one thread at a time. */
#ifndef SBFOTA_LOG_ORDER_H
#define SBFOTA_LOG_ORDER_H

#include "log/scan/find.h"

/* Bytes of a log within which a command's answer is looked for: the module answers within 300 ms (source: 4.2). */
#define ANSWER_WITHIN (16U << 20)

/* What a block of a file leaves to the next one. Start with all zero; end with order_free. */
struct order {
    bool goes_on;    /* with the log of the file before: not yet taken over */
    bool lacks_line; /* its first line belongs to that */
    uint64_t lines;
    struct torn *torn;
    struct pending *pending;
};

/* Complete the events that finder_block has found in a block. */
void order_block(struct order *order, struct finder *finder, struct block *block);

/* Of a part of a log that has been read to its end: may an answer to a command of it still come behind `offset`? */
bool order_waits(const struct order *order, uint64_t offset);

void order_free(struct order *order);

#endif
