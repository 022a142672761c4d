/* SPDX-License-Identifier: MIT */
#include "log/prefix/header.h"

#include <string.h>

#include <sbfota/sbfota.h>

#include "log/prefix/anchor.h"
#include "log/prefix/said.h"

enum {
    NEAR = 12,      /* lines before a message, one of which is its header */
    FEW_TAILS = 2,  /* that headers without a direction may have */
    MOST_MISSED = 8 /* of so many messages one may have none */
};

/* A line, in tokens. */
struct tokens {
    struct token list[TOKENS_MAX];
    size_t count;
    size_t head; /* tokens up to the time, or up to the direction; 0 if it has neither */
    struct said said;
};

static void read_line(struct tokens *tokens, const char *begin, const char *end)
{
    tokens->count = tokens_read(begin, end, end, tokens->list, TOKENS_MAX);
    while (tokens->count > 0 && (tokens->list[tokens->count - 1].kind == TOKEN_BLANK ||
                                 *tokens->list[tokens->count - 1].begin == '\r'))
        tokens->count--;
    said_read(&tokens->said, tokens->list, tokens->count);
    tokens->head = 0;
    if (tokens->said.time.data != NULL)
        tokens->head = tokens->said.time_token + 1;
    else if (tokens->said.in_words)
        while (said_by_word(&tokens->list[tokens->head++]) == DIRECTION_NONE)
            continue;
    if (tokens->head > HEADER_TOKENS)
        tokens->head = 0;
}

/* Words of any kind are alike in what follows a head. */
static uint8_t tail_kind(const struct token *token)
{
    switch (token->kind) {
    case TOKEN_NUMBER:
    case TOKEN_LEVEL:
    case TOKEN_FROM_MODULE:
    case TOKEN_FROM_HOST: return TOKEN_WORD;
    default: return (uint8_t)token->kind;
    }
}

/* As much of what follows a head as is compared. */
static size_t tail_length(const struct tokens *tokens)
{
    const size_t length = tokens->count - tokens->head;
    return length < HEADER_TOKENS ? length : HEADER_TOKENS;
}

