/* SPDX-License-Identifier: MIT */
#include "spelling.h"

#include <string.h>

static const struct {
    unsigned bit;
    const char *word;
} words[] = {
    {SBFOTA_SPELLING_BLANK_1, "b1"},          {SBFOTA_SPELLING_BLANK_2, "b2"},
    {SBFOTA_SPELLING_BLANK_3, "b3"},          {SBFOTA_SPELLING_NO_PERCENT, "nopct"},
    {SBFOTA_SPELLING_BLANK_KEYWORD, "blank"}, {SBFOTA_SPELLING_LOWER_AT, "at"},
    {SBFOTA_SPELLING_RANGE_SINGLE, "single"}, {SBFOTA_SPELLING_RANGE_LIST, "list"},
};
enum {
    WORDS = sizeof words / sizeof words[0]
};

static bool equal(struct bytes left, struct bytes right)
{
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.data, right.data, left.length) == 0);
}

static bool lead_is_canonical(const struct record *record)
{
    return !record->framed || equal(record->lead, record_canonical_lead(record->event.kind));
}

static bool tail_is_canonical(const struct record *record)
{
    return !record->framed || equal(record->tail, record_canonical_tail(record->event.kind));
}

bool spelling_has_text(const struct record *record)
{
    return (record->event.flags & (SBFOTA_FLAG_NONCANONICAL | SBFOTA_FLAG_OVERFLOW)) != 0;
}

bool spelling_is_canonical(const struct record *record)
{
    if (record->event.kind == SBFOTA_OVERLONG)
        return true;
    return record->event.spelling == 0 && !spelling_has_text(record) && lead_is_canonical(record) &&
           tail_is_canonical(record);
}

static void put_ends(struct writer *writer, struct bytes ends)
{
    for (size_t at = 0; at < ends.length;) {
        const bool both =
            ends.length - at > 1 && ends.data[at] == '\r' && ends.data[at + 1] == '\n';
        const size_t size = both ? 2 : 1;
        size_t count = 1;
        while (ends.length - at >= (count + 1) * size &&
               memcmp(ends.data + at, ends.data + at + count * size, size) == 0)
            count++;
        /* A run of CR may end in a CRLF, which is for the next round. */
        if (!both && count > 1 && ends.data[at] == '\r' && at + count < ends.length)
            count--;
        if (count > 1)
            writer_number(writer, (long long)count);
        writer_string(writer, both ? "w" : ends.data[at] == '\r' ? "c" : "l");
        at += count * size;
    }
}

/* A word, with a blank before it if it is not the first. */
static void put_word(struct writer *writer, const char *word, bool *first)
{
    if (!*first)
        writer_byte(writer, ' ');
    *first = false;
    writer_string(writer, word);
}

void spelling_put(struct writer *writer, const struct record *record)
{
    bool first = true;
    const bool has_text = spelling_has_text(record);
    for (size_t i = 0; i < WORDS && !has_text; i++)
        if (record->event.spelling & words[i].bit)
            put_word(writer, words[i].word, &first);
    if (!lead_is_canonical(record)) {
        put_word(writer, "<", &first);
        put_ends(writer, record->lead);
    }
    if (!tail_is_canonical(record)) {
        put_word(writer, ">", &first);
        put_ends(writer, record->tail);
    }
    if (has_text)
        put_word(writer, "=", &first);
}

/* Take one ENDS unit off the front: its count and letter. False if there is none. */
static bool next_ends(struct bytes *ends, unsigned long *count, char *letter)
{
    unsigned long number = 0;
    size_t at = 0;
    while (at < ends->length && ends->data[at] >= '0' && ends->data[at] <= '9' && number < 100000)
        number = number * 10 + (unsigned long)(ends->data[at++] - '0');
    if (at == ends->length || strchr("clw", ends->data[at]) == NULL || ends->data[at] == '\0' ||
        number >= 100000)
        return false;
    *count = at == 0 ? 1 : number;
    *letter = ends->data[at++];
    ends->data += at;
    ends->length -= at;
    return true;
}

static bool are_ends(struct bytes ends)
{
    unsigned long count;
    char letter;
    while (ends.length > 0)
        if (!next_ends(&ends, &count, &letter))
            return false;
    return true;
}

void spelling_put_ends(struct writer *writer, struct bytes ends)
{
    unsigned long count;
    char letter;
    while (next_ends(&ends, &count, &letter))
        for (; count > 0; count--)
            writer_string(writer, letter == 'w' ? "\r\n" : letter == 'c' ? "\r" : "\n");
}

static bool read_word(struct bytes word, struct spelling *spelling)
{
    const struct bytes rest = {word.data + 1, word.length - 1};
    if (word.data[0] == '<' && !spelling->has_lead) {
        spelling->has_lead = true;
        spelling->lead = rest;
        return are_ends(rest);
    }
    if (word.data[0] == '>' && !spelling->has_tail) {
        spelling->has_tail = true;
        spelling->tail = rest;
        return are_ends(rest);
    }
    for (size_t i = 0; i < WORDS; i++)
        if (equal(word, (struct bytes){words[i].word, strlen(words[i].word)})) {
            spelling->bits |= words[i].bit;
            return true;
        }
    return false;
}

bool spelling_read(struct bytes as, struct spelling *spelling)
{
    memset(spelling, 0, sizeof *spelling);
    while (as.length > 0) {
        if (as.data[0] == '=') {
            spelling->has_text = true;
            spelling->text = (struct bytes){as.data + 1, as.length - 1};
            return true;
        }
        const char *const blank = memchr(as.data, ' ', as.length);
        const size_t length = blank == NULL ? as.length : (size_t)(blank - as.data);
        if (length == 0 || !read_word((struct bytes){as.data, length}, spelling))
            return false;
        as.data += length + (blank != NULL);
        as.length -= length + (blank != NULL);
    }
    return true;
}
