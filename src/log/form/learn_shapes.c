/* SPDX-License-Identifier: MIT
 *
 * Which prefixes are believed, and the shapes that they have. */
#include "log/form/lesson.h"

enum {
    WORDS_OF_ONE = 2, /* words of a prefix that no other anchor shares */
    SAID_MAX = 32     /* messages of a list */
};

/* Are tokens the same but for what varies from line to line? */
static bool is_same_token(const struct token *one, const struct token *other)
{
    return one->kind == other->kind &&
           (!learned_has_words(one->kind) || same_bytes(token_bytes(one), token_bytes(other)));
}

/* The name that journald gives to a text, as its export form has it. */
static bool is_journal_field(const struct sighting *sighting)
{
    static const char name[] = "MESSAGE";
    return sighting->length == 2 && is_sign(&sighting->prefix[1], '=') &&
           same_bytes(token_bytes(&sighting->prefix[0]), (struct bytes){name, sizeof name - 1});
}

/* Does a sentence go on behind a text? */
static bool is_spoken_of(const struct sighting *sighting)
{
    const struct token *const suffix = sighting->suffix;
    return sighting->suffix_length > 0 && suffix[0].kind == TOKEN_WORD &&
           (suffix[0].begin > sighting->anchor.end || suffix[0].begin[-1] == ' ') &&
           !(sighting->suffix_length > 1 && is_sign(&suffix[1], '='));
}

/* Does a prefix begin as one that is believed, with words behind that? These may be a text that quotes a message. */
static bool goes_on_from_another(const struct learned *learned, const struct sighting *sighting)
{
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        size_t same = 0;
        if (shape->length >= sighting->length)
            continue;
        while (same < shape->length &&
               learned_is(learned, &shape->prefix[same], &sighting->prefix[same]))
            same++;
        if (same == shape->length
                ? sighting->prefix[same].kind == TOKEN_WORD
                : same + 1U == shape->length &&
                      learned_runs_on(learned, &shape->prefix[same], &sighting->prefix[same]))
            return true;
    }
    return false;
}

/* Do words stand behind a mark, as in a text that the mark announces? */
static bool has_marked_words(const struct sighting *sighting)
{
    bool marked = false;
    for (size_t i = 0; i < sighting->length; i++) {
        if (marked && sighting->prefix[i].kind == TOKEN_WORD)
            return true;
        marked = marked || token_is_side(sighting->prefix[i].kind);
    }
    return false;
}

/* Does a prefix end in a word and a blank, as a sentence would? */
static bool ends_in_word(const struct sighting *sighting)
{
    const struct token *const last = sighting->prefix + sighting->length;
    return sighting->length > 1 && last[-1].kind == TOKEN_BLANK && last[-2].kind == TOKEN_WORD;
}

/* May a prefix be one of a list, as source, rules and manuals have them? It opens a quote or ends a column of words, or the message is
 * described, and neither a time nor a level nor a mark is in it. */
static bool is_of_list(const struct sighting *sighting)
{
    const size_t length = sighting->length;
    bool words = false;
    for (size_t i = 0; i < length; i++) {
        const enum token_kind kind = sighting->prefix[i].kind;
        words = words || kind == TOKEN_WORD;
        if (kind == TOKEN_TIME || kind == TOKEN_LEVEL || token_is_side(kind))
            return false;
    }
    const struct token *const last = length > 0 ? &sighting->prefix[length - 1] : NULL;
    if (last == NULL)
        return false;
    return sighting->described || is_sign(last, '"') || is_sign(last, '\'') || is_sign(last, '`') ||
           (words && last->kind == TOKEN_BLANK && last->end - last->begin > 1);
}

static size_t count_words(const struct sighting *sighting)
{
    size_t words = 0;
    for (size_t i = 0; i < sighting->length; i++)
        words += sighting->prefix[i].kind == TOKEN_WORD;
    return words;
}

/* May a prefix be believed that no other anchor shares? It begins with a time, a mark or the like, and is no sentence. */
static bool is_plain(const struct sighting *sighting)
{
    const size_t words = count_words(sighting);
    const bool is_command = sighting->anchor.kind == ANCHOR_COMMAND;
    size_t first = 0;
    while (first < sighting->length && (sighting->prefix[first].kind == TOKEN_SIGN ||
                                        sighting->prefix[first].kind == TOKEN_BLANK))
        first++;
    if (is_of_list(sighting))
        return false;
    if (words == 0 || is_journal_field(sighting))
        return words > 0 || !(sighting->described && is_spoken_of(sighting));
    if (is_spoken_of(sighting) || (!is_command && has_marked_words(sighting)))
        return false;
    /* The time may stand behind a day of the week. */
    if (first + 2 < sighting->length && sighting->prefix[first + 2].kind == TOKEN_TIME)
        first += 2;
    const enum token_kind kind = sighting->prefix[first].kind;
    const bool begins = kind == TOKEN_TIME || kind == TOKEN_LEVEL || token_is_side(kind);
    return words <= WORDS_OF_ONE && (begins || is_command);
}

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

/* The time that tells most; the first among equals. */
static void choose_time(struct line_shape *shape)
{
    uint8_t best = MOMENT_NONE;
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

static void make_shape(struct lesson *lesson, size_t first)
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
        if (other->shape != -2 || !lesson_is_same_shape(model, other))
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
    choose_time(shape);
    learned->count++;
}

