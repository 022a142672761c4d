/* SPDX-License-Identifier: MIT
 *
 * Dumps: bytes of the wire as rows of digits, behind any prefix: hexdump, xxd, od, what firmware and terminals print. */
#ifndef SBFOTA_LOG_DUMP_H
#define SBFOTA_LOG_DUMP_H

#include "log/prefix/line.h"

/* Take a line apart. `end` points at its line feed. A row is a record, or bare if nothing but an address stands before it; its text
 * is its digits, and line->escapes says what they are. A line without digits that has a time or says a direction is a header. */
void dump_line_read(const char *begin, const char *end, struct line *line);

/* Where a row's address goes on, in the bases that it may be written in. Start with all zero. */
struct dump_place {
    uint64_t next[3]; /* hexadecimal, octal, decimal */
    bool known;
};

/* Does a row at `address` go on where the one before ended? A row without address does not. */
bool dump_goes_on(const struct dump_place *place, struct bytes address);

/* The place behind a row of so many bytes. */
void dump_move(struct dump_place *place, struct bytes address, size_t count);

#endif
