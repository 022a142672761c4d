/* SPDX-License-Identifier: MIT
 *
 * The output formats of decode. */
#ifndef SBFOTA_CLI_SINK_H
#define SBFOTA_CLI_SINK_H

#include "capture/record.h"
#include "writer.h"

/* What the JSON objects of one file begin with. */
struct json_begin {
    bool known; /* set to false when `file` may be another one at the same address */
    const char *file;
    size_t length;
    char bytes[256];
};

/* What stands for an event: its name, and the name of its argument if that is a number. */
struct json_event {
    size_t length;
    char bytes[56];
};

/* How to write records. */
struct sink {
    struct writer *writer;
    bool raw;    /* the text of every record */
    bool colour; /* of text output */
    struct json_begin begin;
    struct json_event events[SBFOTA_KIND_COUNT];
    bool bare; /* of text output: no line number */
};

/* JSON Lines: once for each sink; one object. */
void jsonl_begin(struct sink *sink);
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
