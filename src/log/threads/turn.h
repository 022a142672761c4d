/* SPDX-License-Identifier: MIT
 *
 * Turnstiles of threads. */
#ifndef SBFOTA_LOG_TURN_H
#define SBFOTA_LOG_TURN_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* A point that pieces pass in their order. Each thread waits at a place of its own, so that only the one is woken whose turn it
 * is: the pieces under way are never more than the threads, and their numbers follow one another. */
struct turn {
    pthread_mutex_t lock;
    pthread_cond_t *places;
    unsigned count; /* of places */
    uint64_t next;
};

/* False without memory; it is to be freed all the same. */
bool turn_make(struct turn *turn, unsigned count);

/* Wait until it is this number's turn; the next one's. */
void turn_wait(struct turn *turn, uint64_t number);
void turn_pass(struct turn *turn);

void turn_free(struct turn *turn);

#endif
