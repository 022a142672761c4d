/* SPDX-License-Identifier: MIT
 *
 * Captures that are JSON Lines. */
#ifndef SBFOTA_LOG_JSON_H
#define SBFOTA_LOG_JSON_H

#include "log/prefix/fields.h"

/* Take a line apart: one object, with the text, the time, the modem's name and the direction in fields of its own; what stands before its brace
 * may have the time. Or one array: a time and a text, perhaps a direction between. What lies in objects within counts less than what does
 * not, and names no modem unless `names` does. The text stays escaped. */
void json_line_read(const struct field_names *names, const char *begin, const char *end,
                    struct line *line);

/* The time that stands on a line by itself: "time": "...". No data if there is none. */
struct bytes json_member_time(const struct field_names *names, const char *begin, const char *end);

/* The path of the first field whose text holds a message or a command, as field_names has it, with its length. 0 if there is none, or
 * it is longer than `room`. */
size_t json_find_text(const char *begin, const char *end, char *path, size_t room);

#endif
