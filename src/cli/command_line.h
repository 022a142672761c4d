/* SPDX-License-Identifier: MIT
 *
 * Which commands there are, and which options each knows: grammar/options.def. What the values mean is said where they are read. */
#ifndef SBFOTA_CLI_COMMAND_LINE_H
#define SBFOTA_CLI_COMMAND_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/suggest.h"
#include "option_ids.inc"

/* Exit statuses; where several hold, the highest of 2, 3, 1 in this order. */
enum {
    EXIT_DONE = 0,
    EXIT_NO_MESSAGE = 1, /* the input held no SBFOTA message at all */
    EXIT_TROUBLE = 2,    /* wrong usage, or a file could not be read or written */
    EXIT_MALFORMED = 3   /* with --strict: something was malformed */
};

/* The name of a command. */
const char *command_name(enum command command);

/* The command of that name; COMMAND_NONE, with an error line, if there is none. */
enum command command_find(const char *name);

/* Print the help of a command, or of all. */
void help_print(enum command command);

/* What an option does; its value stands in `value`. False, and that is told, if it cannot be; *ended, if it was a question that has
 * been answered. */
typedef bool take_option_fn(void *context, int option, const char *value, bool *ended);

/* Read the options of a command, whose name is argv[0], by getopt_long, up to optind. True to go on; false to end with *status: what
 * was asked has been answered, or what was wrong has been told. */
bool command_line_read(enum command command, int argc, char **argv, take_option_fn *take,
                       void *context, int *status);

/* Which of the words that the command has for the option the value is, from 0; -1, with an error line, if it is none. */
int option_choose(enum command command, int option, const char *value);

/* Readers of values; each is false, with an error line, for what it does not take. A whole number in a range, `of` something or ""; a
 * time such as 2026-01-31T23:59:00Z. */
bool option_number(int option, const char *value, const char *of, long least, long most,
                   long *number);
bool option_date(int option, const char *value, int64_t *milliseconds);

/* Tell that another value is needed: false. */
bool option_refuse(int option, const char *value, const char *needed);

/* The same of a word that is no name of what it should be "of"; all names have been tried. */
bool option_refuse_name(int option, const struct suggestion *word, const char *of);

#endif
