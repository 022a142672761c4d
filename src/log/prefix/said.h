/* SPDX-License-Identifier: MIT
 *
 * What the words and marks of a line say that has no text, or of what stands before a text: its time, and whose text it is. */
#ifndef SBFOTA_LOG_SAID_H
#define SBFOTA_LOG_SAID_H

#include "log/prefix/token.h"

struct said {
    struct bytes time; /* that tells most; no data if there is none */
    enum moment_kind moment;
    size_t time_token; /* its place, if there is one */
    enum direction direction;
    bool in_words; /* the direction */
};

void said_read(struct said *said, const struct token *tokens, size_t count);

/* The direction that a word says: in capitals, or RX and TX. */
enum direction said_by_word(const struct token *token);

/* Is it the verdict of a test: PASSED? */
bool said_of_test(const struct token *token);

/* Is it a word of a sentence that speaks of a message which has not come: will, waiting? */
bool said_of_message(const struct token *token);

#endif