/* Has the prefix of a command or its answer so much in common with one that is believed that it is another of the same program? A third of it
 * from its begin on, or all but a word or two. Of a URC that is not enough: a text could forge it. */
static bool resembles(const struct lesson *lesson, const struct sighting *sighting)
{
    if (sighting->anchor.kind == ANCHOR_URC)
        return false;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        size_t same = 0;
        size_t words = 0;
        if (other->shape < 0)
            continue;
        while (same < sighting->length && same < other->length &&
               is_same_token(&sighting->prefix[same], &other->prefix[same]))
            same++;
        if (same > 2 && same * 3 >= sighting->length)
            return true;
        if (!lesson_is_alike(sighting, other))
            continue;
        same = 0;
        for (size_t k = 0; k < sighting->length; k++) {
            if (sighting->prefix[k].kind != TOKEN_WORD)
                continue;
            words++;
            same += same_bytes(token_bytes(&sighting->prefix[k]), token_bytes(&other->prefix[k]));
        }
        if (same * 2 > words)
            return true;
    }
    return false;
}

/* Have several anchors the shape of one? If nothing of what may be a list is said twice, as progress is, it is one. */
static bool is_shared(const struct lesson *lesson, size_t first)
{
    const struct sighting *const one = &lesson->sightings[first];
    const bool listed = is_of_list(one);
    uint64_t said[SAID_MAX];
    size_t alike = 0;
    for (size_t i = first; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        if (!lesson_is_same_shape(one, other))
            continue;
        for (size_t k = 0; k < alike; k++)
            if (!listed || said[k] == other->said || alike == SAID_MAX)
                return true;
        said[alike++] = other->said;
    }
    return false;
}

/* What a prefix is believed by, the best first. */
enum ground {
    GROUND_UNWEIGHED,
    GROUND_SHARED,        /* with other anchors */
    GROUND_SHARED_WORDS,  /* the same, but it ends as a sentence would */
    GROUND_WITHOUT_WORDS, /* of which it has none */
    GROUND_MARK,          /* which its words stand before */
    GROUND_BEGIN,         /* of a line, with a time and the like */
    GROUND_NONE
};

static enum ground weigh(const struct lesson *lesson, size_t number)
{
    const struct sighting *const one = &lesson->sightings[number];
    if (is_shared(lesson, number))
        return !ends_in_word(one)      ? GROUND_SHARED
               : has_marked_words(one) ? GROUND_NONE
                                       : GROUND_SHARED_WORDS;
    if (!is_plain(one))
        return GROUND_NONE;
    if (count_words(one) == 0)
        return GROUND_WITHOUT_WORDS;
    if (lesson->others)
        return GROUND_NONE;
    for (size_t i = 0; i < one->length; i++)
        if (token_is_side(one->prefix[i].kind))
            return GROUND_MARK;
    return GROUND_BEGIN;
}

/* Is a prefix like another but for its words, numbers and sides? */
static bool is_like(const struct sighting *one, const struct sighting *other)
{
    if (one->length != other->length)
        return false;
    for (size_t i = 0; i < one->length; i++)
        if (one->prefix[i].kind != other->prefix[i].kind &&
            !(token_is_side(one->prefix[i].kind) && token_is_side(other->prefix[i].kind)))
            return false;
    return true;
}

/* Is a prefix unlike all that are believed, if some are? */
static bool is_unlike(const struct lesson *lesson, const struct sighting *sighting)
{
    bool others = false;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        if (other->shape < 0 || other->length == 0)
            continue;
        if (is_like(sighting, other))
            return false;
        others = true;
    }
    return others;
}

static bool is_believed(const struct lesson *lesson, const struct sighting *sighting)
{
    if (sighting->ground == GROUND_SHARED || sighting->anchor.kind == ANCHOR_COMMAND)
        return true;
    return !goes_on_from_another(lesson->learned, sighting) &&
           (sighting->ground < GROUND_MARK || !is_unlike(lesson, sighting));
}

/* The shapes of the prefixes that are believed by that, the shortest first. */
static void make_shapes(struct lesson *lesson, enum ground ground, uint64_t lengths)
{
    for (size_t length = 0; length < TOKENS_MAX; length++) {
        if ((lengths >> length & 1U) == 0)
            continue;
        for (size_t i = 0; i < lesson->count; i++) {
            struct sighting *const one = &lesson->sightings[i];
            if (one->shape != -2 || one->length != length)
                continue;
            if (one->ground == GROUND_UNWEIGHED)
                one->ground = (uint8_t)weigh(lesson, i);
            if (one->ground == ground && is_believed(lesson, one))
                make_shape(lesson, i);
        }
    }
}

void lesson_make_shapes(struct lesson *lesson)
{
    uint64_t lengths = 0; /* a bit each */
    for (size_t i = 0; i < lesson->count; i++) {
        if (lesson->sightings[i].shape == -1)
            lesson_judge_alike(lesson, i);
        lengths |= (uint64_t)1 << lesson->sightings[i].length;
    }
    for (unsigned ground = GROUND_SHARED; ground < GROUND_NONE; ground++)
        make_shapes(lesson, (enum ground)ground, lengths);
    for (size_t i = 0; i < lesson->count; i++)
        if (lesson->sightings[i].shape == -2 && resembles(lesson, &lesson->sightings[i]))
            make_shape(lesson, i);
}
