/* SPDX-License-Identifier: MIT
 *
 * Captures in logfmt: name=value or name="value" in any order. */
#ifndef SBFOTA_LOG_LOGFMT_H
#define SBFOTA_LOG_LOGFMT_H

#include "log/prefix/fields.h"

/* Take a line apart. A name says who the modem is only if `names` says so: it mostly is one of many labels. */
void logfmt_line_read(const struct field_names *names, const char *begin, const char *end,
                      struct line *line);

/* The name of the first field whose value holds a message or a command, with its length. 0 if there is none, or it is longer than
 * `room`. */
size_t logfmt_find_text(const char *begin, const char *end, char *path, size_t room);

#endif
