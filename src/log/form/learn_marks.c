/* SPDX-License-Identifier: MIT
 *
 * What marks announce, the modem that stands before one, and what repeats other lines. */
#include "log/form/lesson.h"

enum {
    FEW_REPEATS =
        2 /* messages that come twice in lines which begin in other ways, and may be two modems' */
};

static bool is_one_of(const struct learned *learned, const struct element *element,
                      const char *signs)
{
    return element->token == TOKEN_SIGN && strchr(signs, learned->texts[element->text]) != NULL;
}

/* Is what stands before a text closed behind it, as in <text>, <<"text">> and <line>text</line>? */
static bool is_bracket(const struct line_shape *shape)
{
    const struct element *closing = shape->suffixes[0];
    if (shape->suffix_count == 0)
        return false;
    while (closing < shape->suffixes[0] + shape->suffix_lengths[0] && closing->token == TOKEN_SIGN)
        closing++;
    return closing < shape->suffixes[0] + shape->suffix_lengths[0] &&
           (closing->token == TOKEN_FROM_HOST || closing->token == TOKEN_LEVEL);
}

/* Where what stands in brackets at once behind a mark begins, as in -->[ttyUSB3], if it ends there; else the end itself. */
static size_t skip_source(const struct learned *learned, const struct line_shape *shape, size_t end)
{
    const struct element *const prefix = shape->prefix;
    if (!is_one_of(learned, &prefix[end - 1], "])"))
        return end;
    for (size_t i = end - 1; i > 1 && prefix[i - 1].token != TOKEN_BLANK; i--)
        if (is_one_of(learned, &prefix[i - 1], "[("))
            return token_is_side(prefix[i - 2].token) ? i - 1 : end;
    return end;
}

/* Does an element name the field of the text, as in line="text" and 'line': 'text'? */
static bool is_name_of_field(const struct learned *learned, const struct line_shape *shape,
                             size_t place)
{
    const struct element *const behind = &shape->prefix[place + 1];
    const size_t left = shape->length - place - 1;
    return shape->prefix[place].token == TOKEN_WORD && left > 0 &&
           (is_one_of(learned, behind, "=") || (left > 1 && is_one_of(learned, behind, "\"'") &&
                                                is_one_of(learned, behind + 1, ":=")));
}

/* The mark that announces the text: the last one, if only signs, levels, numbers and the field's name stand behind it, or its source. */
static const struct element *find_mark(const struct learned *learned,
                                       const struct line_shape *shape, size_t *place)
{
    for (size_t i = shape->length; i > 0; i--) {
        i = skip_source(learned, shape, i);
        const struct element *const element = &shape->prefix[i - 1];
        *place = i - 1;
        const bool opens = token_is_side(element->token) &&
                           strchr("<>&", learned->texts[element->text]) != NULL &&
                           (i == shape->length || shape->prefix[i].token == TOKEN_SIGN);
        /* <RX> is one. */
        const bool is_closing = i > 2 && element->token == TOKEN_FROM_HOST &&
                                token_is_side(element[-1].token) &&
                                element[-2].token == TOKEN_FROM_MODULE;
        if (is_closing) {
            *place = i - 2;
            return element - 1;
        }
        if (opens && is_bracket(shape))
            continue;
        if (is_name_of_field(learned, shape, i - 1))
            continue;
        if (token_is_side(element->token))
            return element;
        /* A number behind a colon is a line's of a program: the word before it names a function. */
        const bool counts = element->token == TOKEN_NUMBER &&
                            !(i > 1 && is_one_of(learned, &shape->prefix[i - 2], ":"));
        if (element->token != TOKEN_BLANK && element->token != TOKEN_SIGN &&
            element->token != TOKEN_TIME && element->token != TOKEN_LEVEL && !counts)
            return NULL;
    }
    return NULL;
}

static bool is_same_text(const struct learned *learned, const struct element *one,
                         const struct element *other)
{
    return one != NULL && other != NULL && one->length == other->length &&
           memcmp(learned->texts + one->text, learned->texts + other->text, one->length) == 0;
}

static enum direction side_of(const struct element *mark)
{
    return mark->token == TOKEN_FROM_HOST ? DIRECTION_TX : DIRECTION_RX;
}

/* What a mark says that words stand behind, as in recv 28 bytes: and in RX on ttyUSB2:. */
static enum direction find_side_apart(const struct line_shape *shape)
{
    for (size_t i = shape->length; i > 0; i--)
        if (token_is_side(shape->prefix[i - 1].token))
            return side_of(&shape->prefix[i - 1]);
    return DIRECTION_NONE;
}

static void weigh(struct mark_evidence *evidence, const struct sighting *sighting,
                  enum direction direction)
{
    const bool agrees = (sighting->anchor.kind == ANCHOR_COMMAND) == (direction == DIRECTION_TX);
    *(direction == DIRECTION_TX ? &evidence->host : &evidence->module) = true;
    *(agrees ? &evidence->agreeing : &evidence->others) += 1;
}

