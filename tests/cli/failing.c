/* SPDX-License-Identifier: MIT
 *
 * A system that is out of memory, or out of threads: to be loaded before a program (LD_PRELOAD).
 *
 *     FAIL=own:N      the Nth allocation fails that the program itself asks for, not its libraries
 *     FAIL=own:N+     and all of them behind it
 *     FAIL=memory:N   the same of all allocations of the process
 *     FAIL=threads:N  the same of threads
 *
 * The file FAIL_COUNT, if it is named, takes how many there were of each, in this order, and how often a thread has waited: at
 * the end, and before that when the first of them fails, so that it is there whatever comes of it. With FAIL the program ends
 * after half a minute. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

static struct kind own = {.name = "own"};
static struct kind memory = {.name = "memory"};
static struct kind threads = {.name = "threads"};
static const char *counts;
/* The program's code. */
static uintptr_t code_begin, code_end;

static void read_plan(struct kind *kind, const char *plan)
{
    const size_t length = strlen(kind->name);
    if (strncmp(plan, kind->name, length) != 0 || plan[length] != ':')
        return;
    char *end;
    kind->first = strtoul(plan + length + 1, &end, 10);
    kind->for_good = *end == '+';
}

/* The program comes first. */
static int find_code(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *const part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0)
            continue;
        code_begin = info->dlpi_addr + part->p_vaddr;
        code_end = code_begin + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void prepare(void)
{
    const char *const plan = getenv("FAIL");
    counts = getenv("FAIL_COUNT");
    dl_iterate_phdr(find_code, NULL);
    /* What the loader asked for does not count. */
    atomic_store(&memory.count, 0);
    if (plan == NULL)
        return;
    alarm(30);
    read_plan(&own, plan);
    read_plan(&memory, plan);
    read_plan(&threads, plan);
}

/* Always of the same length, so that two threads may do it at once. */
__attribute__((destructor)) static void tell(void)
{
    char text[96];
    if (counts == NULL)
        return;
    struct rusage usage = {.ru_nvcsw = 0};
    getrusage(RUSAGE_SELF, &usage);
    const int length = snprintf(text, sizeof text, "%20lu %20lu %20lu %20lu\n",
                                atomic_load(&own.count), atomic_load(&memory.count),
                                atomic_load(&threads.count), (unsigned long)usage.ru_nvcsw);
    const int fd = open(counts, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, text, (size_t)length) != length)
        _exit(99);
    close(fd);
}

static bool fails(struct kind *kind)
{
    const unsigned long number = atomic_fetch_add(&kind->count, 1) + 1;
    if (kind->first == 0 || number < kind->first)
        return false;
    if (number == kind->first)
        tell();
    return number == kind->first || kind->for_good;
}

/* With errno as a system sets it that has no memory left. */
static bool lacks_memory(const void *caller)
{
    const uintptr_t address = (uintptr_t)caller;
    const bool is_own = address >= code_begin && address < code_end;
    const bool own_fails = is_own && fails(&own);
    if (!fails(&memory) && !own_fails)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return lacks_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    void *const got =
        lacks_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
    if (got == NULL)
        return ENOMEM;
    *result = got;
    return 0;
}

/* The C library's would ask for the copy itself. */
char *strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = lacks_memory(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    return fails(&threads) ? EAGAIN : real(thread, attributes, run, argument);
}
