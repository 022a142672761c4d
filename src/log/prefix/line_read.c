/* SPDX-License-Identifier: MIT */
#include "log/prefix/line_read.h"

#include <stddef.h>
#include <string.h>

#include "log/prefix/dump.h"
#include "log/prefix/prefix.h"
#include "log/prefix/token.h"

enum {
    TOKENS_BEFORE = 24 /* of what a system's log has before a line of another form */
};

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

/* What is unmistakable may stand behind the prefix of any system's log: from the first token on with which it is one. */
static void read_within(enum form form, const struct line_head *head, struct line *line)
{
    struct token tokens[TOKENS_BEFORE];
    const char *const end = head->end;
    const size_t count = tokens_read(head->begin, end, end, tokens, TOKENS_BEFORE);
    const struct bytes *time = NULL;
    for (size_t i = 0; i < count && line->sureness != UNMISTAKABLE; i++) {
        struct line inner = {.text = {tokens[i].begin, (size_t)(end - tokens[i].begin)}};
        struct line_head within = {.begin = tokens[i].begin, .end = end};
        prefix_read_own(form, &within, &inner);
        if (inner.role != LINE_BARE && inner.sureness >= line->sureness)
            *line = inner;
        if (tokens[i].kind == TOKEN_TIME && time == NULL)
            time = &tokens[i].time;
    }
    if (line->time.data == NULL && line->role == LINE_RECORD && time != NULL)
        line->time = *time;
    /* A line of the system's log that is not of this form is no text of a modem. */
    if (line->role == LINE_BARE && time != NULL)
        line->role = LINE_NOISE;
}

/* A line of a form that stands behind what a system's log has before it. */
static void read_behind(enum form form, struct line_head *head, struct line *line)
{
    struct line inner = {.text = {NULL, 0}};
    prefix_read_logged(head, line);
    struct line_head behind = {.begin = line->text.data, .end = head->end};
    inner.text = line->text;
    prefix_read_own(form, line->text.data == head->begin ? head : &behind, &inner);
    if (inner.time.data == NULL)
        inner.time = line->time;
    /* What chat reads looks like nothing in particular, but its name stands before it. */
    if (form == FORM_CHAT && inner.role == LINE_RECORD && line->sureness == UNMISTAKABLE)
        inner.sureness = UNMISTAKABLE;
    /* A line of the system log that is not of this form is no text of a modem. */
    if (inner.role == LINE_BARE && line->text.data != head->begin) {
        inner.role = LINE_NOISE;
        inner.sureness = NOT_MINE;
    }
    *line = inner;
}

void line_read_head(enum form form, struct line_head *head, struct line *line)
{
    const char *const begin = head->begin;
    const char *const end = head->end;
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    switch (form) {
    case FORM_RAW:
    case FORM_JSONL:
    case FORM_JSON:
    case FORM_LOGFMT:
    case FORM_CSV:
    case FORM_LEARNED:
    case FORM_LOGGED:
    case FORM_COUNT: return;
    case FORM_MODEMMANAGER: read_within(form, head, line); break;
    case FORM_OFONO:
    case FORM_CHAT:
    case FORM_QUOTED: read_behind(form, head, line); break;
    case FORM_DUMP: dump_line_read(begin, end, line); return;
    case FORM_SYSLOG: prefix_read_syslog(head, line); break;
    case FORM_GATEWAY: prefix_read_gateway(head, line); break;
    default: prefix_read_own(form, head, line); break;
    }
    if (line->quoted)
        unquote(line);
}

void line_read(enum form form, const char *begin, const char *end, struct line *line)
{
    struct line_head head = {.begin = begin, .end = end};
    line_read_head(form, &head, line);
}
