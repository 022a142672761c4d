/* SPDX-License-Identifier: MIT
 *
 * What stands before the texts of a log mostly looks the same line after line: a time with the same number of digits, a name,
 * a mark. A shape is learned from one line that the grammar has taken apart; a line that has it need not be: the grammar
 * would find the same places, since it treats all digits alike, and all letters of a name. */
#ifndef SBFOTA_LOG_SHAPE_H
#define SBFOTA_LOG_SHAPE_H

#include "log/prefix/line.h"

enum {
    SHAPE_SIZE = 96,   /* bytes before the text, at most */
    SHAPE_READS = 160, /* bytes behind a line's begin that shapes_match may read */
};

/* What bytes must be: each at least what stands in `least`, and at most as much over it as `span` says. */
struct shape_bytes {
    unsigned char least[SHAPE_SIZE];
    unsigned char span[SHAPE_SIZE];
    uint8_t length;
};

/* Start with all zero. */
struct shape {
    bool known;
    bool has_modem;
    bool runs_on; /* its text, to the line's end */
    bool learned; /* as in struct line, and what follows */
    bool judged;
    bool strange;
    enum escapes escapes;
    enum sureness sureness;
    uint8_t time; /* where the time stands */
    uint8_t time_length;
    uint8_t direction;
    uint8_t modem_length;      /* of the line that was learned */
    struct shape_bytes all;    /* before the text, with a name like the one that was learned */
    struct shape_bytes before; /* before the modem's name */
    struct shape_bytes behind; /* between the name and the text */
};

/* The shapes of the lines of a log: commands have another mark than answers. Start with all zero. */
struct shapes {
    struct shape list[4];
    uint8_t last;  /* that a line had */
    uint8_t next;  /* to learn */
    bool has_none; /* the line that was looked at last has none of them */
};

/* Learn from a line that begins at `begin` and that shapes_match has not known. Does any text behind its prefix run on to the line's
 * end? */
void shapes_learn(struct shapes *shapes, const char *begin, const struct line *line, bool runs_on);

/* The shape of the line at `begin`, of which SHAPE_READS bytes may be read, with its text and its modem's name; NULL if it has
 * none of them. The text must not begin with a blank, a control byte or a quote: the caller knows. */
const struct shape *shapes_match(struct shapes *shapes, const char *begin, struct bytes *modem,
                                 const char **text);

#endif
