/* SPDX-License-Identifier: MIT
 *
 * Which of many is due next: a binary heap. Of those that are due at the same time, the one with the lowest number. */
#ifndef SBFOTA_CLI_SIMULATE_QUEUE_H
#define SBFOTA_CLI_SIMULATE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct queue {
    int64_t *dues;    /* by number */
    uint32_t *heap;   /* of numbers */
    uint32_t *places; /* in the heap, by number */
    uint32_t count;
};

/* All are due at `due`. False without memory. End with queue_free in both cases. */
bool queue_make(struct queue *queue, uint32_t count, int64_t due);
void queue_free(struct queue *queue);

/* The number of the one that is due next. */
static inline uint32_t queue_first(const struct queue *queue)
{
    return queue->heap[0];
}

/* It is due at another time from now on. */
void queue_change(struct queue *queue, uint32_t number, int64_t due);

#endif
