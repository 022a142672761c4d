/* SPDX-License-Identifier: MIT */
#include "log/prefix/said.h"

#include <string.h>

#include "said.inc"

enum direction said_by_word(const struct token *token)
{
    return read_said(token->begin, token->end);
}

bool said_of_message(const struct token *token)
{
    return token->kind == TOKEN_WORD && read_speech(token->begin, token->end);
}

static bool is_apart(const char *byte)
{
    return *byte == ' ' || *byte == '\t' || *byte == ':' || *byte == '\r' || *byte == '\n';
}

bool said_of_test(const struct token *token)
{
    return token->kind == TOKEN_WORD && read_verdict(token->begin, token->end);
}

/* A mark alone. */
static enum direction read_mark(const struct token *token, bool apart)
{
    const bool is_sign = strchr("<>-=\xe2", *token->begin) != NULL && *token->begin != '\0';
    if (!is_sign || !apart || !is_apart(token->end))
        return DIRECTION_NONE;
    return token->kind == TOKEN_FROM_MODULE ? DIRECTION_RX
           : token->kind == TOKEN_FROM_HOST ? DIRECTION_TX
                                            : DIRECTION_NONE;
}

/* An arrow from one name to another says nothing of which is the module's. */
static bool is_between(const struct token *tokens, size_t count, size_t place)
{
    return place >= 2 && place + 2 < count && tokens[place - 1].kind == TOKEN_BLANK &&
           tokens[place - 2].kind == TOKEN_WORD && tokens[place + 1].kind == TOKEN_BLANK &&
           tokens[place + 2].kind == TOKEN_WORD;
}

/* Behind the name of a side that nothing but the text stands behind, an arrow says where it comes from. */
static enum direction read_from(const struct token *tokens, size_t count, size_t place)
{
    const bool is_last =
        place + 1 == count || (place + 2 == count && tokens[place + 1].kind == TOKEN_BLANK);
    return is_last && place >= 2 && tokens[place].kind == TOKEN_FROM_HOST &&
                   tokens[place - 1].kind == TOKEN_BLANK && tokens[place - 2].kind == TOKEN_WORD
               ? read_side(tokens[place - 2].begin, tokens[place - 2].end)
               : DIRECTION_NONE;
}

/* ESP-IDF's time: a number in brackets behind a level. */
static bool is_uptime(const struct token *tokens, size_t count)
{
    return count > 4 && tokens[0].kind == TOKEN_LEVEL && tokens[1].kind == TOKEN_BLANK &&
           *tokens[2].begin == '(' && tokens[3].kind == TOKEN_NUMBER && *tokens[4].begin == ')';
}

void said_read(struct said *said, const struct token *tokens, size_t count)
{
    memset(said, 0, sizeof *said);
    if (is_uptime(tokens, count)) {
        said->moment = MOMENT_UPTIME;
        said->time = (struct bytes){tokens[2].begin, (size_t)(tokens[3].end - tokens[2].begin)};
        said->time_token = 3;
    }
    for (size_t i = 0; i < count; i++) {
        const struct token *const token = &tokens[i];
        const bool apart =
            i == 0 || tokens[i - 1].kind != TOKEN_WORD || tokens[i - 1].end != token->begin;
        const enum direction in_word = said_by_word(token);
        const enum direction from = read_from(tokens, count, i);
        const enum direction direction =
            in_word != DIRECTION_NONE ? in_word
            : from != DIRECTION_NONE  ? from
                                      : read_mark(token, apart && !is_between(tokens, count, i));
        if (said->direction == DIRECTION_NONE) {
            said->direction = direction;
            said->in_words = in_word != DIRECTION_NONE;
        }
        if (token->kind == TOKEN_TIME && token->moment > said->moment) {
            said->moment = token->moment;
            said->time = token->time;
            said->time_token = i;
        }
    }
}
