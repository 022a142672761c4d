/* SPDX-License-Identifier: MIT */
#include "hits.h"

#include <stdlib.h>
#include <string.h>

/* Many times a text or a name as they are. One may be as long as a block: it has a chunk of its own. */
enum {
    CHUNK_SIZE = BLOCK_SIZE / 16
};

struct chunk {
    struct chunk *next;
    size_t size;
    size_t used;
    char bytes[];
};

void hits_clear(struct hits *hits)
{
    hits->count = 0;
    /* The first chunk stays for the next block. */
    while (hits->chunks != NULL && hits->chunks->next != NULL) {
        struct chunk *const next = hits->chunks->next;
        free(hits->chunks);
        hits->chunks = next;
    }
    if (hits->chunks != NULL)
        hits->chunks->used = 0;
}

void hits_free(struct hits *hits)
{
    hits_clear(hits);
    free(hits->chunks);
    free(hits->list);
    memset(hits, 0, sizeof *hits);
}

struct hit *hits_grow(struct hits *hits)
{
    const size_t capacity = hits->capacity == 0 ? 1024 : hits->capacity * 2;
    struct hit *const list = realloc(hits->list, capacity * sizeof *list);
    if (list == NULL) {
        hits->no_memory = true;
        return NULL;
    }
    hits->list = list;
    hits->capacity = capacity;
    return &hits->list[hits->count++];
}

struct hit *hits_add(struct hits *hits)
{
    struct hit *const hit = hits_next(hits);
    if (hit != NULL)
        memset(hit, 0, sizeof *hit);
    return hit;
}

struct bytes hits_keep(struct hits *hits, struct bytes bytes)
{
    const size_t size = bytes.length + 1;
    if (hits->chunks == NULL || hits->chunks->size - hits->chunks->used < size) {
        const size_t room = size < CHUNK_SIZE ? CHUNK_SIZE : size;
        struct chunk *const chunk = malloc(sizeof *chunk + room);
        if (chunk == NULL) {
            hits->no_memory = true;
            return (struct bytes){NULL, 0};
        }
        *chunk = (struct chunk){.next = hits->chunks, .size = room};
        hits->chunks = chunk;
    }
    char *const copy = hits->chunks->bytes + hits->chunks->used;
    memcpy(copy, bytes.data, bytes.length);
    copy[bytes.length] = '\n';
    hits->chunks->used += size;
    return (struct bytes){copy, bytes.length};
}
