/* SPDX-License-Identifier: MIT
 *
 * What a log itself shows of the names of its fields: JSON Lines, logfmt and CSV. */
#ifndef SBFOTA_LOG_FOUND_NAMES_H
#define SBFOTA_LOG_FOUND_NAMES_H

#include "log/prefix/fields.h"

struct field_names_found {
    char text
        [64]; /* the field whose texts hold messages, if that is not the usual one; else empty */
    bool sources; /* FIELD_SOURCE names the modem */
};

/* Takes a line apart by the names of its fields. */
typedef void field_line_reader(const struct field_names *names, const char *begin, const char *end,
                               struct line *line);

/* The path of the first field of a line whose text holds a message, with its length; 0 if there is none, or it is longer than `room`. */
typedef size_t field_text_finder(const char *begin, const char *end, char *path, size_t room);

/* Find the names out from the first lines of a log. The last byte of `sample` must be a line feed. */
void found_names_look(struct field_names_found *found, const struct field_names *names,
                      field_line_reader *read, field_text_finder *find, struct bytes sample);

/* The names to read by: what the user has named comes first. */
static inline struct field_names found_names(const struct field_names_found *found,
                                             const struct field_names *names)
{
    const bool shown = names->text == NULL && found->text[0] != '\0';
    return (struct field_names){shown ? found->text : names->text, names->time, names->modem,
                                found->sources, shown};
}

#endif
