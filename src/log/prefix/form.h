/* SPDX-License-Identifier: MIT
 *
 * The forms that log files have, and how a line of one is read. */
#ifndef SBFOTA_LOG_FORM_H
#define SBFOTA_LOG_FORM_H

#include "log/prefix/csv.h"
#include "log/prefix/found_names.h"
#include "log/prefix/header.h"
#include "log/prefix/wire.h"
#include "log/text/time.h"

struct learned;

/* What ends a line of the wire. */
enum framing {
    FRAMING_LINES, /* the end of the log's line */
    FRAMING_ESCAPES, /* line ends in the text; a line of the log may hold several lines of the wire, or a part of one */
    FRAMING_EITHER, /* one or the other, as the first lines of the file show */
    FRAMING_CHUNKS  /* the same; lines without a prefix go on with what the last prefix said */
};

/* A form that a log file has. */
struct capture_form {
    const char *name;
    const char *example; /* one line of it */
    const char *summary;
    enum form form;
    enum escapes escapes;
    enum framing framing;
    bool may_be_learned; /* its lines are a prefix and a text, whose shapes are learned */
    bool has_fields;     /* its texts stand in fields that have names */
};

/* The forms of grammar/forms.def, ended by one without a name. The first is raw. */
extern const struct capture_form capture_forms[];

const struct capture_form *capture_form_find(const char *name);

/* How one file is read. */
struct reading {
    const struct capture_form *form;
    const struct field_names *names;
    int modem_token; /* which token before a text names the modem: CAPTURE_TOKEN_LEARNED, or 0 for none */
    const struct learned *learned; /* the shapes of its lines, or of texts in its fields; or NULL */
    struct csv_columns columns;    /* of CSV */
    struct field_names_found found; /* of the fields of JSON Lines and logfmt */
    bool binary; /* it looks like no log at all: what is too long for a message is nothing */
    bool others; /* learned with prefixes of the log known that are not of the sample */
    struct header header; /* lines that say the time and direction of those below */
    bool torn;            /* what a line is depends on those before, which it may go on with */
    bool soft;            /* its lines may end in soft breaks, as those of mail do: torn */
    bool returns; /* its lines end in carriage returns alone, which are read as line feeds */
    bool deltas;  /* its times count from the line before, as minicom and tio can write them */
    enum day_order order; /* of its dates, as they tell it */
    unsigned matched;     /* of the first lines: how many the form took for its own */
    unsigned looked;      /* and how many there were */
    unsigned glued;       /* messages of the sample that stand behind text that is not believed */
    char example[96];     /* the first of these lines, as much as there is room for */
};

/* How the text of a line is escaped. */
enum escapes reading_escapes(const struct reading *reading, const struct line *line);

/* Does a text behind the prefix of such a line run on to the line's end, whatever it is? To learned_trim's, if line->learned. */
bool reading_runs_on(const struct reading *reading, const struct line *line);

/* Is a message of a kind that names nobody, so that any program may say it: RDY and OK? */
bool reading_is_word(unsigned kind);

/* Does the form know a line of which nothing was learned, so that words behind its prefix may be another program's? A message there says
 * that they are the modem's. */
bool reading_is_strange(const struct reading *reading, const struct line *line, const char *begin,
                        const char *end);

/* Take a line of the file apart. `end` points at its line feed. */
void reading_line(const struct reading *reading, const char *begin, const char *end,
                  struct line *line);

#endif
