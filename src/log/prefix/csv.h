/* SPDX-License-Identifier: MIT
 *
 * Captures in CSV: fields between commas, semicolons or TABs, in quotes or not. */
#ifndef SBFOTA_LOG_CSV_H
#define SBFOTA_LOG_CSV_H

#include "log/prefix/byte_rows.h"
#include "log/prefix/fields.h"

/* What the columns of a log are, counted from 1; 0 if there is none. */
struct csv_columns {
    char delimiter; /* NUL if the log is no CSV */
    uint8_t count;
    uint8_t text;
    uint8_t time;
    uint8_t modem;
    uint8_t direction;
    bool has_heading;
    bool goes_on;         /* texts go over several lines */
    bool dated;           /* the column before the time is its date */
    bool parted;          /* a row has one byte of the wire, as logic analysers write them */
    enum byte_rows bytes; /* the same, at its end, and there are no columns */
};

/* Find out what the columns are: by their names in a heading, the first line of the sample; or by what stands in them. The last byte of
 * `sample` must be a line feed. `holds`: may a message stand in one of its lines? */
void csv_look(const struct field_names *names, struct bytes sample, bool holds,
              struct csv_columns *columns);

/* Take a line apart. The last column is all that is left, whatever delimiters it has, unless it is in quotes. */
void csv_line_read(const struct csv_columns *columns, const char *begin, const char *end,
                   struct line *line);

#endif
