/* SPDX-License-Identifier: MIT
 *
 * The files of a command line. */
#ifndef SBFOTA_CLI_FILES_H
#define SBFOTA_CLI_FILES_H

#include <stdbool.h>

/* Open a file to read, or standard input if it is "-" (then *name becomes NULL). -1, with an error line, if it cannot be
 * read, is a folder, or is what `output` (NULL for standard output) is written to. */
int file_open(const char **name, const char *output);

/* How a file is called in an error line; NULL is standard input. */
const char *file_shown(const char *name);

#endif
