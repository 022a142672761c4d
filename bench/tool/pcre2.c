/* SPDX-License-Identifier: MIT
 *
 * logs_pcre2: what a program with PCRE2-JIT does to a log: find the URCs, extract kind and number, count.
 *
 *     logs_pcre2 LOG     prints the number of URCs and the sum of their numbers */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "codec/jobs.h"

static char *map(const char *path, size_t *length)
{
    struct stat status;
    const int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &status) != 0)
        return NULL;
    *length = (size_t)status.st_size;
    char *const bytes = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, fd, 0);
    return bytes == MAP_FAILED ? NULL : bytes;
}

int main(int argc, char **argv)
{
    struct input input = {.name = "log"};
    struct tally found = {.sum = 0};
    input.bytes = argc == 2 ? map(argv[1], &input.length) : NULL;
    if (input.bytes == NULL) {
        fprintf(stderr, "usage: logs_pcre2 LOG\n");
        return EXIT_FAILURE;
    }
    find_pcre2_urcs(&input, &found);
    uint64_t count = 0;
    for (unsigned kind = 1; kind < SBFOTA_OTHER; kind++)
        count += found.count[kind];
    printf("%" PRIu64 " %" PRId64 "\n", count, found.sum);
    return EXIT_SUCCESS;
}
