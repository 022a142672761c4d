/* SPDX-License-Identifier: MIT
 *
 * The hits of one block on their way, and the bytes that are not in the block itself. */
#ifndef SBFOTA_CAPTURE_HITS_H
#define SBFOTA_CAPTURE_HITS_H

#include "hit.h"

/* Start with all zero. */
struct hits {
    struct hit *list;
    size_t count;
    size_t capacity;
    struct chunk *chunks; /* of copied bytes */
    bool no_memory;       /* something could not be kept */
};

/* Forget all hits; the memory stays. */
void hits_clear(struct hits *hits);
void hits_free(struct hits *hits);

/* Room for one more hit, as it comes; NULL without memory. */
struct hit *hits_grow(struct hits *hits);

static inline struct hit *hits_next(struct hits *hits)
{
    return hits->count < hits->capacity ? &hits->list[hits->count++] : hits_grow(hits);
}

/* The same, all zero. */
struct hit *hits_add(struct hits *hits);

/* A copy of a byte or more, of a line of the wire at most, that lives until hits_clear, with a line feed behind it. No data without memory. */
struct bytes hits_keep(struct hits *hits, struct bytes bytes);

#endif
