/* SPDX-License-Identifier: MIT
 *
 * Blocks in their order: where one holds a message that the way its log is read does not understand, the log is read in another way from
 * there on, if that makes more of it. */
#ifndef SBFOTA_LOG_RELEARN_STEP_H
#define SBFOTA_LOG_RELEARN_STEP_H

#include <pthread.h>

#include "log/blocks/reader.h"
#include "log/scan/find.h"

/* What that needs; under the turn of ordering. */
struct relearner {
    const struct capture_options *options;
    struct reader *reader;
    pthread_mutex_t *lock; /* of the reader */
    struct finder trial;   /* to choose ways by; made when it is needed */
    bool has_trial;
    bool no_memory;
};

/* Find a block's events as the lines before it are read, where that was not known yet. */
void relearner_find(struct finder *finder, struct reader_piece *piece);

/* How much of a block that was found is read as the lines before it: all of it, mostly. Of a log whose messages are torn it is asked of
 * a block that has been ordered, as it was before: `done` bytes of that were taken. What remains is read as relearner_find does. */
size_t relearner_split(struct relearner *relearner, struct finder *finder,
                       struct reader_piece *piece, const struct block *whole, size_t done);

void relearner_free(struct relearner *relearner);

#endif
