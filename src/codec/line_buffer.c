/* SPDX-License-Identifier: MIT
 *
 * The texts of lines that come in pieces. */
#include <string.h>

#include <sbfota/passthrough.h>

void sbfota_line_buffer_init(struct sbfota_line_buffer *buffer, void *memory, size_t capacity)
{
    buffer->memory = memory;
    buffer->capacity = capacity;
    buffer->length = 0;
}

/* Keep a piece of text, if the line so far has room; once it has not, it never has. */
/*@ requires \valid(buffer);
    requires \valid(buffer->memory + (0 .. buffer->capacity - 1));
    requires \valid_read(piece + (0 .. length - 1));
    requires \separated(buffer, buffer->memory + (0 .. buffer->capacity - 1),
                        piece + (0 .. length - 1));
    assigns buffer->length, buffer->memory[0 .. buffer->capacity - 1]; */
static void keep(struct sbfota_line_buffer *buffer, const char *piece, size_t length)
{
    const size_t kept = buffer->length;
    if (length > 0 && kept <= buffer->capacity && length <= buffer->capacity - kept)
        memcpy(buffer->memory + kept, piece, length);
    buffer->length = length > SIZE_MAX - kept ? SIZE_MAX : kept + length;
}

const char *sbfota_line_buffer_take(struct sbfota_line_buffer *buffer, const void *bytes,
                                    size_t used, const struct sbfota_event *event)
{
    const char *piece = bytes;
    size_t length = used;
    if (event->kind == SBFOTA_NONE) {
        /* Line ends before the text are none of it. */
        /*@ loop invariant length <= used && piece == (const char *)bytes + (used - length);
            loop assigns length, piece;
            loop variant length; */
        for (; buffer->length == 0 && length > 0 && (*piece == '\r' || *piece == '\n'); length--)
            piece++;
        keep(buffer, piece, length);
        return NULL;
    }
    if (event->ending != SBFOTA_ENDING_NONE && length > 0)
        length--;
    const bool is_torn = buffer->length > 0;
    if (!is_torn && event->length <= length)
        return event->length == 0 ? "" : piece + (length - event->length);
    keep(buffer, piece, length);
    const bool is_whole = buffer->length <= buffer->capacity && buffer->length == event->length;
    buffer->length = 0;
    return is_whole ? buffer->memory : NULL;
}
