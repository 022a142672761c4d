/* SPDX-License-Identifier: MIT */
#include "log/prefix/learned.h"

#include <string.h>

bool learned_has_words(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_SIGN;
}

bool learned_is(const struct learned *learned, const struct element *element,
                const struct token *token)
{
    if (element->kind != ELEMENT_SAME)
        return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER ||
               (token->kind == TOKEN_LEVEL && element->kind == ELEMENT_ANY) ||
               (token_is_side(element->token) && token_is_side(token->kind));
    if (element->token != token->kind ||
        (token->kind == TOKEN_TIME && element->moment != token->moment))
        return false;
    const size_t length = (size_t)(token->end - token->begin);
    return !learned_has_words(token->kind) ||
           (length == element->length &&
            memcmp(learned->texts + element->text, token->begin, length) == 0);
}

bool learned_runs_on(const struct learned *learned, const struct element *element,
                     const struct token *token)
{
    const char *const text = learned->texts + element->text;
    return element->kind == ELEMENT_SAME && element->token == TOKEN_WORD &&
           token->kind == TOKEN_WORD && element->length > 0 &&
           token_ends_foreign(text, text + element->length) &&
           (size_t)(token->end - token->begin) > element->length &&
           memcmp(text, token->begin, element->length) == 0;
}

static bool matches(const struct learned *learned, const struct element *elements, size_t length,
                    const struct token *tokens, size_t count)
{
    if (count < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!learned_is(learned, &elements[i], &tokens[i]))
            return false;
    return true;
}

/* The same with another word before a mark, such as URC> and CMD>. */
static bool nearly_matches(const struct learned *learned, const struct line_shape *shape,
                           const struct token *tokens, size_t count)
{
    if (count < shape->length)
        return false;
    for (size_t i = 0; i < shape->length; i++) {
        const bool marks = i + 1 < shape->length && tokens[i].kind == TOKEN_WORD &&
                           shape->prefix[i].token == TOKEN_WORD &&
                           (shape->prefix[i + 1].token == TOKEN_FROM_MODULE ||
                            shape->prefix[i + 1].token == TOKEN_FROM_HOST);
        if (!marks && !learned_is(learned, &shape->prefix[i], &tokens[i]))
            return false;
    }
    return true;
}

static const struct line_shape *find_shape(const struct learned *learned,
                                           const struct token *tokens, size_t count)
{
    for (unsigned i = 0; i < learned->count; i++)
        if (matches(learned, learned->shapes[i].prefix, learned->shapes[i].length, tokens, count))
            return &learned->shapes[i];
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        if (shape->length > 0 && count >= shape->length &&
            matches(learned, shape->prefix, shape->length - 1U, tokens, count) &&
            learned_runs_on(learned, &shape->prefix[shape->length - 1], &tokens[shape->length - 1]))
            return shape;
    }
    for (unsigned i = 0; i < learned->count; i++)
        if (nearly_matches(learned, &learned->shapes[i], tokens, count))
            return &learned->shapes[i];
    return NULL;
}

/* May a token begin at `at` that is what an element says? Most places are passed over by their first bytes. */
static bool may_begin(const struct learned *learned, const struct element *element, const char *at,
                      const char *end)
{
    if (element->kind == ELEMENT_SAME && learned_has_words((enum token_kind)element->token))
        return (size_t)(end - at) >= element->length &&
               memcmp(learned->texts + element->text, at, element->length) == 0;
    return element->token != TOKEN_BLANK || ((*at == ' ' || *at == '\t') && at[-1] > ' ');
}

bool learned_parts_records(const struct token *token)
{
    return token->kind == TOKEN_SIGN && (*token->begin == ',' || *token->begin == ';');
}

/* Is a text whole as it stands? */
static bool is_message(const char *begin, const char *end)
{
    struct sbfota_event event;
    sbfota_decode_line(begin, (size_t)(end - begin), &event);
    return record_is_whole(event.kind);
}

/* The side that a suffix says. */
static enum direction side_behind(const struct line_shape *shape, const struct token *tokens,
                                  size_t count)
{
    for (size_t i = 1; i < count && shape->sides > shape->no_sides; i++)
        if (token_is_side(tokens[i].kind) && *tokens[i - 1].begin == '=')
            return tokens[i].kind == TOKEN_FROM_HOST ? DIRECTION_TX : DIRECTION_RX;
    return DIRECTION_NONE;
}

/* Where the text ends that a suffix of the shape closes: the last place where one stands up to the line's end. */
static const char *find_text_end(const struct learned *learned, const struct line_shape *shape,
                                 const char *text, const char *end, enum direction *direction)
{
    enum {
        FAR = 256 /* bytes behind a text */
    };
    struct token tokens[SUFFIX_MAX + 1];
    const char *const first = end - text > FAR ? end - FAR : text;
    if (shape->suffix_count == 0 || is_message(text, end))
        return end;
    const char *const whole = end;
    while (end > text && (end[-1] == ',' || end[-1] == ';'))
        end--;
    for (unsigned i = 0; i < shape->suffix_count; i++) {
        const struct element *const suffix = shape->suffixes[i];
        const size_t length = shape->suffix_lengths[i];
        for (const char *at = end; at > first; at--) {
            if (!may_begin(learned, suffix, at - 1, end))
                continue;
            const size_t count = tokens_read(at - 1, end, end, tokens, SUFFIX_MAX + 1);
            if (count == length && matches(learned, suffix, length, tokens, count)) {
                *direction = side_behind(shape, tokens, count);
                return at - 1;
            }
        }
    }
    return whole;
}

