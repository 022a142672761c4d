/* SPDX-License-Identifier: MIT
 *
 * Captures whose records are objects of JSON over several lines, or many on one: what the tools of clouds export, and what people have made
 * readable. A record is an object, or an array of a time and a text, that stands in an array or alone. */
#ifndef SBFOTA_LOG_JSON_STREAM_H
#define SBFOTA_LOG_JSON_STREAM_H

#include "log/scan/finder.h"

struct json_stream;

/* A line of the log that is being read. */
struct json_line {
    struct finder *finder;
    const struct block *block;
    const char *begin;
    const char *end;  /* its line feed */
    const char *next; /* what has not been read; `begin` at first */
    uint64_t number;
};

/* A text, and where it stands. */
struct json_record {
    struct line line;   /* valid until the next call */
    const char *origin; /* what the text stands in */
    uint64_t offset;    /* of `origin` in the file */
    uint64_t number;    /* of the line that it begins on */
    bool wide;          /* the file is UTF-16 */
};

/* NULL without memory. */
struct json_stream *json_stream_new(void);
void json_stream_free(struct json_stream *stream);

/* Does a line stand outside of all objects, and begin none? */
bool json_stream_is_outside(const struct json_stream *stream, const char *begin, const char *end);

/* The next record that ends on a line; false if there is none. */
bool json_stream_next(struct json_stream *stream, const struct field_names *names,
                      struct json_line *line, struct json_record *record);

/* What the log's last record has, if it has been cut off; false if there is none. */
bool json_stream_end(struct json_stream *stream, const struct field_names *names,
                     struct json_record *record);

#endif
