/* SPDX-License-Identifier: MIT
 *
 * A row of the board: what does not fit is left out, and nothing but what is printable gets there. */
#ifndef SBFOTA_CLI_WATCH_ROW_H
#define SBFOTA_CLI_WATCH_ROW_H

#include <stdarg.h>

#include "log/record.h"
#include "writer.h"

struct row {
    struct writer *writer;
    size_t columns; /* that are left */
    bool colour;
};

#define ROW_PLAIN "\033[0m"
#define ROW_BOLD "\033[1m"
#define ROW_DIM "\033[2m"
#define ROW_RED "\033[31m"
#define ROW_GREEN "\033[32m"
#define ROW_YELLOW "\033[33m"

/* From here on in this colour. */
void row_colour(struct row *row, const char *colour);

/* A text of somebody else's: as much as fits. */
void row_text(struct row *row, struct bytes text);

/* The same of ours, of 256 bytes at most. */
__attribute__((format(printf, 2, 3))) void row_put(struct row *row, const char *format, ...);

/* Only if all of it fits. */
__attribute__((format(printf, 2, 3))) void row_put_whole(struct row *row, const char *format, ...);

/* The row ends; in plain colour. */
void row_end(struct row *row);

#endif