struct weighed_marks lesson_weigh_marks(const struct lesson *lesson)
{
    struct weighed_marks weighed = {.apart = {.agreeing = 0}};
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const sighting = &lesson->sightings[i];
        if (sighting->shape < 0)
            continue;
        size_t ignored;
        const struct line_shape *const shape = &lesson->learned->shapes[sighting->shape];
        const struct element *const mark = find_mark(lesson->learned, shape, &ignored);
        const enum direction apart = find_side_apart(shape);
        if (mark != NULL)
            weigh(&weighed.marks, sighting, side_of(mark));
        else if (apart != DIRECTION_NONE)
            weigh(&weighed.apart, sighting, apart);
    }
    return weighed;
}

void lesson_learn_direction(const struct learned *learned, struct line_shape *shape,
                            const struct weighed_marks *weighed)
{
    size_t place;
    const struct mark_evidence *const marks = &weighed->marks;
    const struct mark_evidence *const apart = &weighed->apart;
    const struct element *const mark = find_mark(learned, shape, &place);
    if (mark == NULL) {
        const bool believed = apart->host && apart->module && apart->agreeing > 3 * apart->others;
        shape->direction = believed ? (uint8_t)find_side_apart(shape) : DIRECTION_NONE;
        shape->judged = shape->direction != DIRECTION_NONE;
        return;
    }
    shape->judged = true;
    const bool believed = marks->host && marks->module ? marks->agreeing >= marks->others
                                                       : marks->agreeing > 3 * marks->others;
    if (believed && marks->agreeing > 0)
        shape->direction = (uint8_t)side_of(mark);
}

static bool is_element(const struct line_shape *shape, size_t place, enum token_kind kind)
{
    return place < shape->length && shape->prefix[place].token == kind;
}

void lesson_learn_modem(const struct learned *learned, struct line_shape *shape)
{
    size_t place;
    for (size_t i = 0; i < shape->length; i++)
        if (shape->prefix[i].kind == ELEMENT_MODEM)
            return;
    if (shape->direction == DIRECTION_NONE || find_mark(learned, shape, &place) == NULL ||
        place < 2 || !is_element(shape, place - 1, TOKEN_BLANK))
        return;
    size_t name = place - 2;
    if (is_element(shape, name, TOKEN_SIGN) && name > 0 &&
        strchr(":])", learned->texts[shape->prefix[name].text]) != NULL)
        name--;
    size_t before = name;
    if (before > 0 && is_element(shape, before - 1, TOKEN_SIGN) && before != place - 2)
        before--;
    size_t time = before;
    if (before > 1 && is_element(shape, before - 1, TOKEN_BLANK))
        time = before - 2;
    if (time > 0 && time < before && is_element(shape, time, TOKEN_SIGN) &&
        strchr("])", learned->texts[shape->prefix[time].text]) != NULL)
        time--;
    const bool follows = before == 0 || (time < before && is_element(shape, time, TOKEN_TIME));
    const bool colon = name != place - 2 && learned->texts[shape->prefix[place - 2].text] == ':';
    const struct bytes word = {learned->texts + shape->prefix[name].text,
                               shape->prefix[name].length};
    if (is_element(shape, name, TOKEN_WORD) && follows && !(colon && before == 0) &&
        !token_is_of_logger(word))
        shape->prefix[name].kind = ELEMENT_MODEM;
}

/* The element that names the modem; NULL if none does. */
static struct element *find_modem(struct line_shape *shape)
{
    for (size_t i = 0; i < shape->length; i++)
        if (shape->prefix[i].kind == ELEMENT_MODEM)
            return &shape->prefix[i];
    return NULL;
}

/* Do names that always are the same differ with the side whose texts they stand before? */
static bool names_are_sides(struct learned *learned)
{
    bool sides[DIRECTION_TX + 1] = {false};
    for (unsigned i = 0; i < learned->count; i++) {
        const struct element *const name = find_modem(&learned->shapes[i]);
        if (name == NULL)
            continue;
        if (name->length == 0)
            return false;
        sides[learned->shapes[i].direction] = true;
        for (unsigned k = 0; k < i; k++) {
            const struct element *const other = find_modem(&learned->shapes[k]);
            const bool same_side = learned->shapes[i].direction == learned->shapes[k].direction;
            if (other != NULL && is_same_text(learned, name, other) != same_side)
                return false;
        }
    }
    return sides[DIRECTION_RX] && sides[DIRECTION_TX];
}

