/* SPDX-License-Identifier: MIT */
#include "log/form/window.h"

#include <string.h>

#include <sbfota/sbfota.h>

#include "log/form/dump_find.h"
#include "log/prefix/anchor.h"
#include "log/prefix/token.h"
#include "log/text/last.h"

enum {
    LAST_LINE = 4096 /* bytes of one that is no message of ours, however long its prefix */
};

/* What a line is. */
enum looks {
    LOOKS_FOREIGN = 0,
    LOOKS_BARE,
    LOOKS_PREFIXED
};

/* Is it a line of the wire as it stands? */
static bool is_bare(const char *begin, const char *end)
{
    struct sbfota_event event;
    sbfota_decode_line(begin, (size_t)(end - begin), &event);
    return record_is_whole(event.kind) || event.kind == SBFOTA_UNKNOWN;
}

/* Is it one behind what a terminal was told? */
static bool is_painted(const char *begin, const char *end)
{
    const char *const text =
        *begin == '\x1b' || *begin == '<' ? tokens_skip(begin, end, true) : begin;
    return text > begin && is_bare(text, end);
}

/* Its line feed stands at `end`. A carriage return ends a line of the wire too. Behind the first line with a prefix, others are not told
 * from foreign ones. */
static enum looks look_at(const char *begin, const char *end, bool found)
{
    struct anchor anchor;
    for (const char *at = begin; at < end;) {
        const char *const turn = memchr(at, '\r', (size_t)(end - at));
        const char *const stop = turn == NULL ? end : turn;
        if (is_bare(at, stop))
            return LOOKS_BARE;
        at = stop + 1;
    }
    if (found)
        return LOOKS_FOREIGN;
    return is_painted(begin, end) || anchor_find(begin, end, &anchor) ? LOOKS_PREFIXED
                                                                      : LOOKS_FOREIGN;
}

/* The same of the last line of a log, which has no line feed. */
static enum looks look_at_last(const char *begin, size_t length, bool found)
{
    char line[LAST_LINE + 1];
    if (length > LAST_LINE)
        return LOOKS_FOREIGN;
    memcpy(line, begin, length);
    line[length] = '\n';
    return look_at(line, line + length, found);
}

/* Behind the last line feed; where there is none, behind the last carriage return. */
static const char *find_last_end(const char *begin, const char *end)
{
    const char *const feed = last_byte(begin, end, '\n');
    const char *const last = feed != NULL ? feed : last_byte(begin, end, '\r');
    return last == NULL ? begin : last + 1;
}

static void note(struct window *window, enum looks looks, uint64_t begin, uint64_t end)
{
    if (looks == LOOKS_PREFIXED && !window->found) {
        window->found = true;
        window->first = begin;
        window->first_end = end;
    }
    if (looks != LOOKS_BARE)
        return;
    if (window->found) {
        window->bare_again = end;
        return;
    }
    window->bare_end = end;
    window->bare_count++;
    if (window->bare_first == 0)
        window->bare_first = end;
}

/* Rows of digits stand near a log's begin: to look for them takes long. */
static const char *find_dump(const char *begin, const char *end, uint64_t offset)
{
    if (offset >= WINDOW_DUMP)
        return NULL;
    const uint64_t most = WINDOW_DUMP - offset;
    return dump_find(begin, (uint64_t)(end - begin) > most ? begin + most : end);
}

/* Need nothing more be looked for? Behind a line with a prefix, lines without one are if they were before it. */
static bool is_seen(const struct window *window)
{
    return window->found ? window->bare_again > 0 || window->bare_end == 0 : window_is_bare(window);
}

/* Look at lines from window->looked up to `limit`. */
static void look_through(struct window *window, search_function *search, const char *bytes,
                         uint64_t offset, const char *limit)
{
    const char *const from = bytes + (window->looked - offset);
    const char *next = from;
    while (next < limit && !is_seen(window)) {
        const struct candidate candidate = search(next, limit, false);
        const char *const before = candidate.line == NULL ? limit : candidate.line;
        const char *const dumped =
            window->found ? NULL : find_dump(next, before, offset + (uint64_t)(next - bytes));
        const char *const line = dumped == NULL ? candidate.line : dumped;
        if (line == NULL)
            break;
        const char *const end = memchr(line, '\n', (size_t)(limit - line));
        const enum looks looks = dumped != NULL ? LOOKS_PREFIXED
                                 : end == NULL
                                     ? look_at_last(line, (size_t)(limit - line), window->found)
                                     : look_at(line, end, window->found);
        next = end == NULL ? limit : end + 1;
        note(window, looks, offset + (uint64_t)(line - bytes), offset + (uint64_t)(next - bytes));
    }
    if (limit > from)
        window->looked = offset + (uint64_t)(limit - bytes);
}

void window_look(struct window *window, search_function *search, const char *bytes, uint64_t offset,
                 size_t length, bool at_end)
{
    const char *const from = bytes + (window->looked - offset);
    const char *const end = bytes + length;
    const bool full = !window->found && offset + length >= WINDOW_LIMIT;
    const char *limit = full && offset <= WINDOW_LIMIT ? bytes + (WINDOW_LIMIT - offset) : end;
    if (full || !at_end)
        limit = find_last_end(from, limit);
    look_through(window, search, bytes, offset, limit);
    if (!full)
        return;
    /* What is found there is looked at on; else there is nothing to find. */
    if (window->found)
        look_through(window, search, bytes, offset, at_end ? end : find_last_end(limit, end));
    else
        window->looked = offset + length;
}
