/* SPDX-License-Identifier: MIT
 *
 * One line of a log file, taken apart. */
#ifndef SBFOTA_LOG_LINE_H
#define SBFOTA_LOG_LINE_H

#include <stdbool.h>

#include "log/prefix/wire.h"
#include "log/text/record.h"

enum form {
#define FORM(NAME, name, READER, ESCAPES, FRAMING, LEARNED, summary, example) FORM_##NAME,
#include "forms.def"
#undef FORM
    FORM_LOGGED, /* what stands before OFONO, CHAT, MODEMMANAGER and QUOTED */
    FORM_COUNT
};

/* How sure a form is that a line is one of its own; the first lines of a file are added up to choose a form. */
enum sureness {
    NOT_MINE = 0,
    POSSIBLE = 1,
    LIKELY = 2,
    SURE = 4,
    UNMISTAKABLE = 64 /* even if most lines of a system's log are not the modem's */
};

enum line_role {
    LINE_BARE = 0, /* no prefix: all of it is text */
    LINE_RECORD,   /* a prefix and a text */
    LINE_HEADER, /* speaks of the lines that follow; what stands before it is the end of the text before */
    LINE_NOISE /* the log's own words, no text */
};

enum {
    COUNT_SIZE = 19 /* of the times of ESP-IDF: digits, with the parenthesis before them */
};

struct line {
    struct bytes time; /* no data if there is none */
    struct bytes modem;
    struct bytes text; /* as the log has it, without the line end */
    enum line_role role;
    enum direction direction;
    enum sureness sureness;
    enum escapes escapes; /* of the text; ESCAPES_NONE: the form's */
    bool quoted;          /* the text ends at the last quote */
    bool learned;         /* of a shape that was learned: its escapes are the learned ones */
    struct bytes nobody;  /* a word or number of the prefix that names nobody */
    bool strange;         /* reading_is_strange, where it was asked */
    bool judged;          /* its mark, whatever it says, is what `direction` was learned from */
    bool lossy;           /* commas and empty fields may be gone */
    struct bytes
        address; /* of a row of a dump: where its bytes stand; no data if that is not told */
};

/* Does a line go on behind a soft break, as long lines of mail in quoted-printable do? */
static inline bool line_breaks_softly(const char *begin, const char *end)
{
    enum {
        SOFT_LEAST = 40,
        SOFT_MOST = 76
    };
    end -= end > begin && end[-1] == '\r';
    return end - begin >= SOFT_LEAST && end - begin <= SOFT_MOST && end[-1] == '=';
}

/* The time, the modem and the direction that a line within this one tells, where this one does not. */
static inline void line_add(struct line *line, const struct line *inner)
{
    if (line->time.data == NULL)
        line->time = inner->time;
    if (line->modem.data == NULL)
        line->modem = inner->modem;
    if (line->direction == DIRECTION_NONE)
        line->direction = inner->direction;
}

#endif
