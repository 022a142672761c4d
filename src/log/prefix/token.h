/* SPDX-License-Identifier: MIT
 *
 * What stands before and behind the text of a line, in tokens: grammar/tokens.re. */
#ifndef SBFOTA_LOG_TOKEN_H
#define SBFOTA_LOG_TOKEN_H

#include "log/text/moment.h"

enum token_kind {
    TOKEN_NONE = 0, /* the line end */
    TOKEN_TIME,
    TOKEN_NUMBER,
    TOKEN_LEVEL,       /* how much a line matters: debug, W */
    TOKEN_WORD,        /* a name of anything */
    TOKEN_FROM_MODULE, /* a mark: <, RX, RECV */
    TOKEN_FROM_HOST,   /* >, TX, SEND */
    TOKEN_SIGN,        /* a quote, or any other single byte */
    TOKEN_BLANK,
    TOKEN_END,  /* a line end of the wire, escaped */
    TOKEN_PAINT /* colours and control bytes, which count for nothing */
};

struct token {
    enum token_kind kind;
    enum moment_kind moment; /* of a time: how much it tells */
    const char *begin;
    const char *end;
    struct bytes time; /* of a time, without the weekday */
};

enum {
    TOKENS_MAX = 48
};

/* Is it a mark that says whose text it is? */
static inline bool token_is_side(unsigned kind)
{
    return kind == TOKEN_FROM_MODULE || kind == TOKEN_FROM_HOST;
}

static inline struct bytes token_bytes(const struct token *token)
{
    return (struct bytes){token->begin, (size_t)(token->end - token->begin)};
}

/* What a word with no letter behind it says: how much a line matters, whose text it is, or nothing that is known. */
enum token_kind token_of_word(const char *begin, const char *end);

/* The tokens from `begin` up to `limit`, `most` of them at most: their number. `end` is the line feed behind them. Paint is left out,
 * and so are the blanks that set a number or a time to the right behind a sign. */
size_t tokens_read(const char *begin, const char *limit, const char *end, struct token *tokens,
                   size_t most);

/* Does a word end in a character of another script, which letters may follow at once? In Shift-JIS and GBK the last of its two bytes may
 * look like a letter. */
bool token_ends_foreign(const char *begin, const char *end);

/* Is a word the name of a logger, with its level or of several parts: modem.DEBUG, D/at.clnt and modem::at? */
bool token_is_of_logger(struct bytes word);

/* Go past paint, and past blanks too if asked. */
const char *tokens_skip(const char *begin, const char *end, bool blanks);

/* The same for the line ends that are escaped, and blanks. */
const char *tokens_skip_ends(const char *begin, const char *end);

#endif
