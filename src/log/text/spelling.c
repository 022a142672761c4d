/* SPDX-License-Identifier: MIT */
#include "log/text/spelling.h"

#include <stdio.h>
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

static void put_ends(char **out, struct bytes ends)
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
            *out += snprintf(*out, 21, "%zu", count);
        *(*out)++ = "lcw"[both ? 2 : ends.data[at] == '\r'];
        at += count * size;
    }
}

/* A word, with a blank before it if it is not the first. */
static void put_word(char **out, const char *word, bool *first)
{
    if (!*first)
        *(*out)++ = ' ';
    *first = false;
    const size_t length = strlen(word);
    memcpy(*out, word, length);
    *out += length;
}

size_t spelling_most(const struct record *record)
{
    return 200 + 6 * (record->lead.length + record->tail.length);
}

size_t spelling_write(const struct record *record, char *out)
{
    char *next = out;
    bool first = true;
    const bool has_text = spelling_has_text(record);
    for (size_t i = 0; i < WORDS && !has_text; i++)
        if (record->event.spelling & words[i].bit)
            put_word(&next, words[i].word, &first);
    if (!lead_is_canonical(record)) {
        put_word(&next, "<", &first);
        put_ends(&next, record->lead);
    }
    if (!tail_is_canonical(record)) {
        put_word(&next, ">", &first);
        put_ends(&next, record->tail);
    }
    if (has_text)
        put_word(&next, "=", &first);
    return (size_t)(next - out);
}

unsigned spelling_bit(struct bytes word)
{
    for (size_t i = 0; i < WORDS; i++)
        if (equal(word, (struct bytes){words[i].word, strlen(words[i].word)}))
            return words[i].bit;
    return 0;
}
