/* SPDX-License-Identifier: MIT
 *
 * Preloaded into the tool: of the allocations that the program itself asks for, not its libraries, the one of the number in
 * NO_MEMORY_AT fails, or with "N+" that and all behind it. Then the file NO_MEMORY_MARK is made, to tell that it came so
 * far. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the C library calls its own. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* The program's code. */
static uintptr_t code_begin, code_end;
static atomic_ulong asked;
static unsigned long first;
static bool and_all_behind;

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

__attribute__((constructor)) static void begin(void)
{
    const char *const at = getenv("NO_MEMORY_AT");
    char *end;
    if (at == NULL)
        return;
    first = strtoul(at, &end, 10);
    and_all_behind = *end == '+';
    dl_iterate_phdr(find_code, NULL);
}

static bool fails(const void *caller)
{
    const uintptr_t address = (uintptr_t)caller;
    if (address < code_begin || address >= code_end)
        return false;
    const unsigned long number = atomic_fetch_add(&asked, 1) + 1;
    if (number != first && !(and_all_behind && number > first))
        return false;
    const char *const mark = getenv("NO_MEMORY_MARK");
    const int fd = mark == NULL ? -1 : open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0)
        close(fd);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

char *strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}
