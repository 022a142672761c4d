/* SPDX-License-Identifier: MIT
 *
 * One line of a log file, taken apart by the form of the file: prefix.h, dump.h. */
#ifndef SBFOTA_LOG_LINE_READ_H
#define SBFOTA_LOG_LINE_READ_H

#include "log/prefix/prefix.h"

/* Take a line apart. `end` points at its line feed, which must be readable. */
void line_read(enum form form, const char *begin, const char *end, struct line *line);

/* The same of a line that is taken apart by several forms, one after another. */
void line_read_head(enum form form, struct line_head *head, struct line *line);

#endif
