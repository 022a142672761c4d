/* SPDX-License-Identifier: MIT
 *
 * The files of a command line. */
#ifndef SBFOTA_CLI_FILES_H
#define SBFOTA_CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* What file_open gives instead of a file descriptor. */
enum {
    FILE_NOT_OPEN = -1,
    FILE_IS_OUTPUT = -2 /* it is what is written to: there is nothing sensible to do */
};

/* Open a file to read, or standard input if it is "-" (then *name becomes NULL). FILE_NOT_OPEN, with an error line, if it
 * cannot be read or is a folder; FILE_IS_OUTPUT, with one too, if it is `output` (NULL for standard output). */
int file_open(const char **name, const char *output);

/* Are these two names of one file that holds what is written to it, or of one that is not there yet? NULL is none. */
bool file_is_same(const char *one, const char *other);

/* The lines of a file that is open. Start with the descriptor and all else zero; end with file_lines_free. */
struct file_lines {
    int fd;
    char *bytes;
    size_t next; /* of the line that is to come */
    size_t used;
    size_t capacity;
    bool ended;
};

/* The next line, with its line feed if it has one: its length, 0 at the end, also if a signal asks for it, -1 with errno. It stands
 * there until the next call. */
ptrdiff_t file_lines_next(struct file_lines *lines, const char **line);
void file_lines_free(struct file_lines *lines);

/* How a file is called in an error line; NULL is standard input. */
const char *file_shown(const char *name);

#endif
