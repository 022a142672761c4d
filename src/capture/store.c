/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    READABLE_BEHIND = 64,
    MAPPED_MAX = 4096
};

struct store {
    atomic_uint users;
    atomic_bool cut;
    size_t mapped; /* its size if it is a map, else 0 */
    char *bytes;
};

/* The maps that there are, for the signal handler: it may look at nothing else. */
static _Atomic(struct store *) maps[MAPPED_MAX];

/* A file that has shrunk under its map: zeros for the pages that are gone. Other faults end the program as ever. */
static void handle_fault(int number, siginfo_t *info, void *context)
{
    const char *const at = info->si_addr;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)context;
    for (size_t i = 0; i < MAPPED_MAX; i++) {
        struct store *const store = atomic_load(&maps[i]);
        if (store == NULL || at < store->bytes || at >= store->bytes + store->mapped)
            continue;
        char *const from = (char *)((uintptr_t)at & ~(page - 1));
        const size_t size = (size_t)(store->bytes + store->mapped - from);
        atomic_store(&store->cut, true);
        if (mmap(from, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == from)
            return;
    }
    signal(number, SIG_DFL);
    raise(number);
}

void store_prepare(void)
{
    struct sigaction action = {.sa_sigaction = handle_fault, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

struct store *store_make(size_t size)
{
    struct store *const store = malloc(sizeof *store + size + READABLE_BEHIND);
    if (store == NULL)
        return NULL;
    atomic_init(&store->users, 1);
    atomic_init(&store->cut, false);
    store->mapped = 0;
    store->bytes = (char *)(store + 1);
    return store;
}

static bool enter_map(struct store *store)
{
    for (size_t i = 0; i < MAPPED_MAX; i++) {
        struct store *none = NULL;
        if (atomic_compare_exchange_strong(&maps[i], &none, store))
            return true;
    }
    return false;
}

static void leave_map(struct store *store)
{
    for (size_t i = 0; i < MAPPED_MAX; i++) {
        struct store *self = store;
        if (atomic_compare_exchange_strong(&maps[i], &self, NULL))
            return;
    }
}

struct store *store_map(int fd, uint64_t offset, size_t size)
{
    struct store *const store = malloc(sizeof *store);
    if (store == NULL)
        return NULL;
    atomic_init(&store->users, 1);
    atomic_init(&store->cut, false);
    store->mapped = size;
    store->bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, (off_t)offset);
    if (store->bytes == MAP_FAILED) {
        free(store);
        return NULL;
    }
    if (!enter_map(store)) {
        munmap(store->bytes, size);
        free(store);
        return NULL;
    }
    return store;
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
    if (store == NULL || atomic_fetch_sub(&store->users, 1) != 1)
        return;
    if (store->mapped > 0) {
        leave_map(store);
        munmap(store->bytes, store->mapped);
    }
    free(store);
}

bool store_is_cut(const struct store *store)
{
    return atomic_load(&store->cut);
}
