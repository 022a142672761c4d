/* SPDX-License-Identifier: MIT
 *
 * The events of a block as sessions take them. */
#ifndef SBFOTA_LOG_FLEET_EVENTS_H
#define SBFOTA_LOG_FLEET_EVENTS_H

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

/* Would a message in the line be END or HTTPEND, if it were whole? */
bool fleet_would_end(struct bytes text);

/* What the sessions are to know of: a message, its text and whose it is. The host's line is not the module's word. */
static inline bool fleet_wants(const struct sbfota_event *message, struct bytes text,
                               enum direction direction)
{
    if (direction == DIRECTION_TX && !record_is_hosts(message->kind))
        return false;
    return message->kind != SBFOTA_MALFORMED || fleet_would_end(text);
}

/* Of an event: whose it is, and whether the session is to know of it. */
static inline struct bytes fleet_block_modem(const struct fleet_block *timed, size_t number)
{
    const struct log_event *const event = &timed->events[number];
    return event->modem == NULL ? timed->block->modem
                                : (struct bytes){event->modem, event->modem_length};
}

static inline bool fleet_block_wants(const struct fleet_block *timed, size_t number)
{
    const struct log_event *const event = &timed->events[number];
    return fleet_wants(&event->message, (struct bytes){event->text, event->text_length},
                       (enum direction)event->direction);
}

/* An event as the sessions take it; `file` is the number of the block's. */
static inline struct fleet_event fleet_block_event(const struct fleet_block *timed, size_t number,
                                                   struct fleet *fleet, uint32_t file)
{
    const struct block *const block = timed->block;
    const struct log_event *const event = &timed->events[number];
    return (struct fleet_event){
        .event = &event->message,
        .modem = fleet_block_modem(timed, number),
        .time = {event->time, event->time_length},
        .milliseconds = timed->list[number].milliseconds,
        .clock = timed->list[number].clock,
        .file = event_file(block, event) == block->file
                    ? file
                    : fleet_file_number(fleet, event_file(block, event)),
        .line = event->earlier ? event->earlier_line : block->line + event->line,
        .followed = fleet_block_wants(timed, number),
        .sent = event->direction == DIRECTION_TX,
    };
}

#endif
