/* SPDX-License-Identifier: MIT
 *
 * Lines that end in one byte of the wire each, in two digits, in decimal or as a character, as decoders of logic analysers print them. */
#ifndef SBFOTA_LOG_BYTE_ROWS_H
#define SBFOTA_LOG_BYTE_ROWS_H

#include "log/prefix/line.h"

enum byte_rows {
    BYTE_ROWS_NONE = 0,
    BYTE_ROWS_DIGITS,     /* 2B, 0x2b, 0x2b '+' */
    BYTE_ROWS_CHARACTERS, /* '+', + */
    BYTE_ROWS_NUMBERS     /* 43 */
};

/* Which of them has a sample, of bytes that are text? Other lines may stand between. Its last byte must be a line feed. */
enum byte_rows byte_rows_look(struct bytes sample);

/* Take a line apart. `line` is all zero but for its text. */
void byte_row_read(enum byte_rows kind, const char *begin, struct line *line);

#endif
