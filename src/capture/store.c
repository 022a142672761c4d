/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <errno.h>
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

/* A map, for the signal handler: it may look at nothing that another thread may free. */
struct map {
    atomic_bool taken;
    atomic_bool cut;
    _Atomic(char *) bytes; /* NULL while it is not to be looked at */
    atomic_size_t size;
};

static struct map maps[MAPPED_MAX];

struct store {
    atomic_uint users;
    struct map *map; /* or NULL */
    char *bytes;
};

/* A file that has shrunk under its map: zeros for the pages that are gone. Other faults end the program as ever. */
static void handle_fault(int number, siginfo_t *info, void *context)
{
    char *const at = info->si_addr;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const int kept_errno = errno;
    (void)context;
    for (size_t i = 0; i < MAPPED_MAX; i++) {
        char *const begin = atomic_load(&maps[i].bytes);
        const size_t size = atomic_load(&maps[i].size);
        if (begin == NULL || at < begin || at >= begin + size)
            continue;
        char *const from = (char *)((uintptr_t)at & ~(page - 1));
        const size_t rest = (size_t)(begin + size - from);
        atomic_store(&maps[i].cut, true);
        if (mmap(from, rest, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == from) {
            errno = kept_errno;
            return;
        }
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
    store->map = NULL;
    store->bytes = (char *)(store + 1);
    return store;
}

static struct map *take_map(char *bytes, size_t size)
{
    for (size_t i = 0; i < MAPPED_MAX; i++) {
        bool taken = false;
        if (!atomic_compare_exchange_strong(&maps[i].taken, &taken, true))
            continue;
        atomic_store(&maps[i].cut, false);
        atomic_store(&maps[i].size, size);
        atomic_store(&maps[i].bytes, bytes);
        return &maps[i];
    }
    errno = ENOMEM;
    return NULL;
}

static void give_back_map(struct map *map)
{
    char *const bytes = atomic_load(&map->bytes);
    atomic_store(&map->bytes, NULL);
    munmap(bytes, atomic_load(&map->size));
    atomic_store(&map->taken, false);
}

struct store *store_map(int fd, uint64_t offset, size_t size)
{
    struct store *const store = malloc(sizeof *store);
    if (store == NULL)
        return NULL;
    atomic_init(&store->users, 1);
    store->bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, (off_t)offset);
    store->map = store->bytes == MAP_FAILED ? NULL : take_map(store->bytes, size);
    if (store->map != NULL)
        return store;
    if (store->bytes != MAP_FAILED)
        munmap(store->bytes, size);
    free(store);
    return NULL;
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
    if (store->map != NULL)
        give_back_map(store->map);
    free(store);
}

bool store_is_cut(const struct store *store)
{
    return store->map != NULL && atomic_load(&store->map->cut);
}
