/* SPDX-License-Identifier: MIT */
#include "log/scan/watch.h"

#include <stdlib.h>

enum {
    NAMES_KEPT = 65536 /* from block to block */
};

void watch_clear(struct watch *watch)
{
    if (watch->modems.count > NAMES_KEPT || watch->round == UINT32_MAX)
        watch_free(watch);
    watch->count = 0;
    watch->round++;
}

static bool grow(struct watch *watch, uint32_t number)
{
    const uint32_t capacity = number * 2 + 64;
    uint32_t *const rounds = realloc(watch->rounds, capacity * sizeof *rounds);
    if (rounds == NULL)
        return false;
    memset(rounds + watch->capacity, 0, (capacity - watch->capacity) * sizeof *rounds);
    watch->rounds = rounds;
    watch->capacity = capacity;
    return true;
}

bool watch_add(struct watch *watch, struct bytes modem)
{
    const uint32_t number = names_add(&watch->modems, modem);
    if (number == NAME_UNKNOWN || (number >= watch->capacity && !grow(watch, number)))
        return false;
    watch->count += watch->rounds[number] != watch->round;
    watch->rounds[number] = watch->round;
    return true;
}

bool watch_remove(struct watch *watch, struct bytes modem)
{
    const uint32_t number = watch->count == 0 ? NAME_UNKNOWN : names_find(&watch->modems, modem);
    if (number >= watch->capacity || watch->rounds[number] != watch->round)
        return false;
    watch->rounds[number] = 0;
    watch->count--;
    return true;
}

void watch_free(struct watch *watch)
{
    names_free(&watch->modems);
    free(watch->rounds);
    memset(watch, 0, sizeof *watch);
}
