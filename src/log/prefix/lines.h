/* SPDX-License-Identifier: MIT
 *
 * Line numbers of a stream whose lines end in <CR><LF>, <LF>, <CR> or <CR><CR><LF>. */
#ifndef SBFOTA_LOG_LINES_H
#define SBFOTA_LOG_LINES_H

#include <stddef.h>

/* Start with {1, 0}. */
struct line_counter {
    unsigned long long line; /* the line that the next text stands in */
    unsigned pending;        /* carriage returns that a line feed may yet belong to */
};

/* Line-end bytes have come. */
static inline void line_counter_ends(struct line_counter *counter, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            counter->line += counter->pending == 0;
            counter->pending = 0;
        } else {
            counter->line += counter->pending != 1;
            counter->pending = counter->pending == 0 ? 1 : 2;
        }
    }
}

/* A text begins: two carriage returns that no line feed followed were two line ends. */
static inline void line_counter_text(struct line_counter *counter)
{
    counter->line += counter->pending == 2;
    counter->pending = 0;
}

#endif
