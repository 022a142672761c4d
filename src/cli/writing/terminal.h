/* SPDX-License-Identifier: MIT
 *
 * How wide a text may be. */
#ifndef SBFOTA_CLI_TERMINAL_H
#define SBFOTA_CLI_TERMINAL_H

#include "cli/writing/output.h"

enum {
    WIDTH_UNLIMITED = 10000 /* of what is no terminal: nothing is cut */
};

/* Columns of what is written to: of a terminal as it says, else as COLUMNS says, else 80. */
unsigned terminal_width(const struct output *output);

#endif
