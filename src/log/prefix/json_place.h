/* SPDX-License-Identifier: MIT
 *
 * Where in JSON a reader is, and what the value there is for. */
#ifndef SBFOTA_LOG_JSON_PLACE_H
#define SBFOTA_LOG_JSON_PLACE_H

#include "log/prefix/fields.h"

enum {
    JSON_DEPTH_MAX = 16 /* objects that lie deeper are not looked at */
};

struct json_place {
    unsigned depth;  /* in objects */
    unsigned record; /* depth of the object that is a record: its own names may name the modem */
    struct bytes
        path[JSON_DEPTH_MAX + 1]; /* the name of the value at hand in each; empty if it has none */
};

/* What the value at hand is for. What the user has named counts before what is usual. */
struct field_name json_find_role(const struct json_place *place, const struct field_names *names);

/* Where an object names the modem: which of its members does, the lower its rank the better; FIELD_NONE for one that does not. */
struct field_name json_find_inner_name(struct bytes name);

/* An array of small numbers, of which `inside` is what stands in its brackets, with these. */
struct bytes json_whole_array(struct bytes inside);

/* Where the text of a line is JSON itself, what that has takes its place: the text, and what else the outer JSON does not say. */
void json_read_inner(const struct field_names *names, struct line *line);

/* The brace of an object that stands behind something else; NULL if there is none. */
const char *json_find_brace(const char *begin, const char *end);

#endif
