/* SPDX-License-Identifier: MIT
 *
 * The files of a command line. */
#ifndef SBFOTA_CLI_FILES_H
#define SBFOTA_CLI_FILES_H

#include <stdbool.h>

/* What file_open gives instead of a file descriptor. */
enum {
    FILE_NOT_OPEN = -1,
    FILE_IS_OUTPUT = -2 /* it is what is written to: there is nothing sensible to do */
};

/* Open a file to read, or standard input if it is "-" (then *name becomes NULL). FILE_NOT_OPEN, with an error line, if it
 * cannot be read or is a folder; FILE_IS_OUTPUT, with one too, if it is `output` (NULL for standard output). */
int file_open(const char **name, const char *output);

/* How a file is called in an error line; NULL is standard input. */
const char *file_shown(const char *name);

#endif