/* Does a shape begin as another does, up to what names the modem there? Where names vary the same must stand behind them too. */
static bool begins_with_name(const struct learned *learned, const struct line_shape *shape,
                             const struct line_shape *other, size_t place)
{
    const bool varies = other->prefix[place].length == 0;
    const size_t last = place + varies;
    if (last >= shape->length || last >= other->length)
        return false;
    for (size_t i = 0; i <= last; i++) {
        const struct element *const one = &shape->prefix[i];
        if (one->token != other->prefix[i].token || one->kind == ELEMENT_ANY ||
            (learned_has_words((enum token_kind)one->token) && !(varies && i == place) &&
             !is_same_text(learned, one, &other->prefix[i])))
            return false;
    }
    return true;
}

static void share_counters(const struct line_shape *shape, struct line_shape *other)
{
    for (size_t i = 0;
         i < shape->length && i < other->length && shape->prefix[i].token == other->prefix[i].token;
         i++)
        if (shape->prefix[i].token == TOKEN_NUMBER && shape->prefix[i].kind == ELEMENT_ANY &&
            other->prefix[i].kind == ELEMENT_SAME)
            other->prefix[i].kind = ELEMENT_ANY;
}

void lesson_share_counters(struct learned *learned)
{
    for (unsigned i = 0; i < learned->count; i++)
        for (unsigned k = 0; k < learned->count; k++)
            share_counters(&learned->shapes[i], &learned->shapes[k]);
}

void lesson_forget_modem(struct learned *learned)
{
    for (unsigned i = 0; i < learned->count; i++) {
        struct element *const modem = find_modem(&learned->shapes[i]);
        if (modem != NULL)
            modem->kind = ELEMENT_ANY;
    }
}

void lesson_share_modem(struct learned *learned)
{
    if (names_are_sides(learned)) {
        lesson_forget_modem(learned);
        return;
    }
    for (unsigned i = 0; i < learned->count; i++) {
        struct line_shape *const shape = &learned->shapes[i];
        const struct element *const name = find_modem(shape);
        if (name == NULL)
            continue;
        const size_t place = (size_t)(name - shape->prefix);
        for (unsigned k = 0; k < learned->count; k++)
            if (find_modem(&learned->shapes[k]) == NULL &&
                begins_with_name(learned, &learned->shapes[k], shape, place))
                learned->shapes[k].prefix[place].kind = ELEMENT_MODEM;
    }
}

void lesson_take_modem(struct line_shape *shape, int modem_token)
{
    int number = 0;
    for (size_t i = 0; i < shape->length; i++) {
        struct element *const element = &shape->prefix[i];
        if (element->kind == ELEMENT_MODEM)
            element->kind = ELEMENT_ANY;
        if (element->token == TOKEN_WORD || element->token == TOKEN_NUMBER ||
            element->token == TOKEN_LEVEL)
            element->kind = ++number == modem_token ? ELEMENT_MODEM : element->kind;
    }
}

/* Does a shape begin as another does? */
static bool begins_as(const struct learned *learned, const struct line_shape *shape,
                      const struct line_shape *other)
{
    if (other->length >= shape->length)
        return false;
    for (size_t i = 0; i < other->length; i++)
        if (shape->prefix[i].token != other->prefix[i].token ||
            !is_same_text(learned, &shape->prefix[i], &other->prefix[i]))
            if (shape->prefix[i].token != TOKEN_TIME)
                return false;
    return true;
}

/* Does only the end of one line stand between two places? */
static bool is_next_line(const char *begin, const char *end)
{
    const char *const feed = memchr(begin, '\n', (size_t)(end - begin));
    return feed != NULL && memchr(feed + 1, '\n', (size_t)(end - feed - 1)) == NULL;
}

/* Does an anchor say again what the one before it has said, in another shape? */
static bool is_repeat(const struct learned *learned, const struct sighting *sighting)
{
    const struct sighting *const before = sighting - 1;
    const bool same =
        before->shape >= 0 && before->shape != sighting->shape &&
        same_bytes((struct bytes){sighting->anchor.begin,
                                  (size_t)(sighting->anchor.end - sighting->anchor.begin)},
                   (struct bytes){before->anchor.begin,
                                  (size_t)(before->anchor.end - before->anchor.begin)});
    const struct line_shape *const shape = same ? &learned->shapes[sighting->shape] : NULL;
    return same && (sighting->anchor.kind == ANCHOR_COMMAND ||
                    begins_as(learned, shape, &learned->shapes[before->shape]) ||
                    (shape->anchors > FEW_REPEATS &&
                     is_next_line(before->anchor.end, sighting->anchor.begin)));
}

void lesson_learn_repeats(struct lesson *lesson, unsigned number)
{
    struct learned *const learned = lesson->learned;
    struct line_shape *const shape = &learned->shapes[number];
    bool commands = true;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const sighting = &lesson->sightings[i];
        if (sighting->shape != (int)number)
            continue;
        if (i == 0 || !is_repeat(learned, sighting))
            return;
        commands = commands && sighting->anchor.kind == ANCHOR_COMMAND;
    }
    shape->repeats = commands || shape->anchors > 1;
}
