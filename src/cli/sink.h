/* SPDX-License-Identifier: MIT
 *
 * The output formats of decode. */
#ifndef SBFOTA_CLI_SINK_H
#define SBFOTA_CLI_SINK_H

#include "capture/record.h"
#include "writer.h"

/* How to write records. */
struct sink {
    struct writer *writer;
    bool raw;    /* the text of every record */
    bool colour; /* of text output */
    bool bare;   /* of text output: no line number */
};

/* JSON Lines: one object. */
void jsonl_put(struct sink *sink, const struct record *record);

/* CSV: the names of the columns; one row. */
void csv_begin(struct writer *writer);
void csv_put(struct sink *sink, const struct record *record);

/* Text for people: one line; the heading above the lines of a file. */
void text_put(struct sink *sink, const struct record *record);
void text_put_heading(struct writer *writer, const char *file, bool first);

/* The flags of a record: its event's, and SBFOTA_FLAG_BYTES if its text is not UTF-8. */
unsigned record_flags(const struct record *record);

/* The part of a record's text that its event points at: the unknown keyword, the text of +CME ERROR. */
struct bytes record_part(const struct record *record);

/* Is the text written out even without --raw? */
bool record_needs_raw(const struct record *record);

#endif
