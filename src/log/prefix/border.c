/* SPDX-License-Identifier: MIT */
#include "log/prefix/border.h"

#include <string.h>

/* Up to the first line end, or to `end`. */
static const char *find_end(const char *text, const char *end)
{
    while (text < end && !is_line_end(*text))
        text++;
    return text;
}

size_t border_measure(const struct reading *reading, struct bytes head, bool is_whole_file)
{
    const char *const limit = head.data + head.length;
    const char *const feed = head.length == 0 ? NULL : memchr(head.data, '\n', head.length);
    const char *end = feed != NULL ? feed + 1 : NULL;
    if (reading->form->form == FORM_RAW) {
        const char *const turn = find_end(head.data, end == NULL ? limit : end);
        /* A line end is <CR>, <CR><LF> or <CR><CR><LF>. */
        if (turn < limit && *turn == '\r' && (end == NULL || end - turn > 3))
            end = turn + 1;
    }
    if (end != NULL)
        return (size_t)(end - head.data);
    return is_whole_file ? head.length : 0;
}

static bool is_message(const char *begin, const char *end)
{
    struct sbfota_event event;
    sbfota_decode_line(begin, (size_t)(end - begin), &event);
    return event.kind != SBFOTA_OTHER && event.kind != SBFOTA_MALFORMED &&
           event.kind != SBFOTA_OVERLONG;
}

/* In a raw capture a line may begin behind a <CR> in what is taken for one. */
static bool joins_raw(const char *line, size_t length, size_t border)
{
    const char *const rest = line + border;
    const char *begin = rest;
    while (begin > line && begin[-1] != '\r')
        begin--;
    return begin < rest && is_message(begin, find_end(rest, line + length));
}

/* Does a line say what its form says before a text? */
static bool is_record(const struct reading *reading, const char *begin, const char *end)
{
    struct line line;
    reading_line(reading, begin, end, &line);
    return line.role == LINE_RECORD || line.role == LINE_HEADER;
}

/* The same of a line that has no end yet. */
static bool begins_record(const struct reading *reading, char *line, size_t border)
{
    const char kept = line[border];
    line[border] = '\n';
    const bool begins = is_record(reading, line, line + border);
    line[border] = kept;
    return begins;
}

bool border_joins(const struct reading *reading, char *line, size_t length, size_t border)
{
    const char *const rest = line + border;
    const char *const feed = line[length - 1] == '\n' ? line + length - 1 : line + length;
    if (length > border && is_line_end(*rest))
        return true;
    if (reading->form->form == FORM_RAW)
        return joins_raw(line, length, border);
    /* A part of a record's begin may look like another one. */
    struct line read;
    reading_line(reading, line, feed, &read);
    const bool is_one = read.role == LINE_RECORD || read.role == LINE_HEADER;
    if (is_one && (is_message(read.text.data, read.text.data + read.text.length) ||
                   !begins_record(reading, line, border)))
        return true;
    if (is_record(reading, rest, feed))
        return false;
    return is_one || is_message(line, find_end(rest, line + length));
}
