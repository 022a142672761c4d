/* SPDX-License-Identifier: MIT
 *
 * A system that is out of memory, or out of threads: to be loaded before a program (LD_PRELOAD).
 *
 *     FAIL=memory:N   the Nth allocation fails
 *     FAIL=memory:N+  and all behind it
 *     FAIL=threads:N  the same of threads
 *
 * The file FAIL_COUNT, if it is named, takes how many there were. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <dlfcn.h>

/* What glibc itself calls them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

struct kind {
    const char *name;
    atomic_ulong count;
    unsigned long first; /* 0: none */
    bool for_good;
};

static struct kind memory = {.name = "memory"};
static struct kind threads = {.name = "threads"};

static void read_plan(struct kind *kind, const char *plan)
{
    const size_t length = strlen(kind->name);
    if (strncmp(plan, kind->name, length) != 0 || plan[length] != ':')
        return;
    char *end;
    kind->first = strtoul(plan + length + 1, &end, 10);
    kind->for_good = *end == '+';
}

__attribute__((constructor)) static void prepare(void)
{
    const char *const plan = getenv("FAIL");
    atomic_store(&memory.count, 0);
    if (plan == NULL)
        return;
    read_plan(&memory, plan);
    read_plan(&threads, plan);
}

__attribute__((destructor)) static void tell(void)
{
    const char *const name = getenv("FAIL_COUNT");
    char text[64];
    if (name == NULL)
        return;
    const int length = snprintf(text, sizeof text, "%lu %lu\n", atomic_load(&memory.count),
                                atomic_load(&threads.count));
    const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, (size_t)length) != length)
        _exit(99);
    close(fd);
}

static bool fails(struct kind *kind)
{
    const unsigned long number = atomic_fetch_add(&kind->count, 1) + 1;
    return kind->first > 0 && (number == kind->first || (kind->for_good && number > kind->first));
}

/* NULL, as from a system that has no memory left. */
static void *refuse(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return fails(&memory) ? refuse() : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(&memory) ? refuse() : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(&memory) ? refuse() : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails(&memory) ? refuse() : __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    void *const got = fails(&memory) ? NULL : __libc_memalign(alignment, size);
    if (got == NULL)
        return ENOMEM;
    *result = got;
    return 0;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    return fails(&threads) ? EAGAIN : real(thread, attributes, run, argument);
}
