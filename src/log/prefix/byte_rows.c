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
    WORD_BYTE, /* that text has not */
    WORD_QUOTED_LINE_FEED,
    WORD_QUOTED,
    WORD_CHARACTER_LINE_FEED,
    WORD_CHARACTER /* which may be a word of the line all the same */
};

#include "byte_row.inc"

/* The byte of a line. */
struct row_byte {
    enum row_word word; /* WORD_NONE if there is none */
    const char *begin;
    const char *next; /* behind blanks */
};

static bool is_digits(const struct row_byte *byte)
{
    return byte->word >= WORD_LINE_FEED && byte->word <= WORD_BYTE;
}

static bool is_quoted(const struct row_byte *byte)
{
    return byte->word == WORD_QUOTED || byte->word == WORD_QUOTED_LINE_FEED;
}

/* May a byte stand behind it? A comma stands among more of them. */
static bool is_before_byte(const struct row_byte *word)
{
    return word->word == WORD_OTHER || (word->word >= WORD_QUOTED_LINE_FEED && *word->begin != ',');
}

/* A blank behind the last word: the byte of a row of characters. */
static struct row_byte find_blank(const struct row_byte *last)
{
    const char *end = last->next;
    while (end > last->begin && end[-1] == '\r')
        end--;
    const bool is_blank = last->word == WORD_OTHER && end - last->begin > 1 && end[-1] == ' ';
    return (struct row_byte){is_blank ? WORD_CHARACTER : WORD_NONE, end - is_blank, end};
}

/* The last of its words, which must not stand among other bytes; of digits that a character follows, these. */
static struct row_byte find_byte(enum byte_rows kind, const char *line)
{
    const struct row_byte none = {WORD_NONE, line, line};
    struct row_byte last[3] = {none, none, none};
    for (const char *next = line;;) {
        const char *const begin = next;
        const enum row_word word = read_word(&next);
        if (word == WORD_NONE)
            break;
        last[2] = last[1];
        last[1] = last[0];
        last[0] = (struct row_byte){word, begin, next};
    }
    if (kind == BYTE_ROWS_DIGITS) {
        const bool shown = last[0].word >= WORD_QUOTED_LINE_FEED && is_digits(&last[1]) &&
                           (last[2].word == WORD_NONE || is_before_byte(&last[2]));
        return shown ? last[1] : is_digits(&last[0]) && is_before_byte(&last[1]) ? last[0] : none;
    }
    const bool alone = last[1].word == WORD_NONE && is_quoted(&last[0]);
    if (last[0].word >= WORD_QUOTED_LINE_FEED && (alone || last[1].word == WORD_OTHER))
        return last[0];
    return find_blank(&last[0]);
}

static bool has_rows(enum byte_rows kind, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    unsigned lines = 0, rows = 0, ends = 0;
    for (const char *next = sample.data, *end; next < limit && lines < ROWS_LOOKED_AT;
         next = end + 1, lines++) {
        end = memchr(next, '\n', (size_t)(limit - next));
        const enum row_word word = find_byte(kind, next).word;
        if (word == WORD_BYTE)
            return false;
        rows += word != WORD_NONE;
        ends += word == WORD_LINE_FEED || word == WORD_QUOTED_LINE_FEED ||
                word == WORD_CHARACTER_LINE_FEED;
    }
    return rows >= ROWS_LEAST && ends > 0 && rows * ROWS_SHARE >= lines;
}

enum byte_rows byte_rows_look(struct bytes sample)
{
    return has_rows(BYTE_ROWS_DIGITS, sample)       ? BYTE_ROWS_DIGITS
           : has_rows(BYTE_ROWS_CHARACTERS, sample) ? BYTE_ROWS_CHARACTERS
                                                    : BYTE_ROWS_NONE;
}

static struct bytes byte_text(const struct row_byte *byte)
{
    const char *end = byte->next;
    if (is_digits(byte))
        return (struct bytes){byte->begin[1] == 'x' ? byte->begin + 2 : byte->begin, 2};
    while (end - byte->begin > 1 && strchr(" \t\r", end[-1]) != NULL)
        end--;
    const size_t length = (size_t)(end - byte->begin);
    return is_quoted(byte) ? (struct bytes){byte->begin + 1, length - 2}
                           : (struct bytes){byte->begin, length};
}

void byte_row_read(enum byte_rows kind, const char *begin, struct line *line)
{
    const struct row_byte byte = find_byte(kind, begin);
    line->role = LINE_NOISE;
    if (byte.word == WORD_NONE)
        return;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = byte_text(&byte);
    line->escapes = is_digits(&byte) ? ESCAPES_HEX : ESCAPES_ANY;
    line->time = field_time(begin, byte.begin);
    for (const char *next = begin, *word = begin;
         next < byte.begin && line->direction == DIRECTION_NONE; word = next) {
        read_word(&next);
        const char *end = next;
        while (end > word && strchr(" \t\r:", end[-1]) != NULL)
            end--;
        line->direction = field_direction((struct bytes){word, (size_t)(end - word)});
    }
}
