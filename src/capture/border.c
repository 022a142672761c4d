/* SPDX-License-Identifier: MIT */
#include "border.h"

#include <string.h>

static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}

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
static bool joins_raw(struct bytes line, size_t border)
{
    const char *const rest = line.data + border;
    const char *begin = rest;
    while (begin > line.data && begin[-1] != '\r')
        begin--;
    return begin < rest && is_message(begin, find_end(rest, line.data + line.length));
}

bool border_joins(const struct reading *reading, struct bytes line, size_t border)
{
    const char *const end = line.data + line.length;
    const char *const feed = is_line_end(end[-1]) && end[-1] == '\n' ? end - 1 : end;
    const char *const rest = line.data + border;
    struct line read;
    if (rest < end && is_line_end(*rest))
        return true;
    if (reading->form->form == FORM_RAW)
        return joins_raw(line, border);
    reading_line(reading, rest, feed, &read);
    if (read.role == LINE_RECORD || read.role == LINE_HEADER)
        return false;
    reading_line(reading, line.data, feed, &read);
    return read.role == LINE_RECORD || read.role == LINE_HEADER ||
           (read.role == LINE_BARE && is_message(line.data, find_end(rest, end)));
}
