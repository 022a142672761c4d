/* SPDX-License-Identifier: MIT
 *
 * The command simulate, which reads its options itself. */
#ifndef SBFOTA_CLI_SIMULATE_H
#define SBFOTA_CLI_SIMULATE_H

/* Of the command line, from the command's name on. Returns the exit status. */
int simulate_run(int argc, char **argv);

#endif
