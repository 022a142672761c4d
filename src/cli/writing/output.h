/* SPDX-License-Identifier: MIT
 *
 * Standard output, or a file that appears only when it is whole. */
#ifndef SBFOTA_CLI_OUTPUT_H
#define SBFOTA_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Open one with output_open; its fields are private, but for may_cut and binary, which may be set, and failed and cut. */
struct output {
    int fd;
    bool terminal;
    bool failed; /* a write went wrong and was reported: all further output is dropped */
    bool
        may_cut; /* by whom: when a signal comes, what is being written may end with the line at hand */
    bool cut;         /* that was done */
    bool binary;      /* by whom: what is written has no lines */
    const char *name; /* NULL for standard output */
    char *temporary;  /* what is renamed at the end; NULL if written in place */
    char *target;     /* to this: what `name` links to; NULL if there is no such file yet */
};

/* Write to the file `name`, or to standard output if it is NULL. A regular file is written under a temporary name beside
 * it, which is not put in its place if the program is interrupted. False, with an error line, if that cannot be. */
bool output_open(struct output *output, const char *name);

void output_write(struct output *output, const char *bytes, size_t length);

/* Close and rename. False, with an error line, if anything went wrong now or before. With `keep` false a temporary file is
 * removed instead. */
bool output_close(struct output *output, bool keep);

#endif
