/* SPDX-License-Identifier: MIT
 *
 * The shape of the lines whose prefix is believed. */
#include "log/form/lesson.h"

static bool keep_bytes(struct learned *learned, const struct token *token, struct element *element)
{
    const size_t length = (size_t)(token->end - token->begin);
    if (length > UINT8_MAX || learned->texts_used + length > sizeof learned->texts)
        return false;
    memcpy(learned->texts + learned->texts_used, token->begin, length);
    element->text = (uint16_t)learned->texts_used;
    element->length = (uint8_t)length;
    learned->texts_used += length;
    return true;
}

static bool keep_elements(struct learned *learned, const struct token *tokens, size_t count,
                          struct element *elements)
{
    for (size_t i = 0; i < count; i++) {
        elements[i].token = (uint8_t)tokens[i].kind;
        elements[i].moment = (uint8_t)tokens[i].moment;
        const bool has_words = learned_has_words(tokens[i].kind) || token_is_side(tokens[i].kind);
        if (elements[i].kind == ELEMENT_SAME && has_words &&
            !keep_bytes(learned, &tokens[i], &elements[i]))
            return false;
    }
    return true;
}

/* Does a mark behind a text say whose it is, as dir=rx does, and is it right? */
static void learn_side_behind(struct line_shape *shape, const struct sighting *sighting)
{
    const bool is_command = sighting->anchor.kind == ANCHOR_COMMAND;
    for (size_t k = 1; k < sighting->suffix_length; k++) {
        const struct token *const token = &sighting->suffix[k];
        if (token_is_side(token->kind) && is_sign(token - 1, '='))
            *(is_command == (token->kind == TOKEN_FROM_HOST) ? &shape->sides : &shape->no_sides) +=
                1;
    }
}

/* What stands behind the text. A suffix like one that is known but for its words and sides makes these vary. */
static void learn_suffix(struct learned *learned, struct line_shape *shape,
                         const struct sighting *sighting)
{
    const size_t length = sighting->suffix_length;
    if (length == 0 || length > SUFFIX_MAX)
        return;
    for (unsigned i = 0; i < shape->suffix_count; i++) {
        struct element *const suffix = shape->suffixes[i];
        bool same = shape->suffix_lengths[i] == length;
        for (size_t k = 0; k < length && same; k++)
            same = learned_is(learned, &suffix[k], &sighting->suffix[k]) ||
                   (suffix[k].token == TOKEN_WORD && sighting->suffix[k].kind == TOKEN_WORD) ||
                   (token_is_side(suffix[k].token) && token_is_side(sighting->suffix[k].kind));
        if (!same)
            continue;
        for (size_t k = 0; k < length; k++)
            if (!learned_is(learned, &suffix[k], &sighting->suffix[k]))
                suffix[k].kind = ELEMENT_ANY;
        shape->suffix_anchors[i]++;
        return;
    }
    struct element elements[SUFFIX_MAX] = {{.kind = ELEMENT_SAME}};
    if (shape->suffix_count == SUFFIXES_MAX ||
        !keep_elements(learned, sighting->suffix, length, elements))
        return;
    memcpy(shape->suffixes[shape->suffix_count], elements, sizeof elements);
    shape->suffix_anchors[shape->suffix_count] = 1;
    shape->suffix_lengths[shape->suffix_count++] = (uint8_t)length;
}

/* What stands behind few of the texts is part of these, and odd; so is what stands behind one alone that has nothing before it. */
static void drop_rare_suffixes(struct line_shape *shape)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < shape->suffix_count; i++) {
        const unsigned count = shape->suffix_anchors[i];
        if (count * 4 < shape->anchors ||
            (count == 1 && (shape->anchors > 1 || shape->length == 0)))
            continue;
        memmove(shape->suffixes[kept], shape->suffixes[i], sizeof shape->suffixes[i]);
        shape->suffix_lengths[kept] = shape->suffix_lengths[i];
        shape->suffix_anchors[kept++] = shape->suffix_anchors[i];
    }
    shape->suffix_count = kept;
}

static bool is_kept_sign(const struct learned *learned, const struct element *element, char sign)
{
    return element->token == TOKEN_SIGN && element->length == 1 &&
           learned->texts[element->text] == sign;
}

/* Does a prefix begin as a line of ESP-IDF, with a level and a count in parentheses? */
static bool begins_with_count(const struct learned *learned, const struct line_shape *shape)
{
    const struct element *const prefix = shape->prefix;
    return shape->length > 4 && prefix[0].token == TOKEN_LEVEL && prefix[1].token == TOKEN_BLANK &&
           is_kept_sign(learned, &prefix[2], '(') && prefix[3].token == TOKEN_NUMBER &&
           is_kept_sign(learned, &prefix[4], ')');
}

/* The time that tells most; the first among equals. */
static void choose_time(const struct learned *learned, struct line_shape *shape)
{
    uint8_t best = MOMENT_NONE;
    if (begins_with_count(learned, shape))
        shape->time = 4;
    for (uint8_t i = 0; i < shape->length; i++) {
        const struct element *const element = &shape->prefix[i];
        if (element->token == TOKEN_TIME && element->moment > best) {
            best = element->moment;
            shape->time = (uint8_t)(i + 1);
        }
    }
}

/* The fewest blanks that stand before a text. */
static void learn_gap(struct line_shape *shape, const struct sighting *sighting)
{
    if (sighting->length == 0)
        return;
    const struct token *const last = &sighting->prefix[sighting->length - 1];
    if (last->kind != TOKEN_BLANK)
        return;
    const size_t gap = (size_t)(last->end - last->begin);
    if (shape->gap == 0 || gap < shape->gap)
        shape->gap = (uint8_t)(gap < UINT8_MAX ? gap : UINT8_MAX);
}

void lesson_make_shape(struct lesson *lesson, size_t first)
{
    struct learned *const learned = lesson->learned;
    struct sighting *const model = &lesson->sightings[first];
    if (learned->count == LEARNED_SHAPES_MAX)
        return;
    struct line_shape *const shape = &learned->shapes[learned->count];
    memset(shape, 0, sizeof *shape);
    memcpy(shape->prefix, model->elements, model->length * sizeof shape->prefix[0]);
    if (!keep_elements(learned, model->prefix, model->length, shape->prefix))
        return;
    shape->length = (uint8_t)model->length;
    shape->number = learned->count;
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->shape != SHAPE_JUDGED || other->first != model->first)
            continue;
        other->shape = (int)learned->count;
        shape->anchors++;
        shape->lossy = shape->lossy || other->anchor.lossy;
        shape->percent = shape->percent || other->anchor.percent;
        learn_gap(shape, other);
        learn_suffix(learned, shape, other);
        learn_side_behind(shape, other);
    }
    drop_rare_suffixes(shape);
    choose_time(learned, shape);
    learned->count++;
}
