/* SPDX-License-Identifier: MIT */
#include "learned.h"

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
               token->kind == TOKEN_LEVEL;
    if (element->token != token->kind ||
        (token->kind == TOKEN_TIME && element->moment != token->moment))
        return false;
    const size_t length = (size_t)(token->end - token->begin);
    return !learned_has_words(token->kind) ||
           (length == element->length &&
            memcmp(learned->texts + element->text, token->begin, length) == 0);
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

/* Where the text ends that a suffix of the shape closes: the last place where one stands up to the line's end. */
static const char *find_text_end(const struct learned *learned, const struct line_shape *shape,
                                 const char *text, const char *end)
{
    enum {
        FAR = 256 /* bytes behind a text */
    };
    struct token tokens[SUFFIX_MAX + 1];
    const char *const first = end - text > FAR ? end - FAR : text;
    for (unsigned i = 0; i < shape->suffix_count; i++) {
        const struct element *const suffix = shape->suffixes[i];
        const size_t length = shape->suffix_lengths[i];
        for (const char *at = end; at > first; at--) {
            const size_t count = tokens_read(at - 1, end, end, tokens, SUFFIX_MAX + 1);
            if (count == length && matches(learned, suffix, length, tokens, count))
                return at - 1;
        }
    }
    return end;
}

/* Blanks, NULs and the like behind a text. */
static const char *trim(const char *text, const char *end)
{
    while (end > text && ((unsigned char)end[-1] <= ' ' || end[-1] == 0x7f))
        end--;
    return end;
}

static void take(const struct learned *learned, const struct line_shape *shape,
                 const struct token *tokens, const char *begin, const char *end, struct line *line)
{
    const char *const behind = shape->length == 0 ? begin : tokens[shape->length - 1].end;
    const char *const text = tokens_skip(behind, end, true);
    const char *const stop = trim(text, find_text_end(learned, shape, text, trim(text, end)));
    line->role = shape->repeats ? LINE_NOISE : LINE_RECORD;
    line->sureness = SURE;
    line->text = (struct bytes){text, (size_t)(stop - text)};
    line->direction = (enum direction)shape->direction;
    line->lossy = shape->lossy;
    if (shape->time > 0)
        line->time = tokens[shape->time - 1].time;
    for (size_t i = 0; i < shape->length; i++)
        if (shape->prefix[i].kind == ELEMENT_MODEM)
            line->modem =
                (struct bytes){tokens[i].begin, (size_t)(tokens[i].end - tokens[i].begin)};
}

void learned_line_read(const struct learned *learned, const char *begin, const char *end,
                       struct line *line)
{
    struct token tokens[TOKENS_MAX];
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    const size_t count = tokens_read(begin, end, end, tokens, learned->longest);
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        if (matches(learned, shape->prefix, shape->length, tokens, count)) {
            take(learned, shape, tokens, begin, end, line);
            return;
        }
    }
}
