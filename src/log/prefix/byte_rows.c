/* SPDX-License-Identifier: MIT */
#include "log/prefix/byte_rows.h"

#include <string.h>

#include "log/prefix/fields.h"

enum {
    ROWS_LOOKED_AT = 400,
    ROWS_LEAST = 16,
    ROWS_SHARE = 6 /* of the lines one row at least */
};

enum row_word {
    WORD_NONE,    /* the line's end */
    WORD_OTHER,   /* no byte */
    WORD_OF_DUMP, /* behind which more bytes come */
    WORD_LINE_FEED,
    WORD_TEXT,
    WORD_BYTE /* that text has not */
};

#include "byte_row.inc"

/* The last word of a line, which begins at `at`; WORD_NONE if it is no byte, or not the only one. */
static enum row_word find_byte(const char *next, const char **at)
{
    enum row_word before = WORD_NONE, last = WORD_NONE;
    for (;;) {
        const char *const begin = next;
        const enum row_word word = read_word(&next);
        if (word == WORD_NONE)
            return last > WORD_OF_DUMP && before == WORD_OTHER ? last : WORD_NONE;
        before = last;
        last = word;
        *at = begin;
    }
}

bool byte_rows_look(struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    unsigned lines = 0, rows = 0, ends = 0;
    for (const char *next = sample.data, *end; next < limit && lines < ROWS_LOOKED_AT;
         next = end + 1, lines++) {
        const char *at;
        end = memchr(next, '\n', (size_t)(limit - next));
        const enum row_word byte = find_byte(next, &at);
        if (byte == WORD_BYTE)
            return false;
        rows += byte != WORD_NONE;
        ends += byte == WORD_LINE_FEED;
    }
    return rows >= ROWS_LEAST && ends > 0 && rows * ROWS_SHARE >= lines;
}

void byte_row_read(const char *begin, struct line *line)
{
    const char *at = begin;
    line->role = LINE_NOISE;
    if (find_byte(begin, &at) == WORD_NONE)
        return;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = (struct bytes){at[1] == 'x' ? at + 2 : at, 2};
    line->escapes = ESCAPES_HEX;
    line->time = field_time(begin, at);
    for (const char *next = begin, *word = begin; next < at && line->direction == DIRECTION_NONE;
         word = next) {
        read_word(&next);
        const char *end = next;
        while (end > word && strchr(" \t\r:", end[-1]) != NULL)
            end--;
        line->direction = field_direction((struct bytes){word, (size_t)(end - word)});
    }
}
