/* SPDX-License-Identifier: MIT */
#include "log/scan/events.h"

#include <stdlib.h>
#include <string.h>

/* Many times a text or a name as they are. One may be as long as a block: it has a chunk of its own. */
enum {
    CHUNK_SIZE = BLOCK_SIZE / 16
};

struct events_chunk {
    struct events_chunk *next;
    size_t size;
    size_t used;
    char bytes[];
};

void log_events_clear(struct log_events *events)
{
    events->count = 0;
    /* The first chunk stays for the next block. */
    while (events->chunks != NULL && events->chunks->next != NULL) {
        struct events_chunk *const next = events->chunks->next;
        free(events->chunks);
        events->chunks = next;
    }
    if (events->chunks != NULL)
        events->chunks->used = 0;
}

void log_events_free(struct log_events *events)
{
    log_events_clear(events);
    free(events->chunks);
    free(events->list);
    memset(events, 0, sizeof *events);
}

struct log_event *log_events_grow(struct log_events *events)
{
    const size_t capacity = events->capacity == 0 ? 1024 : events->capacity * 2;
    struct log_event *const list = realloc(events->list, capacity * sizeof *list);
    if (list == NULL) {
        events->no_memory = true;
        return NULL;
    }
    events->list = list;
    events->capacity = capacity;
    return &events->list[events->count++];
}

struct log_event *log_events_add(struct log_events *events)
{
    struct log_event *const event = log_events_next(events);
    if (event != NULL)
        memset(event, 0, sizeof *event);
    return event;
}

struct bytes log_events_keep(struct log_events *events, struct bytes bytes)
{
    const size_t size = bytes.length + 1;
    if (events->chunks == NULL || events->chunks->size - events->chunks->used < size) {
        const size_t room = size < CHUNK_SIZE ? CHUNK_SIZE : size;
        struct events_chunk *const chunk = malloc(sizeof *chunk + room);
        if (chunk == NULL) {
            events->no_memory = true;
            return (struct bytes){NULL, 0};
        }
        *chunk = (struct events_chunk){.next = events->chunks, .size = room};
        events->chunks = chunk;
    }
    char *const copy = events->chunks->bytes + events->chunks->used;
    memcpy(copy, bytes.data, bytes.length);
    copy[bytes.length] = '\n';
    events->chunks->used += size;
    return (struct bytes){copy, bytes.length};
}
