/* SPDX-License-Identifier: MIT
 *
 * Lines that end in one byte of the wire each, in two digits, as decoders of logic analysers print them. */
#ifndef SBFOTA_LOG_BYTE_ROWS_H
#define SBFOTA_LOG_BYTE_ROWS_H

#include "log/prefix/line.h"

/* Has a sample such lines, whose bytes are text? Other lines may stand between. Its last byte must be a line feed. */
bool byte_rows_look(struct bytes sample);

/* Take a line apart. `line` is all zero but for its text. */
void byte_row_read(const char *begin, struct line *line);

#endif
