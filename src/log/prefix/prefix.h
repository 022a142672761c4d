/* SPDX-License-Identifier: MIT
 *
 * What stands before the text of a line, put together of pieces (grammar/prefix.re, prefix_own.re) and times (moment.h). A line that is
 * none of a form's stays bare: all of it is text. */
#ifndef SBFOTA_LOG_PREFIX_H
#define SBFOTA_LOG_PREFIX_H

#include <stddef.h>

#include "log/prefix/line.h"
#include "log/prefix/token.h"

/* The time that a line begins with, in brackets or not. */
struct stamp {
    const char
        *begin; /* where a time would stand: behind the bracket; NULL if it has not been read */
    const char *end;    /* where it ends; `begin` if there is none */
    const char *behind; /* its bracket; line_from if there is none */
    struct bytes time;
    enum moment_kind kind;
};

/* A program's name, or the words of a logger, at one place. */
struct speaker {
    const char *begin;
    size_t length; /* of the longer one, with a blank */
    size_t name;   /* of the program's name */
    size_t logger; /* of the logger's words */
    uint8_t program;
    uint8_t named;
};

/* A line from `begin` to the line feed at `end`, and what several forms ask for of its begin, which is read when the first of them does. */
struct line_head {
    const char *begin;
    const char *end;
    const char *from; /* behind paint */
    struct stamp stamp;
    struct speaker speaker;
};

static inline const char *line_from(struct line_head *head)
{
    if (head->from == NULL)
        head->from = tokens_skip(head->begin, head->end, false);
    return head->from;
}

const struct stamp *line_stamp(struct line_head *head);

/* Read what stands before the text. What is found goes to `line`, of which the rest is left alone. */
void prefix_read_gateway(struct line_head *head, struct line *line);
void prefix_read_syslog(struct line_head *head, struct line *line);
/* What a system log has before a line of FORM_OFONO, FORM_CHAT, FORM_MODEMMANAGER and FORM_QUOTED. */
void prefix_read_logged(struct line_head *head, struct line *line);
/* All other forms. */
void prefix_read_own(enum form form, struct line_head *head, struct line *line);
/* May a line be one of FORM_MODEMMANAGER? To look for one behind each token takes as long as to read a line in eight other forms: false
 * is said at once, of most lines that are none. */
bool prefix_may_be_managers(const char *begin, const char *end);

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
