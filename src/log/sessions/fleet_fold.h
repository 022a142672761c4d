/* SPDX-License-Identifier: MIT
 *
 * What a block tells of each of its modems by itself: parts of their sessions (sbfota/parts.h), with the places of what they tell of. Any
 * thread makes them; when the block is in its turn they are joined to the sessions, which is all that is left to be done one
 * block after another. */
#ifndef SBFOTA_LOG_FLEET_FOLD_H
#define SBFOTA_LOG_FLEET_FOLD_H

#include "log/sessions/fleet_events.h"

struct fleet_fold;

/* NULL without memory. One for each thread. */
struct fleet_fold *fleet_fold_make(void);

/* Fold what has been taken. False, and the events are to be fed, if their times say nothing by themselves or there are too few events
 * of each modem for that to be worth its while; or without memory. */
bool fleet_fold_block(struct fleet_fold *fold, struct fleet_block *timed);

/* Join what was folded: the same comes out as if the events were fed. `file` is the number of the block's. */
void fleet_fold_join(struct fleet_fold *fold, const struct fleet_block *timed, uint32_t file,
                     struct fleet *fleet, const struct fleet_sink *sink);

void fleet_fold_free(struct fleet_fold *fold);

#endif
