/* SPDX-License-Identifier: MIT
 *
 * A log that was put away in several files: the second stage (order.h) goes on from one to the next. */
#ifndef SBFOTA_LOG_ORDER_FILES_H
#define SBFOTA_LOG_ORDER_FILES_H

#include "log/join/order.h"

/* Start with all zero; end with order_free(&carried). */
struct log_order {
    uint64_t end;         /* bytes of the log up to the end of the last block */
    struct order carried; /* what one file leaves to the next of its log */
};

/* Complete a block of a log of several files, of which `place` is its own: places count from the log's begin meanwhile. */
void order_in_log(struct log_order *log, struct log_file *place, struct order *order,
                  struct finder *finder, struct block *block);

#endif
