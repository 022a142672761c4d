/* SPDX-License-Identifier: MIT */
#include "log/form/prose.h"

#include "log/form/lesson.h"
#include "log/prefix/fields.h"
#include "log/prefix/said.h"

/* Does a sign join the words of a name, as in Modem+GNSS? */
static bool is_within_word(const struct token *sign, size_t place)
{
    if (place == 0 || sign[-1].kind != TOKEN_WORD || sign[-1].end != sign->begin)
        return false;
    const struct bytes word = token_bytes(&sign[-1]);
    return !(word.length == 2 && (word.data[0] | 0x20) == 'a' && (word.data[1] | 0x20) == 't');
}

/* Does a prefix begin as a response or a command does? Then the text of a message could have forged it. */
static bool may_be_forged(const struct sighting *sighting)
{
    for (size_t i = 0; i + 1 < sighting->length; i++) {
        const struct token *const token = &sighting->prefix[i];
        const bool before = (is_sign(token, '+') && !is_within_word(token, i)) ||
                            is_sign(token, '^') || is_sign(token, '%') ||
                            (is_sign(token, '&') && (i == 0 || token[-1].kind == TOKEN_BLANK));
        if (before && token[1].kind == TOKEN_WORD && token->end == token[1].begin)
            return true;
    }
    return false;
}

/* Do letters stand at once before a message, or the sign of a line in a patch? They are what it is glued to. Marks of other scripts may stand so. */
static bool is_run_into(const struct sighting *sighting)
{
    const struct token *const last =
        sighting->length == 0 ? NULL : &sighting->prefix[sighting->length - 1];
    if (last == NULL || last->end != sighting->anchor.begin)
        return false;
    if (sighting->length == 1 && (is_sign(last, '+') || is_sign(last, '-')))
        return true;
    const char byte = last->end[-1];
    return last->kind != TOKEN_TIME && !token_ends_foreign(last->begin, last->end) &&
           ((byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'));
}

/* Does a sentence say before a message that it has not come? */
static bool is_spoken_of(const struct sighting *sighting)
{
    for (size_t i = 0; i < sighting->length; i++)
        if (said_of_message(&sighting->prefix[i]))
            return true;
    return false;
}

/* Is a message part of a test's name, whose verdict stands behind it? */
static bool is_tested(const struct sighting *sighting)
{
    for (size_t i = 0; i < sighting->suffix_length; i++)
        if (said_of_test(&sighting->suffix[i]))
            return true;
    return false;
}

/* Does an arrow of a chart go from one name to another, as ->> and -->> do in those of Mermaid? */
static bool is_of_chart(const struct sighting *sighting)
{
    for (size_t i = 1; i + 1 < sighting->length; i++) {
        const struct token *const arrow = &sighting->prefix[i];
        if (arrow->kind == TOKEN_FROM_HOST && *arrow->begin == '-' && arrow->end[-2] == '>' &&
            arrow[-1].kind == TOKEN_WORD && arrow[1].kind == TOKEN_WORD)
            return true;
    }
    return false;
}

bool prose_refutes(const struct sighting *sighting)
{
    return is_of_chart(sighting) || may_be_forged(sighting) || is_run_into(sighting) ||
           is_spoken_of(sighting) || is_tested(sighting);
}

static bool is_structure(enum token_kind kind)
{
    return kind == TOKEN_TIME || kind == TOKEN_LEVEL || token_is_side(kind);
}

/* The name that logs give to a text, with an equals sign: MESSAGE= of journald's export, msg= of logfmt. */
static bool is_field_of_text(const struct sighting *sighting)
{
    return sighting->length == 2 && is_sign(&sighting->prefix[1], '=') &&
           field_find(token_bytes(&sighting->prefix[0])).role == FIELD_TEXT;
}

static bool begins_with_structure(const struct sighting *sighting)
{
    const struct token *const prefix = sighting->prefix;
    size_t first = 0;
    while (first < sighting->length &&
           (prefix[first].kind == TOKEN_SIGN || prefix[first].kind == TOKEN_BLANK ||
            prefix[first].kind == TOKEN_NUMBER))
        first++;
    /* The time may stand behind a day of the week. */
    return is_field_of_text(sighting) ||
           (first < sighting->length && is_structure(prefix[first].kind)) ||
           (first + 2 < sighting->length && prefix[first + 2].kind == TOKEN_TIME);
}

static bool is_described(const struct sighting *sighting)
{
    const struct token *const suffix = sighting->suffix;
    for (size_t i = 2; i < sighting->suffix_length; i++)
        if (suffix[i].kind == TOKEN_WORD && suffix[i - 1].kind == TOKEN_BLANK &&
            suffix[i - 2].kind == TOKEN_WORD)
            return true;
    return false;
}

static bool goes_on(const struct sighting *sighting)
{
    const struct token *const suffix = sighting->suffix;
    return sighting->suffix_length > 0 && suffix[0].kind == TOKEN_WORD &&
           (suffix[0].begin > sighting->anchor.end || suffix[0].begin[-1] == ' ') &&
           !(sighting->suffix_length > 1 && is_sign(&suffix[1], '='));
}

/* Does a prefix end so as rows of source, rules and manuals do before what they list? */
static bool ends_as_list(const struct token *last, size_t words)
{
    return is_sign(last, '"') || is_sign(last, '\'') || is_sign(last, '`') ||
           (words > 0 && last->kind == TOKEN_BLANK && last->end - last->begin > 1);
}

/* Does it count items: 1. and 1), and with words Step 1: too? */
static bool ends_as_item(const struct token *prefix, size_t length, size_t words)
{
    const struct token *const sign = &prefix[length - (length > 2 ? 2 : 1)];
    return length > 2 && prefix[length - 1].kind == TOKEN_BLANK && sign[-1].kind == TOKEN_NUMBER &&
           (is_sign(sign, '.') || is_sign(sign, ')') || (words > 0 && is_sign(sign, ':')));
}

struct prose prose_read(const struct sighting *sighting)
{
    const struct token *const prefix = sighting->prefix;
    const size_t length = sighting->length;
    struct prose prose = {.begins = begins_with_structure(sighting),
                          .goes_on = goes_on(sighting),
                          .described = is_described(sighting)};
    bool structured = is_field_of_text(sighting);
    bool mark = false;
    prose.runs_on = length > 1 && prefix[length - 1].kind == TOKEN_BLANK &&
                    prefix[length - 2].kind == TOKEN_WORD;
    for (size_t i = 0; i < length; i++) {
        const bool is_word = prefix[i].kind == TOKEN_WORD;
        prose.words += is_word;
        prose.marked = prose.marked || (mark && is_word);
        mark = mark || token_is_side(prefix[i].kind);
        /* A level is a letter, too, that a sentence may stand behind. */
        structured = structured || (is_structure(prefix[i].kind) &&
                                    !(prose.runs_on && prefix[i].kind == TOKEN_LEVEL));
    }
    prose.is_bare = length > 0 && !structured;
    prose.lists = prose.is_bare && ends_as_list(&prefix[length - 1], prose.words);
    prose.counts = prose.is_bare && ends_as_item(prefix, length, prose.words);
    return prose;
}
