/* SPDX-License-Identifier: MIT
 *
 * How wide a text may be, and its colours. */
#ifndef SBFOTA_CLI_TERMINAL_H
#define SBFOTA_CLI_TERMINAL_H

#include "cli/writing/output.h"

#define COLOUR_PLAIN "\033[0m"
#define COLOUR_BOLD "\033[1m"
#define COLOUR_DIM "\033[2m"
#define COLOUR_RED "\033[31m"
#define COLOUR_GREEN "\033[32m"
#define COLOUR_YELLOW "\033[33m"
#define COLOUR_CYAN "\033[36m"

enum {
    WIDTH_UNLIMITED = 10000 /* of what is no terminal: nothing is cut */
};

/* Columns of what is written to: of a terminal as it says, else as COLUMNS says, else 80. */
unsigned terminal_width(const struct output *output);

#endif
