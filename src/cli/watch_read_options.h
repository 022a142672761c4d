/* SPDX-License-Identifier: MIT
 *
 * The command line of watch. */
#ifndef SBFOTA_CLI_WATCH_READ_OPTIONS_H
#define SBFOTA_CLI_WATCH_READ_OPTIONS_H

#include "options.h"

/* Read it; argv[0] is no option. True to go on; false to end with *status, and what was wrong has been told. */
bool watch_options_read(struct options *options, int argc, char **argv, int *status);

#endif
