/* SPDX-License-Identifier: MIT
 *
 * The command line. */
#ifndef SBFOTA_CLI_OPTIONS_H
#define SBFOTA_CLI_OPTIONS_H

#include <stdbool.h>

#include "cli/command_line.h"
#include "cli/watch/options.h"
#include "cli/writing/output.h"
#include "log/prefix/capture.h"

enum output_format {
    OUTPUT_AUTOMATIC =
        0, /* by the output file's ending; else text on a terminal, JSON Lines elsewhere */
    OUTPUT_TEXT,
    OUTPUT_JSONL,
    OUTPUT_CSV,
    OUTPUT_ARROW, /* an IPC stream */
    OUTPUT_PARQUET
};

enum colour_choice {
    COLOUR_AUTOMATIC = 0, /* on a terminal, unless NO_COLOR is set */
    COLOUR_ALWAYS,
    COLOUR_NEVER
};

/* Which attempts sessions shows, and how. */
struct session_filter {
    unsigned outcomes; /* bits 1 << enum sbfota_outcome; 0 for all */
    int64_t since;     /* milliseconds since 1970, or INT64_MIN */
    int64_t until;     /* likewise, or INT64_MAX */
    bool worst_first;
};

/* Which modems modems shows. */
struct modem_filter {
    unsigned phases;   /* bits 1 << enum sbfota_phase, and */
    unsigned outcomes; /* 1 << enum sbfota_outcome: one of both; 0 and 0 for all */
    unsigned powers;   /* bits 1 << enum sbfota_power; 0 for all */
    int64_t silent;    /* milliseconds at least */
    bool not_updated;
};

struct options {
    enum command command;
    enum output_format format;
    enum colour_choice colour;
    const char *output; /* NULL for standard output */
    struct capture_options capture;
    struct session_filter sessions;
    struct modem_filter modems;
    int64_t now;  /* milliseconds since 1970, or INT64_MIN: not told */
    bool ago;     /* in text, times as how long ago */
    unsigned top; /* modems that stats lists */
    bool fleet;   /* stats also follows the sessions */
    bool quiet;
    bool no_progress;
    bool raw;
    bool strict;
    struct watch_options watch; /* of watch alone */
    char **arguments;           /* files, or what to explain */
    int argument_count;
};

/* Read the command line. True to go on; false to end with *status: --help and --version have been answered, or what was
 * wrong has been said. */
bool options_read(struct options *options, int argc, char **argv, int *status);

/* Is text to be coloured? */
bool options_colour(const struct options *options, const struct output *output);

/* The command line of watch: before its options, which are argv behind argv[0]; those of its own; what goes together. */
void watch_options_begin(struct options *options, int argc, char **argv);
bool watch_take_option(struct options *options, int option, const char *value, bool *ended);
bool watch_options_check(const struct options *options);

#endif