const char *learned_trim(const char *text, const char *end)
{
    while (end > text && (unsigned char)end[-1] < ' ' && end[-1] != '\t' && end[-1] != '\r')
        end--;
    return end;
}

static const char *trim(const char *text, const char *end)
{
    while (end > text && ((unsigned char)end[-1] <= ' ' || end[-1] == 0x7f))
        end--;
    return end;
}

/* Where the text begins. */
static const char *find_text(const struct learned *learned, const struct line_shape *shape,
                             bool torn, const struct token *tokens, const char *begin,
                             const char *end)
{
    const size_t number = shape->length == 0 ? 0 : shape->length - 1U;
    const struct token *const last = &tokens[number];
    if (shape->length > 0 && learned_runs_on(learned, &shape->prefix[number], last))
        return last->begin + shape->prefix[number].length;
    if (torn && shape->gap > 0 && last->end - last->begin > shape->gap)
        return last->begin + shape->gap;
    return tokens_skip(shape->length == 0 ? begin : last->end, end, !torn);
}

/* What a token says of the time. A count is told from other numbers by the parenthesis before it. */
static struct bytes time_of(const struct token *token)
{
    const size_t length = (size_t)(token->end - token->begin) + 1;
    if (token->kind != TOKEN_NUMBER)
        return token->time;
    return length > COUNT_SIZE ? (struct bytes){NULL, 0} : (struct bytes){token->begin - 1, length};
}

static void take(const struct learned *learned, const struct line_shape *shape, bool torn,
                 const struct token *tokens, const char *begin, const char *end, struct line *line)
{
    const char *const text = find_text(learned, shape, torn, tokens, begin, end);
    const char *const last = torn ? end : trim(text, end);
    enum direction direction = DIRECTION_NONE;
    const char *const closed = find_text_end(learned, shape, text, last, &direction);
    const char *const stop = closed == last ? learned_trim(text, end) : trim(text, closed);
    line->role = shape->repeats ? LINE_NOISE : LINE_RECORD;
    line->sureness = SURE;
    line->text = (struct bytes){text, (size_t)(stop - text)};
    line->direction = shape->judged ? (enum direction)shape->direction : direction;
    line->lossy = shape->lossy;
    line->escapes = shape->percent ? ESCAPES_PERCENT : ESCAPES_NONE;
    line->learned = true;
    line->judged = shape->judged || direction != DIRECTION_NONE;
    if (shape->time > 0)
        line->time = time_of(&tokens[shape->time - 1]);
    for (size_t i = 0; i < shape->length; i++) {
        const struct bytes bytes = {tokens[i].begin, (size_t)(tokens[i].end - tokens[i].begin)};
        if (shape->prefix[i].kind == ELEMENT_MODEM)
            line->modem = bytes;
        else if (shape->prefix[i].kind == ELEMENT_ANY)
            line->nobody = bytes;
    }
}

bool learned_line_read(const struct learned *learned, bool torn, const char *begin, const char *end,
                       struct line *line)
{
    struct token tokens[TOKENS_MAX];
    const size_t count = tokens_read(begin, end, end, tokens, learned->longest);
    const struct line_shape *const shape = find_shape(learned, tokens, count);
    if (shape == NULL)
        return false;
    memset(line, 0, sizeof *line);
    take(learned, shape, torn, tokens, begin, end, line);
    return true;
}

bool learned_is_name(struct bytes name, const char *begin, const char *end)
{
    struct token tokens[TOKENS_MAX];
    const size_t count = name.data == NULL
                             ? 0
                             : tokens_read(begin, name.data + name.length, end, tokens, TOKENS_MAX);
    for (size_t i = 0; i < count; i++)
        if (name.data < tokens[i].end &&
            (tokens[i].kind == TOKEN_TIME ||
             (tokens[i].kind == TOKEN_LEVEL && tokens[i].begin <= name.data)))
            return false;
    return count > 0;
}

bool learned_is_near(const struct learned *learned, const char *begin, const char *end)
{
    struct token tokens[TOKENS_MAX];
    const size_t count = tokens_read(begin, end, end, tokens, learned->longest);
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        size_t same = 0;
        while (same < shape->length && same < count &&
               (learned_is(learned, &shape->prefix[same], &tokens[same]) ||
                (same > 1 && tokens[same].kind == TOKEN_WORD &&
                 shape->prefix[same].token == TOKEN_WORD &&
                 shape->prefix[same - 1].token == TOKEN_BLANK &&
                 shape->prefix[same - 2].token == TOKEN_TIME)))
            same++;
        if (same == shape->length)
            return true;
    }
    return false;
}
