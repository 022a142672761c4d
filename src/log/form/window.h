/* SPDX-License-Identifier: MIT
 *
 * Where in a log its form can be told: from the first line on that holds a message of SBFOTA behind something else. What comes
 * before it, lines without a prefix, is the wire's own. */
#ifndef SBFOTA_LOG_WINDOW_H
#define SBFOTA_LOG_WINDOW_H

#include <stddef.h>

#include "log/scan/search.h"

enum {
    WINDOW_SIZE = 64 * 1024,        /* of a log, from that line on */
    WINDOW_LIMIT = 4 * 1024 * 1024, /* within which it must stand, with its end */
    WINDOW_DUMP = 1024 * 1024,      /* within which digits are looked at */
    WINDOW_BARE = 64 /* lines without a prefix, behind which no other is looked for */
};

/* Start with all zero. All places count from the log's begin. */
struct window {
    uint64_t looked;     /* up to here it was looked at: a line's begin, if more is looked for */
    uint64_t bare_first; /* behind the first line without a prefix; 0 if there was none */
    uint64_t bare_end;   /* behind the last such line before `first` */
    unsigned bare_count;
    uint64_t bare_again; /* behind the first such line after it; 0 if there was none */
    uint64_t first;      /* where the first line with a prefix begins, if `found` */
    uint64_t first_end;  /* behind it */
    bool found;
};

/* Need no more be looked for? */
static inline bool window_is_bare(const struct window *window)
{
    return !window->found && (window->bare_count >= WINDOW_BARE || window->looked >= WINDOW_LIMIT);
}

/* Look at what stands at `offset`, of which what is before window->looked has been looked at: at its whole lines, and at the last
 * one without a line feed if the log ends there. */
void window_look(struct window *window, search_function *search, const char *bytes, uint64_t offset,
                 size_t length, bool at_end);

#endif
