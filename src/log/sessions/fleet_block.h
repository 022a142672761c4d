/* SPDX-License-Identifier: MIT
 *
 * From events to sessions. Threads read the times of their blocks at once, and make parts of sessions where they can; the sessions take
 * block after block. */
#ifndef SBFOTA_LOG_FLEET_BLOCK_H
#define SBFOTA_LOG_FLEET_BLOCK_H

#include "log/prefix/block.h"
#include "log/sessions/fleet.h"

struct fleet_fold;

/* What one thread has found in a block. Start with all zero but for `fold`; end with fleet_block_free. */
struct fleet_block {
    bool fold;   /* make parts of sessions: for several threads, and if nobody sees the events */
    bool folded; /* the block's are made */
    struct fleet_fold *parts;
    const struct block *block;
    const struct log_event *events;
    size_t count;
    struct timed_event {
        struct fleet_modem *modem;
        int64_t milliseconds;
        enum clock clock;
        uint32_t
            part; /* if it is folded: which modem's, and whether its session is to know of it */
        bool followed;
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

/* An event as the sessions take it; `file` is the number of the block's. */
struct fleet_event fleet_block_event(const struct fleet_block *timed, size_t number,
                                     struct fleet *fleet, uint32_t file);

/* Of an event: whose it is, and whether the session is to know of it. */
struct bytes fleet_block_modem(const struct fleet_block *timed, size_t number);
bool fleet_block_wants(const struct fleet_block *timed, size_t number);

/* The sessions take it, when the block is in its turn. */
void fleet_block_feed(struct fleet_block *timed, struct fleet *fleet,
                      const struct fleet_sink *sink);

void fleet_block_free(struct fleet_block *timed);

#endif
