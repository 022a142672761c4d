/* SPDX-License-Identifier: MIT
 *
 * Captures that are JSON Lines. */
#ifndef SBFOTA_CAPTURE_JSON_H
#define SBFOTA_CAPTURE_JSON_H

#include "form.h"

/* Take a line apart: one object, with the text, the time, the modem's name and the direction in fields of its own. The
 * text stays escaped. */
void json_line_read(const struct json_names *names, const char *begin, const char *end,
                    struct line *line);

#endif
