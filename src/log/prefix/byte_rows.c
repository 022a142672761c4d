/* SPDX-License-Identifier: MIT */
#include "log/prefix/byte_rows.h"

#include <string.h>

#include "log/prefix/fields.h"

enum {
    ROWS_LOOKED_AT = 400,
    ROWS_LEAST = 16,
    ROWS_SHARE = 6 /* of the lines one row at least */
};

static bool is_digit(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

static unsigned value_of(char digit)
{
    return digit <= '9' ? (unsigned)digit - '0' : ((unsigned)digit | 0x20U) - 'a' + 10U;
}

/* Does another byte stand before those digits? Then it is a row of a dump. */
static bool is_of_row(const char *begin, const char *before)
{
    while (before > begin && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    return before - begin > 2 &&
           (before[-1] == ',' ||
            (is_digit(before[-1]) && is_digit(before[-2]) && strchr(" \t:x|", before[-3]) != NULL));
}

/* The one byte in two digits that a line ends in, behind a blank; no data if it does not. */
static struct bytes find_digits(const char *begin, const char *end)
{
    while (end > begin && (end[-1] == '\r' || end[-1] == ' '))
        end--;
    const struct bytes none = {NULL, 0};
    if (end - begin < 4 || !is_digit(end[-1]) || !is_digit(end[-2]))
        return none;
    const char *before = end - 2;
    if (before - begin > 2 && before[-1] == 'x' && before[-2] == '0')
        before -= 2;
    const bool apart = before[-1] == ' ' || before[-1] == '\t';
    return apart && !is_of_row(begin, before) ? (struct bytes){end - 2, 2} : none;
}

bool byte_rows_look(struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    unsigned lines = 0, rows = 0, ends = 0;
    for (const char *next = sample.data, *end; next < limit && lines < ROWS_LOOKED_AT;
         next = end + 1, lines++) {
        end = memchr(next, '\n', (size_t)(limit - next));
        const struct bytes digits = find_digits(next, end);
        if (digits.data == NULL)
            continue;
        const unsigned byte = value_of(digits.data[0]) * 16 + value_of(digits.data[1]);
        if (byte != '\r' && byte != '\n' && (byte < ' ' || byte > '~'))
            return false;
        rows++;
        ends += byte == '\n';
    }
    return rows >= ROWS_LEAST && ends > 0 && rows * ROWS_SHARE >= lines;
}

void byte_row_read(const char *begin, const char *end, struct line *line)
{
    const struct bytes digits = find_digits(begin, end);
    line->role = LINE_NOISE;
    if (digits.data == NULL)
        return;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = digits;
    line->escapes = ESCAPES_HEX;
    line->time = field_time(begin, digits.data);
    for (const char *word = begin, *stop; word < digits.data && line->direction == DIRECTION_NONE;
         word = stop + 1) {
        for (stop = word; *stop != ' ' && *stop != '\t';)
            stop++;
        const bool closed = stop > word && stop[-1] == ':';
        line->direction = field_direction((struct bytes){word, (size_t)(stop - word) - closed});
    }
}
