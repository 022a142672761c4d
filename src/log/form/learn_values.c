/* SPDX-License-Identifier: MIT
 *
 * Which words of prefixes are always there, which vary, and which name the modem. */
#include "log/form/lesson.h"
#include "log/form/values.h"
#include "log/prefix/fields.h"

enum {
    SHORT_NUMBER = 2 /* digits of one in brackets that may name a modem */
};

bool lesson_is_alike(const struct sighting *one, const struct sighting *other)
{
    if (one->length != other->length)
        return false;
    for (size_t i = 0; i < one->length; i++) {
        const struct token *const a = &one->prefix[i];
        const struct token *const b = &other->prefix[i];
        if (a->kind != b->kind || (a->kind == TOKEN_TIME && a->moment != b->moment))
            return false;
        if (a->kind == TOKEN_SIGN && !same_bytes(token_bytes(a), token_bytes(b)))
            return false;
    }
    return true;
}

/* Do numbers grow from line to line? Then they count something, and name nobody. */
static enum element_kind is_counter(const struct values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct bytes number = values->list[i].text;
        if (values->list[i].count > 1)
            return ELEMENT_SAME;
        if (i == 0)
            continue;
        const struct bytes before = values->list[i - 1].text;
        if (number.length < before.length ||
            (number.length == before.length && memcmp(number.data, before.data, number.length) < 0))
            return ELEMENT_SAME;
    }
    return values->count > 1 ? ELEMENT_ANY : ELEMENT_SAME;
}

/* A file's name and a number before the line, as grep writes them. */
static bool is_path(const struct sighting *sighting, size_t place)
{
    return place == 0 && sighting->length > 1 && is_sign(&sighting->prefix[1], ':');
}

/* Which field does the word before a place name, as in modem=1, modem #1, port 1: and slot[1]? A longer number in brackets is a
 * process's. FIELD_NONE if it names none. */
static enum field_role find_role(const struct sighting *sighting, size_t place)
{
    const struct token *const value = &sighting->prefix[place];
    size_t name = place;
    if (name > 0 && is_sign(&sighting->prefix[name - 1], '#'))
        name--;
    if (name > 0 && (sighting->prefix[name - 1].kind == TOKEN_BLANK ||
                     sighting->prefix[name - 1].kind == TOKEN_SIGN))
        name--;
    const struct token *const between = &sighting->prefix[name];
    if (name == place || name == 0 || sighting->prefix[name - 1].kind != TOKEN_WORD ||
        (between->kind == TOKEN_SIGN && strchr("=:#", *between->begin) == NULL &&
         (strchr("[(", *between->begin) == NULL || value->end - value->begin > SHORT_NUMBER)))
        return FIELD_NONE;
    return field_find(token_bytes(&sighting->prefix[name - 1])).role;
}

/* Does a field of a prefix name the modem, whatever the other lines say? */
static bool is_field(const struct sighting *sighting, size_t place)
{
    return find_role(sighting, place) == FIELD_MODEM && is_sign(&sighting->prefix[place - 1], '=');
}

/* Does the word before say that it is a name, as in modem 1, modem #1 and port: 1? */
static bool is_named(const struct sighting *sighting, size_t place)
{
    const enum field_role role = find_role(sighting, place);
    return role == FIELD_MODEM || role == FIELD_SOURCE;
}

/* What stands at a place of all prefixes that are alike to that of one sighting. */
static enum element_kind judge_place(const struct lesson *lesson, size_t first, size_t place)
{
    const struct sighting *const model = &lesson->sightings[first];
    const struct token *const token = &model->prefix[place];
    struct values values = {.count = 0};
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return ELEMENT_SAME;
    if (is_field(model, place))
        return ELEMENT_MODEM;
    for (size_t i = first; i < lesson->count; i++)
        if (lesson_is_alike(model, &lesson->sightings[i]))
            values_add(&values, token_bytes(&lesson->sightings[i].prefix[place]),
                       lesson->sightings[i].said,
                       lesson->sightings[i].anchor.kind == ANCHOR_COMMAND);
    const bool named = is_named(model, place);
    if (token->kind != TOKEN_WORD && !named && token->end - token->begin < LONG_NUMBER)
        return is_counter(&values);
    return values_judge(&values, is_path(model, place),
                        place > 0 && is_sign(&model->prefix[place - 1], ':'), named);
}

void lesson_judge_alike(struct lesson *lesson, size_t first)
{
    struct sighting *const model = &lesson->sightings[first];
    size_t modem = TOKENS_MAX;
    uint8_t kinds[TOKENS_MAX] = {ELEMENT_SAME};
    for (size_t place = 0; place < model->length; place++) {
        kinds[place] = (uint8_t)judge_place(lesson, first, place);
        if (kinds[place] != ELEMENT_MODEM)
            continue;
        lesson->named = lesson->named || is_named(model, place);
        /* The name that stands nearest to the text is the modem's, but for one that a field says. */
        const bool is_said = modem < TOKENS_MAX && is_field(model, modem);
        if (modem < TOKENS_MAX)
            kinds[is_said ? place : modem] = ELEMENT_ANY;
        modem = is_said ? modem : place;
    }
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->shape != SHAPE_NONE || !lesson_is_alike(model, other))
            continue;
        for (size_t place = 0; place < other->length; place++)
            other->elements[place] =
                (struct element){.kind = kinds[place],
                                 .token = (uint8_t)other->prefix[place].kind,
                                 .moment = (uint8_t)other->prefix[place].moment};
        other->shape = SHAPE_JUDGED;
    }
}

bool lesson_is_same_shape(const struct sighting *one, const struct sighting *other)
{
    if (!lesson_is_alike(one, other))
        return false;
    for (size_t i = 0; i < one->length; i++)
        if (one->prefix[i].kind == TOKEN_WORD && one->elements[i].kind == ELEMENT_SAME &&
            !same_bytes(token_bytes(&one->prefix[i]), token_bytes(&other->prefix[i])))
            return false;
    return true;
}
