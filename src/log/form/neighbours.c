/* SPDX-License-Identifier: MIT */
#include "log/form/neighbours.h"

#include <sbfota/sbfota.h>

enum {
    HEAD_MOST = 2 /* tokens: a time, perhaps in brackets */
};

/* What a line is, beside anchors of one shape. */
enum beside {
    BESIDE_OTHER = 0,
    BESIDE_ALIKE,
    BESIDE_OF_WIRE, /* alike, and what is behind is of the wire, or the head of a record with its time */
    BESIDE_ANCHOR
};

/* Is a text of the wire, but for what may close it? */
static bool is_of_wire(const char *begin, const char *end)
{
    struct sbfota_event event;
    while (end > begin && strchr("\r. \"'`])}>,;", end[-1]) != NULL)
        end--;
    sbfota_decode_line(begin, (size_t)(end - begin), &event);
    return record_is_whole(event.kind) || event.kind == SBFOTA_UNKNOWN;
}

/* Numbers differ from line to line. */
static bool is_same(const struct sighting *sighting, size_t place, const struct token *token)
{
    return token->kind == sighting->prefix[place].kind &&
           (token->kind == TOKEN_NUMBER || sighting->elements[place].kind != ELEMENT_SAME ||
            same_bytes(token_bytes(token), token_bytes(&sighting->prefix[place])));
}

/* A line that begins with blanks alone begins as many do. */
static enum beside look_at_line(const struct sighting *sighting, const char *begin, const char *end)
{
    struct token tokens[TOKENS_MAX];
    const size_t length = sighting->length;
    const size_t most = length + HEAD_MOST < TOKENS_MAX ? length + HEAD_MOST : TOKENS_MAX;
    if (*begin != *sighting->prefix[0].begin && sighting->prefix[0].kind != TOKEN_NUMBER)
        return BESIDE_OTHER;
    const size_t count = tokens_read(begin, end, end, tokens, most);
    if (count < length)
        return BESIDE_OTHER;
    for (size_t i = 0; i < length; i++)
        if (!is_same(sighting, i, &tokens[i]))
            return BESIDE_OTHER;
    for (size_t i = length; i < count; i++)
        if (tokens[i].kind == TOKEN_TIME)
            return BESIDE_OF_WIRE;
    if (is_of_wire(tokens[length - 1].end, end))
        return BESIDE_OF_WIRE;
    return sighting->prose.words > 0 ? BESIDE_ALIKE : BESIDE_OTHER;
}

static bool is_empty(const char *begin, const char *end)
{
    while (begin < end && (*begin == ' ' || *begin == '\t' || *begin == '\r'))
        begin++;
    return begin == end;
}

/* The next anchor of a shape from `next` on; the count of all if there is none. */
static size_t find_next(const struct lesson *lesson, size_t first, size_t next)
{
    while (next < lesson->count && lesson->sightings[next].first != first)
        next++;
    return next;
}

struct neighbours neighbours_read(const struct lesson *lesson, size_t first)
{
    const struct sighting *const one = &lesson->sightings[first];
    const char *const limit = lesson->sample.data + lesson->sample.length;
    struct neighbours neighbours = {false, false};
    enum beside before = BESIDE_OTHER;
    size_t next = first;
    size_t lines = 0;
    for (const char *begin = lesson->sample.data, *end; begin < limit && !neighbours.of_wire;
         begin = end + 1) {
        end = memchr(begin, '\n', (size_t)(limit - begin));
        if (is_empty(begin, end))
            continue;
        lines++;
        const bool is_anchor = next < lesson->count && lesson->sightings[next].anchor.begin < end;
        const enum beside beside = is_anchor ? BESIDE_ANCHOR : look_at_line(one, begin, end);
        neighbours.of_wire = beside == BESIDE_OF_WIRE;
        neighbours.alike = neighbours.alike ||
                           (beside == BESIDE_ANCHOR && before != BESIDE_OTHER) ||
                           (before == BESIDE_ANCHOR && beside != BESIDE_OTHER);
        before = beside;
        if (is_anchor)
            next = find_next(lesson, first, next + 1);
    }
    neighbours.alike = neighbours.alike || lines == 1;
    return neighbours;
}
