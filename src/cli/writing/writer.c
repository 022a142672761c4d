/* SPDX-License-Identifier: MIT */
#include "cli/writing/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FIRST_CAPACITY = 65536
};

bool writer_make(struct writer *writer, struct output *output)
{
    *writer = (struct writer){.buffer = malloc(FIRST_CAPACITY), .output = output};
    writer->capacity = writer->buffer == NULL ? 0 : FIRST_CAPACITY;
    return writer->buffer != NULL;
}

void writer_free(struct writer *writer)
{
    free(writer->buffer);
    writer->buffer = NULL;
}

void writer_flush(struct writer *writer, struct output *output)
{
    output_write(output, writer->buffer, writer->used);
    writer->used = 0;
}

/* What is there are whole lines; what goes on with the last one finds no room. */
static void fail(struct writer *writer)
{
    writer->failed = true;
    while (writer->used > 0 && writer->buffer[writer->used - 1] != '\n')
        writer->used--;
    writer->capacity = writer->used;
}

bool writer_make_room(struct writer *writer, size_t length)
{
    if (writer->failed)
        return false;
    if (writer->output != NULL)
        writer_flush(writer, writer->output);
    if (writer->capacity - writer->used >= length)
        return true;
    const size_t capacity = (writer->used + length) * 2;
    char *const buffer = realloc(writer->buffer, capacity);
    if (buffer == NULL) {
        fail(writer);
        return false;
    }
    writer->buffer = buffer;
    writer->capacity = capacity;
    return true;
}

void writer_print(struct writer *writer, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0)
        writer_put(writer, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

void writer_number(struct writer *writer, long long number)
{
    char digits[20];
    size_t first = sizeof digits;
    unsigned long long magnitude =
        number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
    do {
        digits[--first] = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude > 0);
    if (number < 0)
        writer_byte(writer, '-');
    writer_put(writer, digits + first, sizeof digits - first);
}
