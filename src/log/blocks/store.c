/* SPDX-License-Identifier: MIT */
#include "log/blocks/store.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    READABLE_BEHIND = 64
};

struct store {
    atomic_uint users;
    char bytes[];
};

struct store *store_make(size_t size)
{
    struct store *const store = malloc(sizeof *store + size + READABLE_BEHIND);
    if (store != NULL)
        atomic_init(&store->users, 1);
    return store;
}

struct store *store_widen(struct store *store, size_t size)
{
    return realloc(store, sizeof *store + size + READABLE_BEHIND);
}

char *store_bytes(struct store *store)
{
    return store->bytes;
}

void store_share(struct store *store)
{
    atomic_fetch_add(&store->users, 1);
}

void store_release(struct store *store)
{
    if (store != NULL && atomic_fetch_sub(&store->users, 1) == 1)
        free(store);
}

bool store_is_own(const struct store *store)
{
    return atomic_load(&store->users) == 1;
}