static bool is_tail(const uint8_t *tail, size_t length, const struct tokens *tokens)
{
    if (tail_length(tokens) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (tail[i] != tail_kind(&tokens->list[tokens->head + i]))
            return false;
    return true;
}

static bool has_tail(const struct header *header, const struct tokens *tokens)
{
    for (unsigned i = 0; i < header->tail_count; i++)
        if (is_tail(header->tails[i], header->tail_lengths[i], tokens))
            return true;
    return false;
}

static void add_tail(struct header *header, const struct tokens *tokens)
{
    const size_t length = tail_length(tokens);
    if (header->tail_count == HEADER_TAILS || has_tail(header, tokens))
        return;
    for (size_t i = 0; i < length; i++)
        header->tails[header->tail_count][i] = tail_kind(&tokens->list[tokens->head + i]);
    header->tail_lengths[header->tail_count++] = (uint8_t)length;
}

static bool has_words(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_SIGN;
}

static bool make(struct header *header, const struct tokens *tokens)
{
    memset(header, 0, sizeof *header);
    header->length = (uint8_t)tokens->head;
    for (size_t i = 0; i < tokens->head; i++) {
        const struct token *const token = &tokens->list[i];
        const size_t length = (size_t)(token->end - token->begin);
        header->tokens[i].kind = (uint8_t)token->kind;
        if (!has_words(token->kind))
            continue;
        if (length > HEADER_WORD)
            return false;
        header->tokens[i].length = (uint8_t)length;
        memcpy(header->tokens[i].text, token->begin, length);
    }
    add_tail(header, tokens);
    return tokens->head > 0;
}

static bool is_said(const struct token *token)
{
    return token->kind == TOKEN_FROM_MODULE || token->kind == TOKEN_FROM_HOST ||
           said_by_word(token) != DIRECTION_NONE;
}

/* Does a line begin as headers do? Directions are alike, and so are first words that name a source. */
static bool begins_so(const struct header *header, const struct tokens *tokens, bool any_source)
{
    if (tokens->head != header->length)
        return false;
    for (size_t i = 0; i < tokens->head; i++) {
        const struct token *const token = &tokens->list[i];
        const struct header_token *const model = &header->tokens[i];
        const size_t length = (size_t)(token->end - token->begin);
        if (i + 1 == tokens->head && is_said(token))
            continue;
        if (model->kind != (uint8_t)token->kind)
            return false;
        if (has_words(token->kind) && !(any_source && i == 0 && token->kind == TOKEN_WORD) &&
            (length != model->length || memcmp(model->text, token->begin, length) != 0))
            return false;
    }
    return true;
}

struct bytes header_source(const char *begin, const char *end)
{
    struct token token;
    if (tokens_read(begin, end, end, &token, 1) == 0 || token.kind != TOKEN_WORD)
        return (struct bytes){NULL, 0};
    return (struct bytes){token.begin, (size_t)(token.end - token.begin)};
}

static bool is_same(struct bytes one, struct bytes other)
{
    return one.length > 0 && one.length == other.length &&
           memcmp(one.data, other.data, one.length) == 0;
}

bool header_read(const struct header *header, const char *begin, const char *end, struct line *line)
{
    struct tokens tokens;
    struct anchor anchor;
    read_line(&tokens, begin, end);
    if (!begins_so(header, &tokens, header->has_source) ||
        !(has_tail(header, &tokens) || tokens.said.in_words) || anchor_find(begin, end, &anchor))
        return false;
    memset(line, 0, sizeof *line);
    line->role = LINE_HEADER;
    line->sureness = SURE;
    line->text = (struct bytes){end, 0};
    line->time = tokens.said.time;
    line->direction = tokens.said.direction;
    if (header->has_source)
        line->modem = header_source(begin, end);
    return true;
}

const char *header_skip_length(const char *begin, const char *end)
{
    static const char zeros[6] = {0};
    const bool counted = end - begin > 8 && memcmp(begin + 2, zeros, sizeof zeros) == 0;
    return begin + (counted ? 8 : 0);
}

/* What the lines before messages have shown. */
struct header_lesson {
    struct bytes near[NEAR]; /* lines before the next message, the last NEAR of them */
    size_t count;            /* of lines since the message before */
    struct candidate_header {
        struct header header;
        unsigned missed; /* messages without it */
        enum moment_kind moment;
        bool in_words; /* the direction */
        bool opens;    /* it speaks of the message below it, and of nothing else */
    } candidates[NEAR];
    size_t candidate_count;
    unsigned messages; /* that lines stand before */
    unsigned timed;    /* with a time of their own */
};

static bool is_message(const char *begin, const char *end)
{
    struct sbfota_event event;
    sbfota_decode_line(begin, (size_t)(end - begin), &event);
    return (record_is_whole(event.kind) && event.kind != SBFOTA_OK && event.kind != SBFOTA_ERROR) ||
           event.kind == SBFOTA_UNKNOWN;
}

/* Does a line at once before a message look as if it spoke of it, and of nothing else? */
static bool introduces(struct bytes line, const struct tokens *tokens)
{
    size_t words = 0;
    for (size_t i = 0; i < tokens->count; i++)
        words += tokens->list[i].kind == TOKEN_WORD;
    while (line.length > 0 && strchr(" \t\r", line.data[line.length - 1]) != NULL)
        line.length--;
    return words == 0 || (line.length > 0 && strchr(":>])", line.data[line.length - 1]) != NULL);
}

/* The journal's time of a record, in its export format. */
static bool is_of_journal(const struct tokens *tokens)
{
    static const char word[] = "__REALTIME_TIMESTAMP";
    const struct token *const first = tokens->list;
    return (size_t)(first->end - first->begin) == sizeof word - 1 &&
           memcmp(first->begin, word, sizeof word - 1) == 0;
}

/* The lines before the first message that may be its header. */
static void find_candidates(struct header_lesson *lesson)
{
    const size_t near = lesson->count < NEAR ? lesson->count : NEAR;
    for (size_t i = 0; i < near; i++) {
        struct tokens tokens;
        const struct bytes line = lesson->near[(lesson->count - near + i) % NEAR];
        struct candidate_header *const candidate = &lesson->candidates[lesson->candidate_count];
        read_line(&tokens, line.data, line.data + line.length);
        if (tokens.head == 0 || !make(&candidate->header, &tokens))
            continue;
        candidate->missed = 0;
        candidate->moment = tokens.said.moment;
        candidate->in_words = tokens.said.in_words;
        candidate->opens = (i + 1 == near && introduces(line, &tokens)) || is_of_journal(&tokens);
        lesson->candidate_count++;
    }
}

/* Does one of the lines before a message look like a candidate? */
static bool is_seen(struct header_lesson *lesson, struct candidate_header *candidate,
                    struct bytes source)
{
    const size_t near = lesson->count < NEAR ? lesson->count : NEAR;
    bool seen = false;
    for (size_t i = 0; i < near; i++) {
        struct tokens tokens;
        const struct bytes line = lesson->near[i];
        read_line(&tokens, line.data, line.data + line.length);
        const bool same = begins_so(&candidate->header, &tokens, false);
        const bool other = !same && begins_so(&candidate->header, &tokens, true) &&
                           is_same(source, header_source(line.data, line.data + line.length));
        const bool odd = candidate->header.tail_count >= FEW_TAILS && !tokens.said.in_words &&
                         !has_tail(&candidate->header, &tokens);
        if ((!same && !other) || odd)
            continue;
        seen = true;
        candidate->header.has_source = candidate->header.has_source || other;
        add_tail(&candidate->header, &tokens);
    }
    return seen;
}

static void look_at_message(struct header_lesson *lesson, const char *begin, const char *end)
{
    if (lesson->messages > 0 && lesson->count == 0)
        return; /* in the record of the message before */
    if (lesson->messages++ == 0)
        find_candidates(lesson);
    else
        for (size_t i = 0; i < lesson->candidate_count; i++)
            lesson->candidates[i].missed +=
                !is_seen(lesson, &lesson->candidates[i], header_source(begin, end));
    lesson->count = 0;
}

static void look_at_line(struct header_lesson *lesson, const char *begin, const char *end)
{
    struct anchor anchor;
    const char *stop = end;
    while (stop > begin && stop[-1] == '\r')
        stop--;
    const bool anchored = anchor_find(begin, end, &anchor);
    if (anchored || is_message(begin, stop)) {
        struct tokens tokens = {.count = tokens_read(begin, anchored ? anchor.begin : begin, end,
                                                     tokens.list, TOKENS_MAX)};
        said_read(&tokens.said, tokens.list, tokens.count);
        lesson->timed += tokens.said.time.data != NULL;
        look_at_message(lesson, begin, end);
    } else if (stop > begin) {
        lesson->near[lesson->count++ % NEAR] = (struct bytes){begin, (size_t)(end - begin)};
    }
}

bool header_learn(struct header *header, struct bytes sample)
{
    struct header_lesson lesson;
    const struct candidate_header *best = NULL;
    memset(&lesson, 0, sizeof lesson);
    for (const char *next = sample.data, *const limit = next + sample.length; next < limit;) {
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        look_at_line(&lesson, next, end);
        next = end + 1;
        if (lesson.timed > 0 || (lesson.messages > 0 && lesson.candidate_count == 0))
            return false;
    }
    for (size_t i = 0; i < lesson.candidate_count; i++) {
        const struct candidate_header *const candidate = &lesson.candidates[i];
        const bool sure = lesson.messages > 1 || candidate->in_words || candidate->opens;
        if (!sure || candidate->missed * MOST_MISSED > lesson.messages)
            continue;
        if (best == NULL || candidate->moment > best->moment)
            best = candidate;
    }
    if (best == NULL)
        return false;
    *header = best->header;
    header->known = true;
    return true;
}
