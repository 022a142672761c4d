/* SPDX-License-Identifier: MIT */
#include "log/prefix/anchor.h"

#include <string.h>

#include "anchors.inc"

/* How a line spells its quotes. */
struct quote {
    const char *text;
    size_t length;
};

static size_t measure_quote(const struct quote *quote, const char *at, const char *end)
{
    const bool same = at <= end && (size_t)(end - at) >= quote->length &&
                      memcmp(at, quote->text, quote->length) == 0;
    return same ? quote->length : 0;
}

/* The fields behind the first word of ours. */
static const char *skip_fields(const struct quote *quote, const char *at, const char *end,
                               bool *lossy)
{
    for (;;) {
        bool quoted = false;
        const size_t length = read_field(at, &quoted);
        if (length == 0)
            return at;
        const char *next = at + length;
        const bool comma = memchr(at, ',', length) != NULL || *at == '%';
        if (quoted) {
            const size_t opening = measure_quote(quote, next, end);
            const size_t word = opening == 0 ? 0 : read_quoted_word(next + opening);
            if (word == 0 || measure_quote(quote, next + opening + word, end) == 0)
                return at;
            next += opening + word + quote->length;
        }
        *lossy = *lossy || !comma;
        at = next;
    }
}

/* The next place where one may begin whose plus begins with that byte; *next goes behind what says so. */
static enum anchor_kind find_plus(char first, const char **begin, const char **next,
                                  const char *end)
{
    const char *at = *next;
    const char *plus;
    while (at < end && (plus = memchr(at, first, (size_t)(end - at))) != NULL) {
        const char *const before = plus - at < BEFORE_PLUS ? plus : plus - BEFORE_PLUS;
        enum anchor_kind kind = read_begin(*begin = before, next);
        if (kind == ANCHOR_NONE)
            kind = read_begin(*begin = plus, next);
        if (kind != ANCHOR_NONE)
            return kind;
        at = plus + 1;
    }
    return ANCHOR_NONE;
}

static enum anchor_kind find_begin(const char **begin, const char **next, const char *end)
{
    const enum anchor_kind kind = find_plus('+', begin, next, end);
    return kind != ANCHOR_NONE ? kind : find_plus('%', begin, next, end);
}

bool anchor_find(const char *begin, const char *end, struct anchor *anchor)
{
    const char *next = begin;
    for (;;) {
        memset(anchor, 0, sizeof *anchor);
        anchor->kind = find_begin(&anchor->begin, &next, end);
        if (anchor->kind == ANCHOR_NONE)
            return false;
        const struct quote quote = {next, read_quote(next)};
        const size_t word = quote.length == 0 ? 0 : read_own_word(next + quote.length);
        const char *const closing = next + quote.length + word;
        if (word == 0 || measure_quote(&quote, closing, end) == 0)
            continue;
        anchor->doubled = quote.length == 2 && next[0] == '"';
        anchor->spelled = (quote.length > 1 && !anchor->doubled) ||
                          (anchor->kind == ANCHOR_COMMAND && next[-1] != '=');
        anchor->percent = *next == '%';
        anchor->end = skip_fields(&quote, closing + quote.length, end, &anchor->lossy);
        anchor->placeholder = read_placeholder(anchor->end);
        return true;
    }
}
