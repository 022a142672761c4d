/* SPDX-License-Identifier: MIT */
#include "cli/writing/put.h"

#include <string.h>

#include "cli/writing/terminal.h"
#include "cli/writing/text_safety.h"

size_t text_put_safe(struct writer *writer, struct bytes text)
{
    if (text.length == 0)
        return 0;
    const size_t plain = text_plain_run(text.data, text.length);
    writer_put(writer, text.data, plain);
    /* What is plain is UTF-8: the rest decides. */
    const bool utf8 = text_is_utf8(text.data + plain, text.length - plain);
    struct text_unit unit;
    size_t columns = plain;
    for (size_t at = plain; at < text.length; at += unit.length) {
        char escaped[13];
        unit = text_next(text.data + at, text.length - at, utf8);
        const size_t length = text_escape(&unit, text.data + at, escaped);
        writer_put(writer, escaped, length);
        columns += unit.plain && unit.length > 1 ? text_columns(unit.code) : length;
    }
    return columns;
}

/* Columns of one unit as text_put_safe writes it. */
static size_t measure_unit(const struct text_unit *unit, const char *bytes)
{
    char escaped[13];
    const size_t length = text_escape(unit, bytes, escaped);
    return unit->plain && unit->length > 1 ? text_columns(unit->code) : length;
}

/* How many bytes of a text fill at most `width` columns, and how many those are. */
static size_t fit(struct bytes text, size_t width, size_t *columns)
{
    const bool utf8 = text_is_utf8(text.data, text.length);
    size_t at = 0;
    *columns = 0;
    while (at < text.length) {
        const struct text_unit unit = text_next(text.data + at, text.length - at, utf8);
        const size_t more = measure_unit(&unit, text.data + at);
        if (*columns + more > width)
            break;
        *columns += more;
        at += unit.length;
    }
    return at;
}

size_t text_measure(struct bytes text)
{
    size_t columns;
    fit(text, SIZE_MAX / 2, &columns);
    return columns;
}

size_t text_put_safe_within(struct writer *writer, struct bytes text, size_t width)
{
    size_t columns;
    if (fit(text, width, &columns) == text.length)
        return text_put_safe(writer, text);
    if (width < 2)
        return 0;
    const size_t length = fit(text, width - 2, &columns);
    /* What is left may be UTF-8 where all of it was not, and so be written otherwise, but not wider. */
    text_put_safe(writer, (struct bytes){text.data, length});
    writer_string(writer, "..");
    return columns + 2;
}

/* The end of a text that fills at most `width` columns. */
static struct bytes fitting_end(struct bytes text, size_t width)
{
    const bool utf8 = text_is_utf8(text.data, text.length);
    size_t left = text_measure(text);
    size_t at = 0;
    while (left > width) {
        const struct text_unit unit = text_next(text.data + at, text.length - at, utf8);
        left -= measure_unit(&unit, text.data + at);
        at += unit.length;
    }
    return (struct bytes){text.data + at, text.length - at};
}

size_t text_put_safe_ends(struct writer *writer, struct bytes text, size_t width)
{
    size_t columns;
    if (width < 4 || fit(text, width, &columns) == text.length)
        return text_put_safe_within(writer, text, width);
    const size_t length = fit(text, (width - 2) / 3, &columns);
    const struct bytes end = fitting_end(text, width - 2 - columns);
    columns += 2 + text_measure(end);
    text_put_safe(writer, (struct bytes){text.data, length});
    writer_string(writer, "..");
    text_put_safe(writer, end);
    return columns;
}

/* Bytes of a colour that we have put at the begin of a text; 0 if there is none. Whatever else has an escape is text_put_safe's,
 * and has none. */
static size_t colour_length(const char *text, size_t length)
{
    const char *const end = length > 0 && text[0] == '\033' ? memchr(text, 'm', length) : NULL;
    return end == NULL ? 0 : (size_t)(end - text) + 1;
}

/* How many bytes of a line with colours fill at most `width` columns; `coloured`: they end within a colour. */
static size_t fit_line(const char *line, size_t length, size_t width, bool *coloured)
{
    size_t at = 0;
    *coloured = false;
    while (at < length) {
        const size_t colour = colour_length(line + at, length - at);
        const char *const next = memchr(line + at + colour, '\033', length - at - colour);
        const size_t run = (next == NULL ? length : (size_t)(next - line)) - at - colour;
        size_t columns;
        const size_t kept = fit((struct bytes){line + at + colour, run}, width, &columns);
        if (colour > 0)
            *coloured = memcmp(line + at, COLOUR_PLAIN, colour) != 0;
        at += colour + kept;
        width -= columns;
        if (kept < run)
            break;
    }
    return at;
}

void text_cut_lines(struct writer *writer, size_t begin, size_t width)
{
    static const char cut[] = ".." COLOUR_PLAIN;
    size_t to = begin;
    if (width >= WIDTH_UNLIMITED)
        return;
    for (size_t from = begin; from < writer->used;) {
        char *const line = writer->buffer + from;
        const char *const end = memchr(line, '\n', writer->used - from);
        const size_t length = end == NULL ? writer->used - from : (size_t)(end - line);
        bool coloured;
        size_t kept = fit_line(line, length, width, &coloured);
        const bool whole = kept == length;
        if (!whole)
            kept = fit_line(line, length, width - 2, &coloured);
        memmove(writer->buffer + to, line, kept);
        to += kept;
        /* What is cut has more than the two columns, and the end of its colour: it has no fewer bytes. */
        if (!whole) {
            const size_t more = coloured ? sizeof cut - 1 : 2;
            memcpy(writer->buffer + to, cut, more);
            to += more;
        }
        from += length;
        if (end != NULL) {
            writer->buffer[to++] = '\n';
            from++;
        }
    }
    writer->used = to;
}

void text_put_cell(struct writer *writer, struct bytes text, size_t width)
{
    text_put_padding(writer, text_put_safe_within(writer, text, width), width + 2);
}

void text_trim(struct writer *writer, size_t begin)
{
    while (writer->used > begin && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
}

void text_put_padding(struct writer *writer, size_t filled, size_t width)
{
    for (; filled < width; filled++)
        writer_byte(writer, ' ');
}
