/* SPDX-License-Identifier: MIT
 *
 * How text for people looks: its columns, its colours, and how its times are told. */
#ifndef SBFOTA_CLI_LOOK_H
#define SBFOTA_CLI_LOOK_H

#include "cli/options.h"
#include "cli/writing/terminal.h"
#include "cli/writing/writer.h"

struct look {
    unsigned width; /* columns that there are; WIDTH_UNLIMITED if nothing is to be cut */
    bool colour;
    bool ago;          /* times as how long ago */
    int64_t now;       /* with that: what they are before, in milliseconds since 1970 */
    int64_t now_local; /* the same for times of a log that tells no zone */
};

enum {
    DATE_WIDTH = 24, /* columns of a time as it was captured */
    AGO_WIDTH = 11,  /* of one as how long ago */
    AGO_SIZE = 32
};

/* As the command line and what is written to have it. */
struct look look_make(const struct options *options, const struct output *output);

/* Columns of a time. */
unsigned look_time_width(const struct look *look);

/* A time as it was captured, shown by time_show: itself, or how long ago, which stands in `buffer`, if that is asked for and the
 * time has a date. */
struct bytes look_time(const struct look *look, struct bytes shown, char buffer[AGO_SIZE]);

/* The colour of an outcome; "" for none. */
const char *look_outcome(unsigned outcome);

/* Begin and end what has a colour, if there are colours and this is one. */
void look_colour(const struct look *look, struct writer *writer, const char *colour);
void look_plain(const struct look *look, struct writer *writer, const char *colour);

/* A word in a colour, "" for none, as text_put_cell puts it. */
void look_put_cell(const struct look *look, struct writer *writer, const char *colour,
                   const char *word, size_t width);

/* A duration for people: 14 d, 3 h, 20 min, 5 s. */
size_t look_duration(int64_t milliseconds, char buffer[AGO_SIZE]);

#endif
