/* SPDX-License-Identifier: MIT
 *
 * How a stack that decodes line by line comes to its lines: chunks are copied to a buffer until a line feed is there. */
#ifndef BENCH_PEERS_LINE_BUFFER_H
#define BENCH_PEERS_LINE_BUFFER_H

#include <string.h>

#include "codec/jobs.h"

/* Decodes a line without its line ends, NUL behind it. */
typedef void line_function(const char *line, size_t length, struct tally *tally);

static inline size_t without_line_end(const char *line, size_t length)
{
    while (length > 0 && line[length - 1] == '\r')
        length--;
    return length;
}

/* Hand each line that is not empty to `decode`. Inline, so that `decode` is no call through a pointer. */
static inline size_t buffer_lines(const struct input *input, struct tally *tally,
                                  line_function *decode)
{
    char line[SBFOTA_LINE_MAX + 1];
    size_t filled = 0;
    for (size_t at = 0; at < input->length; at += CHUNK) {
        const char *next = input->bytes + at;
        const char *const end = next + (input->length - at < CHUNK ? input->length - at : CHUNK);
        while (next < end) {
            const char *const line_end = memchr(next, '\n', (size_t)(end - next));
            const size_t part = (size_t)((line_end != NULL ? line_end : end) - next);
            const size_t room = SBFOTA_LINE_MAX - filled;
            memcpy(line + filled, next, part < room ? part : room);
            filled += part < room ? part : room;
            next += part;
            if (line_end == NULL)
                break;
            next++;
            filled = without_line_end(line, filled);
            line[filled] = '\0';
            if (filled > 0)
                decode(line, filled, tally);
            filled = 0;
        }
    }
    return input->length;
}

#endif
