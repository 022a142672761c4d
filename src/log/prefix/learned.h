/* SPDX-License-Identifier: MIT
 *
 * What stands before and behind the texts of a log, learned from its anchors (anchor.h): the shapes that lines of the modem have,
 * so that lines which name nobody, RDY and OK, are known too. */
#ifndef SBFOTA_LOG_LEARNED_H
#define SBFOTA_LOG_LEARNED_H

#include "log/prefix/line.h"
#include "log/prefix/token.h"

enum {
    SUFFIX_MAX = 24,
    SUFFIXES_MAX = 4,
    LEARNED_SHAPES_MAX = 32,
    LEARNED_TEXTS = 8192
};

/* What a token of a line must be. */
enum element_kind {
    ELEMENT_SAME = 0, /* the same kind, and the same bytes where the kind has words */
    ELEMENT_ANY,  /* any word or number: it varies, and names nobody; any side where there is one */
    ELEMENT_MODEM /* likewise, and it names the modem */
};

struct element {
    uint8_t kind;   /* enum element_kind */
    uint8_t token;  /* enum token_kind */
    uint8_t moment; /* of a time */
    uint8_t length; /* of its bytes */
    uint16_t text;  /* where in `texts` they stand */
};

/* The lines of one program, or of one direction of it. */
struct line_shape {
    struct element prefix[TOKENS_MAX];
    struct element suffixes[SUFFIXES_MAX][SUFFIX_MAX];
    uint8_t suffix_lengths[SUFFIXES_MAX];
    uint8_t suffix_count;
    uint16_t suffix_anchors[SUFFIXES_MAX]; /* how many of the anchors have each */
    uint8_t length;                        /* of the prefix */
    uint8_t gap;                           /* blanks at its end */
    uint8_t time; /* which of its elements is the time, counted from 1; 0 if none is */
    uint8_t direction;
    bool judged;       /* there is a mark that direction was learned from */
    bool percent;      /* texts are spelled as in addresses of the web */
    bool lossy;        /* blanks stand where commas were */
    bool repeats;      /* it repeats what other lines have said */
    uint16_t sides;    /* anchors with a side behind them, dir=rx, that is theirs */
    uint16_t no_sides; /* and that is not */
    unsigned anchors;
    unsigned number; /* in the order of coming */
};

struct learned {
    struct line_shape shapes[LEARNED_SHAPES_MAX]; /* the longest prefix first */
    unsigned count;
    unsigned longest; /* prefix */
    bool doubled;     /* quotes in texts are written twice */
    bool useful;      /* something stands before or behind a text */
    char texts[LEARNED_TEXTS];
    size_t texts_used;
};

/* Take a line apart that has one of the shapes; false if it has none, and nothing is said. `end` points at its line feed. Where
 * messages are torn over records, the blanks that a text begins with are the message's. */
bool learned_line_read(const struct learned *learned, bool torn, const char *begin, const char *end,
                       struct line *line);

/* A sign behind a record that parts it from the next one; the last of all has none, or another. */
bool learned_parts_records(const struct token *token);

/* Where a text ends: what is behind that is no part of it, zeros and the like. Blanks and carriage returns are the grammar's. */
const char *learned_trim(const char *text, const char *end);

/* Has a line one of the shapes but for its host, the word behind a time? */
bool learned_is_near(const struct learned *learned, const char *begin, const char *end);

/* May what stands in a line be a name, or is it a level, or a part of its time? */
bool learned_is_name(struct bytes name, const char *begin, const char *end);

/* Do tokens of a kind differ in what they say? All times, numbers, levels, blanks and marks of a side are alike. */
bool learned_has_words(enum token_kind kind);

/* Is a token what an element says? */
bool learned_is(const struct learned *learned, const struct element *element,
                const struct token *token);

/* Does a token begin as the last element of a prefix is, which ends in a sign that is no letter of ASCII? Then the text begins in it. */
bool learned_runs_on(const struct learned *learned, const struct element *element,
                     const struct token *token);

#endif
