/* SPDX-License-Identifier: MIT
 *
 * Bytes that grow. */
#ifndef SBFOTA_LOG_BYTE_BUFFER_H
#define SBFOTA_LOG_BYTE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Start with all zero; end with free(bytes). */
struct byte_buffer {
    char *bytes;
    size_t used;
    size_t room;
    bool no_memory; /* bytes are missing */
};

/* Room for so many bytes, which are then used; NULL without memory. */
static inline char *byte_buffer_add(struct byte_buffer *buffer, size_t length)
{
    if (buffer->room - buffer->used < length) {
        const size_t room = (buffer->used + length) * 2;
        char *const bytes = realloc(buffer->bytes, room);
        if (bytes == NULL) {
            buffer->no_memory = true;
            return NULL;
        }
        buffer->bytes = bytes;
        buffer->room = room;
    }
    buffer->used += length;
    return buffer->bytes + (buffer->used - length);
}

static inline void byte_buffer_put(struct byte_buffer *buffer, const void *bytes, size_t length)
{
    char *const to = length == 0 ? NULL : byte_buffer_add(buffer, length);
    if (to != NULL)
        memcpy(to, bytes, length);
}

static inline void byte_buffer_byte(struct byte_buffer *buffer, unsigned value)
{
    char *const to = byte_buffer_add(buffer, 1);
    if (to != NULL)
        *to = (char)value;
}

/* Seven bits a byte, the lowest first; all but the last have the highest bit set. */
static inline void byte_buffer_varint(struct byte_buffer *buffer, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        byte_buffer_byte(buffer, (unsigned)(value & 0x7f) | 0x80);
    byte_buffer_byte(buffer, (unsigned)value);
}

/* The lowest byte first. */
static inline void byte_buffer_number(struct byte_buffer *buffer, uint64_t value, unsigned size)
{
    char *const to = byte_buffer_add(buffer, size);
    for (unsigned i = 0; to != NULL && i < size; i++)
        to[i] = (char)(value >> 8 * i & 0xff);
}

#endif
