/* SPDX-License-Identifier: MIT
 *
 * What stands before the text of a line: lexers that are generated from grammar/prefix_*.re.
 *
 * The tags of a rule are what it found: the time (a, b), the modem's name (m, n); the text goes from the end of the
 * match to the line end, but where a rule marks it (x, y). FOUND and its like say whose text it is, and how sure the form
 * can be that the line is one of its own. No rule goes past the line end. A line that no rule takes is bare: all of it
 * text. */
#ifndef SBFOTA_LOG_PREFIX_H
#define SBFOTA_LOG_PREFIX_H

#include <stddef.h>

#include "line.h"
#include "span.h"

/* Read what stands before the text. The line goes from `begin` to the line feed at `end`; what is found goes to `line`, of
 * which the rest is left alone. */
void prefix_read_gateway(const char *begin, const char *end, struct line *line);
void prefix_read_syslog(const char *begin, const char *end, struct line *line);
/* What a system log has before a line of FORM_OFONO, FORM_CHAT, FORM_MODEMMANAGER and FORM_QUOTED. */
void prefix_read_logged(const char *begin, const char *end, struct line *line);
/* All other forms. */
void prefix_read_own(enum form form, const char *begin, const char *end, struct line *line);

/* In the lexers: */
#define READ(from)                                                  \
    const unsigned char *YYCURSOR = (const unsigned char *)(from);  \
    const unsigned char *YYMARKER;                                  \
    const unsigned char *a = NULL, *b = NULL, *m = NULL, *n = NULL; \
    const unsigned char *x = NULL, *y = NULL;                       \
    (void)YYMARKER, (void)a, (void)b, (void)m, (void)n, (void)x, (void)y
#define TAKE(who, how_sure, first, last, what)                            \
    do {                                                                  \
        line->role = (what);                                              \
        line->direction = DIRECTION_##who;                                \
        line->sureness = (how_sure);                                      \
        if (a != NULL)                                                    \
            line->time = span(a, b);                                      \
        line->modem = span(m, n);                                         \
        line->text = (struct bytes){(first), (size_t)((last) - (first))}; \
    } while (0)
#define CURSOR ((const char *)YYCURSOR)
#define TEXT_BEGIN (CURSOR > end ? end : CURSOR)
#define FOUND(who, how_sure) TAKE(who, how_sure, TEXT_BEGIN, end, LINE_RECORD)
#define BETWEEN(who, how_sure) TAKE(who, how_sure, (const char *)x, (const char *)y, LINE_RECORD)
#define HEADER(who)                                                                       \
    TAKE(who, SURE, x == NULL ? end : (const char *)x, y == NULL ? end : (const char *)y, \
         LINE_HEADER)
#define QUOTED(who, how_sure) \
    (line->quoted = true);    \
    TAKE(who, how_sure, TEXT_BEGIN, end, LINE_RECORD)
#define LOSSY()           \
    (line->lossy = true); \
    TAKE(NONE, SURE, TEXT_BEGIN, end, LINE_RECORD)
#define NOT_WIRE(how_sure) TAKE(NONE, how_sure, end, end, LINE_NOISE)

#endif
