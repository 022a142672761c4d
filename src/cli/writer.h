/* SPDX-License-Identifier: MIT
 *
 * Buffered output to standard output or to a file that appears only when it is whole. */
#ifndef SBFOTA_CLI_WRITER_H
#define SBFOTA_CLI_WRITER_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SBFOTA_WRITER_SIZE = 65536
};

/* Open one with writer_open; its fields are private. */
struct writer {
    int fd;
    bool terminal;
    bool failed;      /* a write went wrong and was reported: all further output is dropped */
    const char *name; /* NULL for standard output */
    char *temporary;  /* what is renamed to `name` at the end; NULL if written in place */
    size_t used;
    char buffer[SBFOTA_WRITER_SIZE];
};

/* Write to the file `name`, or to standard output if it is NULL. A regular file is written under a temporary name beside
 * it. False, with an error line, if that cannot be. */
bool writer_open(struct writer *writer, const char *name);

void writer_put(struct writer *writer, const void *bytes, size_t length);
void writer_byte(struct writer *writer, char byte);
void writer_string(struct writer *writer, const char *string);
void writer_number(struct writer *writer, long long number);

/* Bring what is buffered to where it goes. */
void writer_flush(struct writer *writer);

/* Flush, close, rename. False, with an error line, if anything went wrong now or before. With `keep` false a temporary
 * file is removed instead. */
bool writer_close(struct writer *writer, bool keep);

#endif
