/* SPDX-License-Identifier: MIT
 *
 * What bench/kernels counts: searches a log, or parses lines, PASSES times.
 *
 *     kernels search|parse FILE PASSES RANK */
#include "log/scan/search.h"

#include <sbfota/sbfota.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM = 1 << 24,
    EVENTS = 256
};

static size_t search_all(search_function *search, const char *begin, const char *end)
{
    size_t found = 0;
    while (begin < end) {
        const struct candidate candidate = search(begin, end, false);
        if (candidate.line == NULL)
            break;
        found++;
        begin = memchr(candidate.line, '\n', (size_t)(end - candidate.line));
        begin++;
    }
    return found;
}

static size_t parse_all(const char *bytes, size_t length)
{
    struct sbfota_event events[EVENTS];
    struct sbfota_parser parser;
    size_t found = 0;
    sbfota_parser_init(&parser);
    for (size_t at = 0, count; at < length; found += count)
        at += sbfota_parse_batch(&parser, bytes + at, length - at, events, EVENTS, &count);
    return found;
}

int main(int count, char **words)
{
    FILE *const file = count == 5 ? fopen(words[2], "rb") : NULL;
    char *const bytes = malloc(ROOM);
    if (file == NULL || bytes == NULL)
        return 2;
    const size_t length = fread(bytes, 1, ROOM, file);
    search_function *const search = search_by_rank((unsigned)atoi(words[4])).lines;
    if (search == NULL || length == 0 || bytes[length - 1] != '\n')
        return 2;
    size_t found = 0;
    for (int pass = atoi(words[3]); pass > 0; pass--)
        found += strcmp(words[1], "search") == 0 ? search_all(search, bytes, bytes + length)
                                                 : parse_all(bytes, length);
    printf("%zu\n", found);
    return found == 0;
}
