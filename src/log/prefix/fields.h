/* SPDX-License-Identifier: MIT
 *
 * What the fields of structured logs are called, and what stands in them: JSON, logfmt, CSV. */
#ifndef SBFOTA_LOG_FIELDS_H
#define SBFOTA_LOG_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "log/prefix/line.h"

/* What a field may be for a log reader. */
enum field_role {
    FIELD_NONE = 0,
    FIELD_TEXT,
    FIELD_INNER, /* the text, where that is an object */
    FIELD_TIME,
    FIELD_MODEM,
    FIELD_SOURCE, /* the modem, if it differs from record to record */
    FIELD_DIRECTION,
    FIELD_ABOUT /* what is said about the text */
};

/* A name of fields.def. The lower its rank, the better. */
struct field_name {
    enum field_role role;
    uint8_t rank;
};

/* The names of the fields as the user gave them, or as the log has shown them; NULL for those that are usual. A name may be a
 * path: a.b.c. */
struct field_names {
    const char *text;
    const char *time;
    const char *modem;
    bool sources; /* FIELD_SOURCE names the modem */
    bool shown;   /* `text` is what the log has shown */
};

/* A name of a byte or more, in any case. */
struct field_name field_find(struct bytes name);

/* The names of a role, in the order of their preference: from *next on, 0 at first. NULL behind the last. */
const char *field_next_name(enum field_role role, size_t *next);

/* The direction that a word says, in any case. */
enum direction field_direction(struct bytes word);

/* How the bytes of a field are written: in hexadecimal digits, in base64, or as `usual`. A byte that is no letter of these must follow. */
enum escapes field_escapes(struct bytes text, enum escapes usual);

/* The first time in what stands before a record; no data if there is none. */
struct bytes field_time(const char *begin, const char *end);

/* Does a value hold a message or a command of SBFOTA, its quotes spelled in any way? A line feed must follow sooner or later. */
bool field_holds_message(struct bytes value);

/* The next word of a line of logfmt: true if it is a name and a value. *next goes behind it. */
bool field_read_pair(const char **next, struct bytes *name, struct bytes *value);

/* Is all of a value a time? */
bool field_is_time(struct bytes value);

/* The best values for the fields of one record so far. Start with all zero. */
struct field_choice {
    struct field_value {
        uint32_t rank;
        struct bytes value;
    } text, time, modem, direction;
    enum escapes escapes; /* of the text */
    bool about;           /* something is said about it */
};

static inline void field_choose(struct field_value *best, uint32_t rank, struct bytes value)
{
    if (best->value.data == NULL || rank < best->rank)
        *best = (struct field_value){rank, value};
}

/* The record that has been found; false if it has no text, or is one of a list of messages. */
bool field_line(const struct field_choice *choice, struct line *line);

#endif
