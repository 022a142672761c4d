/* SPDX-License-Identifier: MIT
 *
 * Which commands there are, and which options each knows: grammar/options.def. What the values mean is said where they are read. */
#ifndef SBFOTA_CLI_COMMAND_LINE_H
#define SBFOTA_CLI_COMMAND_LINE_H

#include <stdbool.h>

#include "option_ids.inc"

/* What command_line_next returns else than an option. */
enum {
    COMMAND_LINE_END = -1,
    COMMAND_LINE_REFUSED = -2, /* that has been told */
    COMMAND_LINE_ANSWERED = -3 /* --help or --version */
};

/* The name of a command. */
const char *command_name(enum command command);

/* The command of that name; COMMAND_NONE, with an error line, if there is none. */
enum command command_find(const char *name);

/* Print the help of a command, or of all. */
void help_print(enum command command);

/* The next option of a command, whose name is argv[0], by getopt_long: its number, with the value in optarg. */
int command_line_next(enum command command, int argc, char **argv);

/* The option's name, with two dashes before it. */
const char *option_shown(int option);

/* Which of the words that the command has for the option the value is, from 0; -1, with an error line, if it is none. */
int option_choose(enum command command, int option, const char *value);

#endif
