/* SPDX-License-Identifier: MIT
 *
 * Bytes on their way to the output. */
#ifndef SBFOTA_CLI_WRITER_H
#define SBFOTA_CLI_WRITER_H

#include <string.h>

#include "cli/writing/output.h"

/* Make one with writer_make. */
struct writer {
    char *buffer;
    size_t used;
    size_t capacity;
    struct output *output; /* where it goes when it is full; NULL if it grows instead */
    bool failed;           /* without memory: output is missing */
};

/* False without memory. */
bool writer_make(struct writer *writer, struct output *output);
void writer_free(struct writer *writer);

/* Bring what there is to an output. */
void writer_flush(struct writer *writer, struct output *output);

/* Make room for `length` bytes more; false without memory. */
bool writer_make_room(struct writer *writer, size_t length);

static inline void writer_put(struct writer *writer, const void *bytes, size_t length)
{
    if (writer->capacity - writer->used < length && !writer_make_room(writer, length))
        return;
    if (length > 0)
        memcpy(writer->buffer + writer->used, bytes, length);
    writer->used += length;
}

static inline void writer_byte(struct writer *writer, char byte)
{
    writer_put(writer, &byte, 1);
}

/* Inline, so that the length of a literal is known to the compiler. */
static inline void writer_string(struct writer *writer, const char *string)
{
    writer_put(writer, string, strlen(string));
}

/* As printf, up to 1023 bytes. */
__attribute__((format(printf, 2, 3))) void writer_print(struct writer *writer, const char *format,
                                                        ...);

void writer_number(struct writer *writer, long long number);

#endif
