/* SPDX-License-Identifier: MIT
 *
 * Logs whose records are several lines: a header with the time, and perhaps the direction, and the text in the lines below. What a header
 * looks like is learned from the lines before messages. */
#ifndef SBFOTA_LOG_HEADER_H
#define SBFOTA_LOG_HEADER_H

#include "log/prefix/line.h"

enum {
    HEADER_TOKENS = 16,
    HEADER_WORD = 31,
    HEADER_TAILS = 4
};

/* The headers of a log. Start with all zero. */
struct header {
    bool known;
    bool has_source; /* its first word is that of its texts too, and varies */
    uint8_t length;  /* tokens up to the time, or up to the direction */
    struct header_token {
        uint8_t kind; /* enum token_kind */
        uint8_t length;
        char text[HEADER_WORD]; /* of words and signs */
    } tokens[HEADER_TOKENS];
    /* What may follow: what kinds of tokens. */
    uint8_t tails[HEADER_TAILS][HEADER_TOKENS];
    uint8_t tail_lengths[HEADER_TAILS];
    uint8_t tail_count;
};

/* Learn from lines, of which the last ends in a line feed too. False if messages have no header. */
bool header_learn(struct header *header, struct bytes sample);

/* Take a line apart if it is a header; `end` points at its line feed. Its time, its direction and its source as the modem. */
bool header_read(const struct header *header, const char *begin, const char *end,
                 struct line *line);

/* Behind the length in eight bytes that the journal's export format has before what is no plain text; `begin` if there is none. */
const char *header_skip_length(const char *begin, const char *end);

/* The word that a line begins with, which names its source; no data if it begins with none. */
struct bytes header_source(const char *begin, const char *end);

#endif
