/* SPDX-License-Identifier: MIT
 *
 * From the anchors of a log to the shapes of its lines. */
#include "log/form/learn.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/lesson.h"
#include "log/form/one_story.h"

enum {
    SIGHTINGS_MAX = 256
};

uint64_t lesson_hash(const char *begin, const char *end, bool digits)
{
    uint64_t hash = 14695981039346656037U;
    for (; begin < end; begin++) {
        const unsigned char byte = (unsigned char)*begin;
        if (((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z') ||
            (digits && byte >= '0' && byte <= '9'))
            hash = (hash ^ byte) * 1099511628211U;
    }
    return hash;
}

/* Is there more than blanks and bare line ends? */
static bool has_marks(const char *begin, const char *end)
{
    for (; begin < end; begin++)
        if (*begin != ' ' && *begin != '\t' && *begin != '\r')
            return true;
    return false;
}

/* Does a terminal's sequence stand before a text? It is no part of it, whatever the other lines have. */
static bool is_painted(const char *begin, const char *end)
{
    struct sbfota_event event;
    const char *const text =
        *begin == '\x1b' || *begin == '<' ? tokens_skip(begin, end, true) : begin;
    if (text == begin)
        return false;
    sbfota_decode_line(text, (size_t)(end - text), &event);
    return record_is_whole(event.kind) || event.kind == SBFOTA_UNKNOWN;
}

/* A word of another script may go on with the letters of a command that stands at once behind it. */
static void part_from_command(struct sighting *sighting)
{
    struct token *const last =
        sighting->length == 0 ? NULL : &sighting->prefix[sighting->length - 1];
    const char *const begin = sighting->anchor.begin;
    if (last != NULL && last->kind == TOKEN_WORD && last->begin < begin && last->end > begin &&
        token_ends_foreign(last->begin, begin))
        last->end = begin;
}

static void look_at_line(struct lesson *lesson, const char *begin, const char *end)
{
    struct sighting *const sighting = &lesson->sightings[lesson->count];
    struct anchor *const anchor = &sighting->anchor;
    if (!anchor_find(begin, end, anchor)) {
        lesson->learned->useful = lesson->learned->useful || is_painted(begin, end);
        return;
    }
    sighting->length = tokens_read(begin, anchor->begin, end, sighting->prefix, TOKENS_MAX);
    /* The line ends of the wire before the message are part of the text. */
    for (size_t i = 0; i < sighting->length; i++)
        if (sighting->prefix[i].kind == TOKEN_END)
            sighting->length = i;
    part_from_command(sighting);
    const bool crosses =
        sighting->length > 0 && sighting->prefix[sighting->length - 1].end > anchor->begin;
    if (sighting->length == TOKENS_MAX || crosses)
        return;
    const char *const behind = tokens_skip_ends(anchor->end, end);
    struct anchor another;
    if (anchor->placeholder || anchor_find(behind, end, &another))
        return;
    sighting->suffix_length = tokens_read(behind, end, end, sighting->suffix, SUFFIX_MAX + 1);
    /* A comma is a field's, and the message goes on in another record. */
    if (sighting->suffix_length > 0 && is_sign(&sighting->suffix[0], ','))
        sighting->suffix_length = 0;
    while (sighting->suffix_length > 0 &&
           (sighting->suffix[sighting->suffix_length - 1].kind == TOKEN_BLANK ||
            (sighting->suffix_length > 1 &&
             learned_parts_records(&sighting->suffix[sighting->suffix_length - 1]))))
        sighting->suffix_length--;
    if (prose_refutes(sighting))
        return;
    if ((anchor->begin != begin && sighting->length == 0) || has_marks(anchor->end, behind) ||
        anchor->spelled)
        lesson->learned->useful = true;
    sighting->prose = prose_read(sighting);
    const char *const stop = sighting->prose.described ? end : anchor->end;
    const bool is_progress =
        memchr(anchor->begin, '%', (size_t)(anchor->end - anchor->begin)) != NULL;
    sighting->said = lesson_hash(anchor->begin, stop, false);
    sighting->told = lesson_hash(anchor->begin, stop, !is_progress);
    sighting->trust = 0;
    sighting->first = UINT16_MAX;
    sighting->shape = SHAPE_NONE;
    lesson->count++;
}

static int compare_lengths(const void *one, const void *other)
{
    const struct line_shape *const a = one;
    const struct line_shape *const b = other;
    return a->length != b->length ? b->length - a->length : (int)a->number - (int)b->number;
}

bool learned_make(struct learned *learned, struct bytes sample, int modem_token, bool others)
{
    struct lesson lesson = {.learned = learned,
                            .sightings = malloc(SIGHTINGS_MAX * sizeof *lesson.sightings),
                            .sample = sample,
                            .others = others};
    const char *const limit = sample.data + sample.length;
    memset(learned, 0, sizeof *learned);
    if (lesson.sightings == NULL)
        return false;
    for (const char *next = sample.data; next < limit && lesson.count < SIGHTINGS_MAX;) {
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        look_at_line(&lesson, next, end);
        next = end + 1;
    }
    for (size_t i = 0; i < lesson.count; i++)
        learned->doubled = learned->doubled || lesson.sightings[i].anchor.doubled;
    lesson_believe(&lesson);
    const struct weighed_marks weighed = lesson_weigh_marks(&lesson);
    for (unsigned i = 0; i < learned->count; i++) {
        lesson_learn_direction(learned, &learned->shapes[i], &weighed);
        lesson_learn_repeats(&lesson, i);
    }
    for (unsigned i = 0; i < learned->count; i++) {
        if (modem_token < 0)
            lesson_learn_modem(learned, &learned->shapes[i]);
        else
            lesson_take_modem(&learned->shapes[i], modem_token);
        if (learned->shapes[i].length > 0 || learned->shapes[i].suffix_count > 0)
            learned->useful = true;
        if (learned->shapes[i].length > learned->longest)
            learned->longest = learned->shapes[i].length;
    }
    lesson_share_counters(learned);
    if (modem_token < 0) {
        lesson_share_modem(learned);
        if (!lesson.named && is_one_story(&lesson))
            lesson_forget_modem(learned);
    }
    qsort(learned->shapes, learned->count, sizeof learned->shapes[0], compare_lengths);
    free(lesson.sightings);
    return true;
}
