/* SPDX-License-Identifier: MIT
 *
 * What stands before the texts of a log mostly looks the same line after line: a time with the same number of digits, a name,
 * a mark. A shape is learned from one line that the grammar has taken apart; a line that has it need not be: the grammar
 * would find the same places, since it treats all digits alike, and all letters of a name. */
#ifndef SBFOTA_CAPTURE_SHAPE_H
#define SBFOTA_CAPTURE_SHAPE_H

#include "line.h"

enum {
    SHAPE_WORDS = 8,
    SHAPE_READS = 160 /* bytes behind a line's begin that shape_match may read */
};

/* Start with all zero. */
struct shape {
    bool known;
    bool has_modem;
    uint8_t head; /* bytes before the modem's name, or before the text if there is none */
    uint8_t tail; /* bytes between the name and the text */
    uint8_t time; /* where the time stands */
    uint8_t time_length;
    uint8_t direction;
    uint64_t bytes[SHAPE_WORDS];  /* of the head, digits as '0' */
    uint64_t digits[SHAPE_WORDS]; /* 0xff where one stands */
    uint64_t cares[SHAPE_WORDS];  /* 0xff in the head, 0 behind it */
    uint64_t tail_bytes;
    uint64_t tail_cares;
};

/* Learn from a line that begins at `begin`. */
void shape_learn(struct shape *shape, const char *begin, const struct line *line);

/* Has the line at `begin`, of which SHAPE_READS bytes may be read, this shape? Then where its text begins, with the modem's
 * name; else NULL. The text must not begin with a blank, a control byte or a quote: the caller knows. */
const char *shape_match(const struct shape *shape, const char *begin, struct bytes *modem);

#endif
