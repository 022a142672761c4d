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

/* The last words of a line, the very last first. */
struct last_words {
    struct row_byte list[3];
};

static struct last_words find_last(const char *line)
{
    const struct row_byte none = {WORD_NONE, line, line};
    struct last_words last = {{none, none, none}};
    for (const char *next = line;;) {
        const char *const begin = next;
        const enum row_word word = read_word(&next);
        if (word == WORD_NONE)
            return last;
        last.list[2] = last.list[1];
        last.list[1] = last.list[0];
        last.list[0] = (struct row_byte){word, begin, next};
    }
}

/* The byte that a decimal number of two or three digits is, if it is one of text; 0 if not. */
static unsigned number_of(const struct row_byte *word)
{
    unsigned value = 0;
    size_t length = 0;
    while (word->word != WORD_NONE && length < 4 && word->begin[length] >= '0' &&
           word->begin[length] <= '9')
        value = value * 10 + (unsigned)word->begin[length++] - '0';
    const bool ends = word->begin[length] <= ' ';
    const bool is_text = (value >= ' ' && value <= '~') || value == '\r' || value == '\n';
    return length > 1 && length < 4 && ends && is_text ? value : 0;
}

/* The last of its words, which must not stand among other bytes; of digits that a character follows, these. */
static struct row_byte find_byte(enum byte_rows kind, const struct last_words *words)
{
    const struct row_byte *const last = words->list;
    if (kind == BYTE_ROWS_NUMBERS) {
        const bool alone = last[1].word == WORD_NONE || last[1].word == WORD_OTHER;
        return alone && number_of(&last[0]) > 0
                   ? last[0]
                   : (struct row_byte){WORD_NONE, last[0].begin, last[0].begin};
    }
    if (kind == BYTE_ROWS_DIGITS) {
        const bool shown = last[0].word >= WORD_QUOTED_LINE_FEED && is_digits(&last[1]) &&
                           (last[2].word == WORD_NONE || is_before_byte(&last[2]));
        const bool alone = !shown && is_digits(&last[0]) && is_before_byte(&last[1]);
        return shown   ? last[1]
               : alone ? last[0]
                       : (struct row_byte){WORD_NONE, last[0].begin, last[0].begin};
    }
    const bool alone = last[1].word == WORD_NONE && is_quoted(&last[0]);
    if (last[0].word >= WORD_QUOTED_LINE_FEED && (alone || last[1].word == WORD_OTHER))
        return last[0];
    return find_blank(&last[0]);
}

/* The rows of a sample that would have a byte of one kind. */
struct row_count {
    unsigned rows;
    unsigned ends;
    bool has_others; /* bytes that text has not */
};

static void count_row(struct row_count *count, enum row_word word)
{
    count->has_others = count->has_others || word == WORD_BYTE;
    count->rows += word != WORD_NONE;
    count->ends +=
        word == WORD_LINE_FEED || word == WORD_QUOTED_LINE_FEED || word == WORD_CHARACTER_LINE_FEED;
}

static bool has_rows(const struct row_count *count, unsigned lines)
{
    return !count->has_others && count->rows >= ROWS_LEAST && count->ends > 0 &&
           count->rows * ROWS_SHARE >= lines;
}

/* Letters of the word that each of our messages holds, as they come one behind the other in rows of numbers. */
struct number_rows {
    unsigned rows;
    unsigned letters; /* of the word, up to now */
    bool found;
};

static void count_number(struct number_rows *count, unsigned value)
{
    static const char word[] = "sbfota";
    count->rows += value > 0;
    if (value == 0)
        return;
    const bool goes_on = (value | 0x20U) == (unsigned char)word[count->letters];
    count->letters = goes_on ? count->letters + 1 : (value | 0x20U) == 's';
    count->found = count->found || word[count->letters] == '\0';
    if (count->found)
        count->letters = 0;
}

enum byte_rows byte_rows_look(struct bytes sample)
{
    struct number_rows numbers = {.rows = 0};
    const char *const limit = sample.data + sample.length;
    struct row_count digits = {.rows = 0}, characters = {.rows = 0};
    unsigned lines = 0;
    for (const char *next = sample.data, *end; next < limit && lines < ROWS_LOOKED_AT;
         next = end + 1, lines++) {
        end = memchr(next, '\n', (size_t)(limit - next));
        const struct last_words last = find_last(next);
        count_row(&digits, find_byte(BYTE_ROWS_DIGITS, &last).word);
        count_row(&characters, find_byte(BYTE_ROWS_CHARACTERS, &last).word);
        const struct row_byte number = find_byte(BYTE_ROWS_NUMBERS, &last);
        count_number(&numbers, number_of(&number));
    }
    if (numbers.found && numbers.rows * ROWS_SHARE >= lines)
        return BYTE_ROWS_NUMBERS;
    return has_rows(&digits, lines)       ? BYTE_ROWS_DIGITS
           : has_rows(&characters, lines) ? BYTE_ROWS_CHARACTERS
                                          : BYTE_ROWS_NONE;
}

static struct bytes byte_text(enum byte_rows kind, const struct row_byte *byte)
{
    const char *end = byte->next;
    if (kind == BYTE_ROWS_NUMBERS)
        return (struct bytes){byte->begin, byte->begin[2] > ' ' ? 3 : 2};
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
    const struct last_words last = find_last(begin);
    const struct row_byte byte = find_byte(kind, &last);
    line->role = LINE_NOISE;
    if (byte.word == WORD_NONE)
        return;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = byte_text(kind, &byte);
    line->escapes = kind == BYTE_ROWS_NUMBERS ? ESCAPES_NUMBERS
                    : is_digits(&byte)        ? ESCAPES_HEX
                                              : ESCAPES_ANY;
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
