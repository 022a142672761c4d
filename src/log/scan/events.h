/* SPDX-License-Identifier: MIT
 *
 * The events of one block on their way, and the bytes that are not in the block itself. */
#ifndef SBFOTA_LOG_EVENTS_H
#define SBFOTA_LOG_EVENTS_H

#include "log/prefix/block.h"

/* Start with all zero. */
struct log_events {
    struct log_event *list;
    size_t count;
    size_t capacity;
    struct events_chunk *chunks; /* of copied bytes */
    bool no_memory;              /* something could not be kept */
};

/* Forget all events; the memory stays. */
void log_events_clear(struct log_events *events);
void log_events_free(struct log_events *events);

/* Room for one more event, as it comes; NULL without memory. */
struct log_event *log_events_grow(struct log_events *events);

static inline struct log_event *log_events_next(struct log_events *events)
{
    return events->count < events->capacity ? &events->list[events->count++]
                                            : log_events_grow(events);
}

/* The same, all zero. */
struct log_event *log_events_add(struct log_events *events);

/* A copy of a byte or more, of a line of the wire at most, that lives until log_events_clear, with a line feed behind it. No data without memory. */
struct bytes log_events_keep(struct log_events *events, struct bytes bytes);

#endif
