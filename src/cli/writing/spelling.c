/* SPDX-License-Identifier: MIT */
#include "cli/writing/spelling.h"

#include <string.h>

void spelling_put(struct writer *writer, const struct record *record)
{
    const size_t most = spelling_most(record);
    if (writer->capacity - writer->used >= most || writer_make_room(writer, most))
        writer->used += spelling_write(record, writer->buffer + writer->used);
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
    const unsigned bit = spelling_bit(word);
    spelling->bits |= bit;
    return bit != 0;
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
