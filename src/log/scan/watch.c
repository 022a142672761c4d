/* SPDX-License-Identifier: MIT */
#include "log/scan/watch.h"

#include <stdlib.h>

enum {
    NAMES_KEPT = 65536 /* from block to block */
};

void watch_clear(struct answer_watch *watch)
{
    if (watch->modems.count > NAMES_KEPT || watch->round == UINT32_MAX)
        watch_free(watch);
    watch->count = 0;
    watch->round++;
}

bool watch_add(struct answer_watch *watch, struct bytes modem)
{
    const uint32_t number = names_add(&watch->modems, modem);
    if (number == NAME_UNKNOWN)
        return false;
    uint32_t *const rounds =
        names_list_grow(watch->rounds, &watch->capacity, number, sizeof *rounds);
    if (rounds == NULL)
        return false;
    watch->rounds = rounds;
    watch->count += watch->rounds[number] != watch->round;
    watch->rounds[number] = watch->round;
    return true;
}

bool watch_remove(struct answer_watch *watch, struct bytes modem)
{
    const uint32_t number = watch->count == 0 ? NAME_UNKNOWN : names_find(&watch->modems, modem);
    if (number >= watch->capacity || watch->rounds[number] != watch->round)
        return false;
    watch->rounds[number] = 0;
    watch->count--;
    return true;
}

void watch_free(struct answer_watch *watch)
{
    names_free(&watch->modems);
    free(watch->rounds);
    memset(watch, 0, sizeof *watch);
}
