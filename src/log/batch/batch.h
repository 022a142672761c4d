/* SPDX-License-Identifier: MIT
 *
 * Batches: events that have left the block that they were found in. */
#ifndef SBFOTA_LOG_BATCH_H
#define SBFOTA_LOG_BATCH_H

#include <sbfota/log.h>

#include "log/batch/kept.h"
#include "log/batch/log_names.h"
#include "log/prefix/block.h"
#include "log/text/clock.h"

struct batch {
    struct sbfota_log_batch shown; /* first: who has this has the batch */
    struct sbfota_log_event *events;
    size_t capacity;
    struct kept *bytes;      /* of texts and times */
    struct log_names *names; /* NULL until they are known */
    struct batch_columns *columns;
};

/* What was found in a block, with its texts and times. The names are still the block's; batch_name gives them their numbers.
 * NULL without memory. */
struct batch *batch_make(const struct block *block, const struct log_event *events, size_t count,
                         struct clock_minute *minute);

/* Number the names, in the order of the input. False without memory. */
bool batch_name(struct batch *batch, struct log_names *names);

/* Put the events of `more`, which is freed, behind those of `batch`. False, with both as they were, without memory. */
bool batch_append(struct batch *batch, struct batch *more);

/* batch_columns.c */
void batch_columns_free(struct batch_columns *columns);

static inline void batch_free(struct batch *batch)
{
    sbfota_log_batch_free(batch == NULL ? NULL : &batch->shown);
}

#endif
