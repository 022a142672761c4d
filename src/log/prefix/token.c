/* SPDX-License-Identifier: MIT */
#include "log/prefix/token.h"

#include "log/text/utf8.h"

#include "tokens.inc"

/* May a time begin so? */
static bool may_be_time(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte > 127 || byte == '+' || byte == '(';
}

static void read_one(const char *begin, const char *end, struct token *token)
{
    struct moment moment;
    const char *next = begin;
    *token = (struct token){.begin = begin};
    const size_t length = may_be_time((unsigned char)*begin) ? moment_read(begin, end, &moment) : 0;
    if (length > 0) {
        token->kind = TOKEN_TIME;
        token->moment = moment.kind;
        token->time = moment.text;
        next += length;
    } else {
        token->kind = read_token(&next);
    }
    token->end = next;
}

static bool is_set_right(const struct token *tokens, size_t count)
{
    const enum token_kind kind = tokens[count - 1].kind;
    return count >= 2 && (kind == TOKEN_NUMBER || kind == TOKEN_TIME) &&
           tokens[count - 2].kind == TOKEN_BLANK &&
           (count == 2 || tokens[count - 3].kind == TOKEN_SIGN);
}

size_t tokens_read(const char *begin, const char *limit, const char *end, struct token *tokens,
                   size_t most)
{
    size_t count = 0;
    const char *at = begin;
    while (at < limit && count < most) {
        struct token *const token = &tokens[count];
        const size_t place = at == begin ? read_place(at) : 0;
        if (place > 0)
            *token = (struct token){.kind = TOKEN_NUMBER, .begin = at, .end = at + place};
        else
            read_one(at, end, token);
        if (token->kind == TOKEN_NONE)
            break;
        at = token->end;
        if (token->kind == TOKEN_PAINT)
            continue;
        count++;
        if (is_set_right(tokens, count)) {
            tokens[count - 2] = tokens[count - 1];
            count--;
        }
    }
    return count;
}

bool token_ends_foreign(const char *begin, const char *end)
{
    const unsigned char *const last = (const unsigned char *)end - 1;
    if (*last > 127)
        return true;
    return end - begin > 1 && *last >= 0x40 && last[-1] > 0x80 && last[-1] < 0xfd &&
           !text_is_utf8(begin, (size_t)(end - begin));
}

bool token_is_of_logger(struct bytes word)
{
    const char *end = word.data + word.length;
    while (end > word.data && end[-1] == ':')
        end--;
    const char *last = end;
    while (last > word.data && last[-1] != '.' && last[-1] != ':')
        last--;
    if (end - word.data > 2 && word.data[1] == '/' &&
        token_of_word(word.data, word.data + 1) == TOKEN_LEVEL)
        return true;
    if (last - word.data < 2 || last == end)
        return false;
    return (last[-1] == ':' && last[-2] == ':') ||
           (last[-1] == '.' && end - last > 1 && token_of_word(last, end) == TOKEN_LEVEL);
}

/* Most lines and texts begin so: it is no paint, no blank and no line end. */
static bool is_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

const char *tokens_skip(const char *begin, const char *end, bool blanks)
{
    const char *at = begin;
    while (at < end && !is_word(*at)) {
        const char *next = at;
        const enum token_kind kind = read_token(&next);
        if (kind != TOKEN_PAINT && !(blanks && kind == TOKEN_BLANK))
            break;
        at = next;
    }
    return at;
}

const char *tokens_skip_ends(const char *begin, const char *end)
{
    const char *at = begin;
    while (at < end && !is_word(*at)) {
        const char *next = at;
        const enum token_kind kind = read_token(&next);
        if (kind != TOKEN_PAINT && kind != TOKEN_BLANK && kind != TOKEN_END)
            break;
        at = next;
    }
    return at;
}
