/* SPDX-License-Identifier: MIT
 *
 * Which words of prefixes are always there, which vary, and which name the modem. */
#include "log/form/lesson.h"

enum {
    VALUES_MAX = 64,
    LONG_NUMBER = 8 /* digits of a number that may name a modem */
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

/* What stands at one place of alike prefixes. */
struct values {
    struct value {
        struct bytes text;
        unsigned count;
        unsigned from_host;
        uint64_t said;
        bool says_more; /* than one kind of message */
    } list[VALUES_MAX];
    size_t count;
    size_t sightings;
    bool too_many;
};

static void add_value(struct values *values, const struct sighting *sighting, size_t place)
{
    const struct bytes text = token_bytes(&sighting->prefix[place]);
    const bool from_host = sighting->anchor.kind == ANCHOR_COMMAND;
    values->sightings++;
    for (size_t i = 0; i < values->count; i++) {
        struct value *const value = &values->list[i];
        if (same_bytes(value->text, text)) {
            value->count++;
            value->from_host += from_host;
            value->says_more = value->says_more || value->said != sighting->said;
            return;
        }
    }
    if (values->count == VALUES_MAX) {
        values->too_many = true;
        return;
    }
    values->list[values->count++] = (struct value){text, 1, from_host, sighting->said, false};
}

static bool has_digit(struct bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

bool lesson_is_thread(struct bytes text)
{
    static const char *const words[] = {"thread",   "worker",     "task",   "pool",
                                        "exec",     "main",       "reader", "writer",
                                        "listener", "dispatcher", "loop"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i]);
        for (size_t at = 0; at + length <= text.length; at++) {
            size_t same = 0;
            while (same < length && (text.data[at + same] | 0x20) == words[i][same])
                same++;
            if (same == length)
                return true;
        }
    }
    return false;
}

/* Do the values tell host from module, rather than one modem from another? */
static bool tell_directions(const struct values *values)
{
    size_t of_host = 0;
    size_t of_module = 0;
    for (size_t i = 0; i < values->count; i++) {
        const struct value *const value = &values->list[i];
        of_host += value->from_host == value->count;
        of_module += value->from_host == 0;
    }
    return of_host > 0 && of_module > 0 && of_host + of_module == values->count;
}

static bool all_are_upper(const struct values *values)
{
    for (size_t i = 0; i < values->count; i++)
        for (size_t k = 0; k < values->list[i].text.length; k++) {
            const char byte = values->list[i].text.data[k];
            if ((byte >= 'a' && byte <= 'z') || (unsigned char)byte > 127)
                return false;
        }
    return true;
}

/* What values at one place are: each of them has a story of its own where they name modems. */
static enum element_kind judge(const struct values *values, bool is_path, bool behind_colon)
{
    size_t again = 0; /* values that come more than once */
    size_t stories = 0;
    size_t threads = 0;
    size_t digits = 0;
    if (values->count < 2)
        return ELEMENT_SAME;
    for (size_t i = 0; i < values->count; i++) {
        again += values->list[i].count > 1;
        stories += values->list[i].says_more;
        threads += lesson_is_thread(values->list[i].text);
        digits += has_digit(values->list[i].text);
    }
    if (threads > 0 || is_path ||
        (digits == values->count && values->count > 3 && (again == 0 || stories < 2)))
        return ELEMENT_ANY;
    if (tell_directions(values))
        return ELEMENT_SAME;
    /* Words without digits may be states or functions as well. */
    if (digits == 0 && (behind_colon || all_are_upper(values)))
        return ELEMENT_SAME;
    if (stories > 1 && stories * 2 >= again &&
        (values->sightings - values->count) * 4 >= values->count)
        return ELEMENT_MODEM;
    return ELEMENT_SAME;
}

/* Do numbers grow from line to line? Then they count something, and name nobody. */
static uint8_t is_counter(const struct values *values)
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

void lesson_judge_alike(struct lesson *lesson, size_t first)
{
    struct sighting *const model = &lesson->sightings[first];
    size_t modem = TOKENS_MAX;
    uint8_t kinds[TOKENS_MAX] = {ELEMENT_SAME};
    for (size_t place = 0; place < model->length; place++) {
        const struct token *const token = &model->prefix[place];
        struct values values = {.count = 0};
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
            continue;
        for (size_t i = first; i < lesson->count; i++)
            if (lesson_is_alike(model, &lesson->sightings[i]))
                add_value(&values, &lesson->sightings[i], place);
        const bool may_name = token->kind == TOKEN_WORD || token->end - token->begin >= LONG_NUMBER;
        kinds[place] = may_name
                           ? (uint8_t)judge(&values, is_path(model, place),
                                            place > 0 && is_sign(&model->prefix[place - 1], ':'))
                           : is_counter(&values);
        if (kinds[place] != ELEMENT_MODEM)
            continue;
        /* The name that stands nearest to the text is the modem's. */
        if (modem < TOKENS_MAX)
            kinds[modem] = ELEMENT_ANY;
        modem = place;
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
