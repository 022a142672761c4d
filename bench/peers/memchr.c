/* SPDX-License-Identifier: MIT
 *
 * Lines and nothing else: the least that any decoder of lines in memory does. */
#include <string.h>

#include "codec/jobs.h"

size_t split_memchr(const struct input *input, struct tally *tally)
{
    const char *const end = input->bytes + input->length;
    const char *line = input->bytes;
    const char *line_end;
    while (line < end && (line_end = memchr(line, '\n', (size_t)(end - line))) != NULL) {
        tally_add(tally, SBFOTA_OTHER, line_end - line);
        line = line_end + 1;
    }
    return input->length;
}
