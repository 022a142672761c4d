/* SPDX-License-Identifier: MIT
 *
 * The files that are read, and how they make logs. */
#ifndef SBFOTA_LOG_LOG_FILE_H
#define SBFOTA_LOG_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One file. They stand in an array in the order in which they are read. */
struct log_file {
    char *name;
    const char *skipped; /* why it is not read, or NULL */
    char *log;           /* how the log is called that it is a part of; NULL if it is all of it */
    bool goes_on;        /* with the log of the file before it */
    /* Of one in an archive: its number there, and where in the log's name that without the archive's begins. */
    size_t number;
    size_t own;
    /* Where it begins in the log: bytes and lines before it. */
    uint64_t offset;
    uint64_t lines;
};

#endif
