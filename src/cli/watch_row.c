/* SPDX-License-Identifier: MIT */
#include "watch_row.h"

#include <stdio.h>

#include "text_safety.h"

void row_colour(struct row *row, const char *colour)
{
    if (row->colour)
        writer_string(row->writer, colour);
}

void row_text(struct row *row, struct bytes text)
{
    const bool utf8 = text_is_utf8(text.data, text.length);
    struct text_unit unit;
    for (size_t at = 0; at < text.length; at += unit.length) {
        char shown[13];
        unit = text_next(text.data + at, text.length - at, utf8);
        const size_t length = text_escape(&unit, text.data + at, shown);
        const size_t columns = unit.plain && unit.length > 1 ? text_columns(unit.code) : length;
        if (columns > row->columns)
            return;
        writer_put(row->writer, shown, length);
        row->columns -= columns;
    }
}

static struct bytes print(char *room, size_t size, const char *format, va_list arguments)
{
    const int length = vsnprintf(room, size, format, arguments);
    return (struct bytes){room, length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1};
}

void row_put(struct row *row, const char *format, ...)
{
    char room[256];
    va_list arguments;
    va_start(arguments, format);
    row_text(row, print(room, sizeof room, format, arguments));
    va_end(arguments);
}

void row_put_whole(struct row *row, const char *format, ...)
{
    char room[256];
    va_list arguments;
    va_start(arguments, format);
    const struct bytes text = print(room, sizeof room, format, arguments);
    va_end(arguments);
    if (text.length <= row->columns)
        row_text(row, text);
}

void row_end(struct row *row)
{
    row_colour(row, ROW_PLAIN);
    writer_string(row->writer, "\033[K\r\n");
}
