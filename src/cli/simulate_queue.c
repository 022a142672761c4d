/* SPDX-License-Identifier: MIT */
#include "simulate_queue.h"

#include <stdlib.h>

bool queue_make(struct queue *queue, uint32_t count, int64_t due)
{
    *queue = (struct queue){.dues = malloc(count * sizeof *queue->dues),
                            .heap = malloc(count * sizeof *queue->heap),
                            .places = malloc(count * sizeof *queue->places),
                            .count = count};
    if (queue->dues == NULL || queue->heap == NULL || queue->places == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        queue->dues[i] = due;
        queue->heap[i] = queue->places[i] = i;
    }
    return true;
}

void queue_free(struct queue *queue)
{
    free(queue->dues);
    free(queue->heap);
    free(queue->places);
}

static bool is_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    return queue->dues[a] != queue->dues[b] ? queue->dues[a] < queue->dues[b] : a < b;
}

static void put(struct queue *queue, uint32_t place, uint32_t number)
{
    queue->heap[place] = number;
    queue->places[number] = place;
}

void queue_change(struct queue *queue, uint32_t number, int64_t due)
{
    uint32_t place = queue->places[number];
    queue->dues[number] = due;
    while (place > 0 && is_before(queue, number, queue->heap[(place - 1) / 2])) {
        put(queue, place, queue->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    for (uint32_t child; (child = 2 * place + 1) < queue->count; place = child) {
        if (child + 1 < queue->count &&
            is_before(queue, queue->heap[child + 1], queue->heap[child]))
            child++;
        if (!is_before(queue, queue->heap[child], number))
            break;
        put(queue, place, queue->heap[child]);
    }
    put(queue, place, number);
}
