/* SPDX-License-Identifier: MIT
 *
 * The commands: each takes the options and returns the exit status. */
#ifndef SBFOTA_CLI_COMMANDS_H
#define SBFOTA_CLI_COMMANDS_H

#include "cli/options.h"

int decode_run(const struct options *options);
int sessions_run(const struct options *options);
int stats_run(const struct options *options);
int modems_run(const struct options *options);
int report_run(const struct options *options);
int encode_run(const struct options *options);
int explain_run(const struct options *options);
int watch_run(const struct options *options);

/* This one reads its options itself: the command line from its name on. */
int simulate_run(int argc, char **argv);

#endif
