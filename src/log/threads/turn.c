/* SPDX-License-Identifier: MIT */
#include "log/threads/turn.h"

#include <stdlib.h>

void turn_wait(struct turn *turn, uint64_t number)
{
    pthread_mutex_lock(&turn->lock);
    while (turn->next != number)
        pthread_cond_wait(&turn->places[number % turn->count], &turn->lock);
    pthread_mutex_unlock(&turn->lock);
}

void turn_pass(struct turn *turn)
{
    pthread_mutex_lock(&turn->lock);
    turn->next++;
    pthread_cond_signal(&turn->places[turn->next % turn->count]);
    pthread_mutex_unlock(&turn->lock);
}

bool turn_make(struct turn *turn, unsigned count)
{
    *turn = (struct turn){.lock = PTHREAD_MUTEX_INITIALIZER, .count = count};
    turn->places = malloc(count * sizeof(pthread_cond_t));
    for (unsigned i = 0; i < count && turn->places != NULL; i++)
        pthread_cond_init(&turn->places[i], NULL);
    return turn->places != NULL;
}

void turn_free(struct turn *turn)
{
    for (unsigned i = 0; i < turn->count && turn->places != NULL; i++)
        pthread_cond_destroy(&turn->places[i]);
    free(turn->places);
}
