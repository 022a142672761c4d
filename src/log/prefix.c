/* SPDX-License-Identifier: MIT */
#include "prefix.h"

#include "moment.h"
#include "token.h"

#include "prefix_gateway.inc"
#include "prefix_own.inc"
#include "prefix_system.inc"

/* Behind the time that a line begins with, in brackets or not; `begin` if there is none. */
static const char *read_stamp(const char *begin, const char *end, struct line *line)
{
    struct moment moment;
    const bool opens = *begin == '[' || *begin == '(';
    const char *const at = opens ? tokens_skip(begin + 1, end, true) : begin;
    const size_t length = moment_read(at, end, &moment);
    if (length == 0)
        return begin;
    line->time = moment.text;
    const char *const behind = at + length;
    return *behind == ']' || *behind == ')' ? behind + 1 : behind;
}

void prefix_read_gateway(const char *begin, const char *end, struct line *line)
{
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    if (behind == from) {
        read_marks(from, end, LIKELY, POSSIBLE, line);
        return;
    }
    const char *const next = tokens_skip(behind, end, true);
    const size_t speaker = next == behind ? 0 : read_speaker(next);
    if (speaker > 0)
        read_marks(next + speaker, end, UNMISTAKABLE, UNMISTAKABLE, line);
    if (next > behind && line->role == LINE_BARE)
        read_marks(next, end, SURE, SURE, line);
    if (line->role == LINE_BARE)
        read_unmarked(behind, end, line);
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

void prefix_read_syslog(const char *begin, const char *end, struct line *line)
{
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    if (behind == from)
        read_bare_syslog(from, end, line);
    else
        read_stamped_syslog(behind, end, line);
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

void prefix_read_logged(const char *begin, const char *end, struct line *line)
{
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    read_logged(behind == from ? from : tokens_skip(behind, end, true), end, line);
}

/* Does a form begin with a time in brackets? */
static bool has_bracket(enum form form)
{
    return form == FORM_BRACKET || form == FORM_QNAVIGATOR || form == FORM_SSCOM ||
           form == FORM_ZEPHYR;
}

void prefix_read_own(enum form form, const char *begin, const char *end, struct line *line)
{
    struct moment moment;
    const char *at = form == FORM_SOCAT || form == FORM_SOCAT_HEX || form == FORM_CHAT
                         ? begin
                         : tokens_skip(begin, end, false);
    if (has_bracket(form) && *at == '[') {
        const char *const first = tokens_skip(at + 1, end, true);
        const size_t length = moment_read(first, end, &moment);
        if (length > 0) {
            line->time = moment.text;
            at = first + length;
        }
    }
    read_own(form, at, end, line);
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}
