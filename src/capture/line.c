/* SPDX-License-Identifier: MIT */
#include "line.h"

#include <stddef.h>
#include <string.h>

#include "dump.h"
#include "prefix.h"

/* The end of a quoted text is the last quote of its kind; an older ModemManager may have cut it off. */
static void unquote(struct line *line)
{
    const char quote = line->text.data[-1];
    const char *last = line->text.data + line->text.length;
    while (last > line->text.data && (last[-1] == '\r' || last[-1] == ' '))
        last--;
    if (last > line->text.data && last[-1] == quote)
        line->text.length = (size_t)(last - 1 - line->text.data);
}

void line_read(enum form form, const char *begin, const char *end, struct line *line)
{
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    switch (form) {
    case FORM_RAW:
    case FORM_JSONL:
    case FORM_LEARNED:
    case FORM_LOGGED:
    case FORM_COUNT: return;
    case FORM_OFONO:
    case FORM_CHAT:
    case FORM_MODEMMANAGER:
    case FORM_QUOTED: {
        struct line inner = {.text = {NULL, 0}};
        prefix_read_logged(begin, end, line);
        inner.text = line->text;
        prefix_read_own(form, line->text.data, end, &inner);
        if (inner.time.data == NULL)
            inner.time = line->time;
        /* What chat reads looks like nothing in particular, but its name stands before it. */
        if (form == FORM_CHAT && inner.role == LINE_RECORD && line->sureness == UNMISTAKABLE)
            inner.sureness = UNMISTAKABLE;
        /* A line of the system log that is not of this form is no text of a modem. */
        if (inner.role == LINE_BARE && line->text.data != begin) {
            inner.role = LINE_NOISE;
            inner.sureness = NOT_MINE;
        }
        *line = inner;
        break;
    }
    case FORM_DUMP: dump_line_read(begin, end, line); return;
    case FORM_SYSLOG: prefix_read_syslog(begin, end, line); break;
    case FORM_GATEWAY: prefix_read_gateway(begin, end, line); break;
    default: prefix_read_own(form, begin, end, line); break;
    }
    if (line->quoted)
        unquote(line);
}
