/* SPDX-License-Identifier: MIT
 *
 * What stands before the text of a line, put together of pieces (grammar/prefix.re, prefix_own.re) and times (moment.h). A line that is
 * none of a form's stays bare: all of it is text. */
#ifndef SBFOTA_LOG_PREFIX_H
#define SBFOTA_LOG_PREFIX_H

#include <stddef.h>

#include "log/prefix/line.h"

/* Read what stands before the text. The line goes from `begin` to the line feed at `end`; what is found goes to `line`, of
 * which the rest is left alone. */
void prefix_read_gateway(const char *begin, const char *end, struct line *line);
void prefix_read_syslog(const char *begin, const char *end, struct line *line);
/* What a system log has before a line of FORM_OFONO, FORM_CHAT, FORM_MODEMMANAGER and FORM_QUOTED. */
void prefix_read_logged(const char *begin, const char *end, struct line *line);
/* All other forms. */
void prefix_read_own(enum form form, const char *begin, const char *end, struct line *line);
/* May a line be one of such a form's? False is said at once, of most lines that are none. */
bool prefix_may_be_own(enum form form, const char *begin, const char *end);

/* For the forms: a text was found that goes from `text` to the line's end. */
void prefix_take(struct line *line, const char *text, const char *end, enum direction direction,
                 enum sureness sureness);

/* Behind blanks. */
const char *prefix_skip_blanks(const char *at);
/* Behind colours, and the carriage returns that terminals want. */
const char *prefix_skip_paint(const char *at);

/* As much as is a mark at `at`, which says who speaks; 0 if there is none. */
size_t prefix_read_mark(const char *at, enum direction *direction);
/* The same with the modem's name before it. `brackets` may stand around a name. */
size_t prefix_read_named_mark(const char *at, bool brackets, struct bytes *name,
                              enum direction *direction);

/* The text behind a mark: a blank between, or nothing at all. NULL if something else stands there. */
const char *prefix_find_marked(const char *at, const char *end);

#endif
