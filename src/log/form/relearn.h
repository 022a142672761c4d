/* SPDX-License-Identifier: MIT
 *
 * Messages far behind the first ones of a log that stand behind something else than these: from there on the log is read in another
 * way, which takes the lines before in too. Where that is depends on the log alone: not on blocks, threads, or how its bytes come. */
#ifndef SBFOTA_LOG_RELEARN_H
#define SBFOTA_LOG_RELEARN_H

#include "log/form/choose.h"
#include "log/form/window.h"
#include "log/input/told.h"
#include "log/prefix/form.h"

enum {
    RELEARN_BEFORE = 4096 /* bytes before such a message within which the module has booted */
};

struct capture_options;
struct later;

/* How a log is read from now on. Start with all zero, and relearn_begin. */
struct relearn {
    const struct reading *reading; /* of the lines to come */
    struct later *list;            /* the ways that were learned; owned */
    uint64_t from; /* what is not understood before this place is left as it is: bytes of the log */
    unsigned attempts; /* to learn */
    unsigned
        width; /* bytes of the log that a byte of text took, which distances in the log count with: 2 in UTF-16 */
    char *kept; /* lines that held messages, as examples of the ways so far; owned */
    size_t kept_length;
};

/* Is a log read in this way one that goes on to learn? */
bool relearn_may(const struct capture_options *options, const struct reading *reading);

/* `sample` is what `reading` was chosen by, up to `end` of the log. False without memory. */
bool relearn_begin(struct relearn *relearn, const struct reading *reading, struct bytes sample,
                   uint64_t end, bool is_wide);

/* May a message at `place` be learned from? If not, relearn->from moves on. */
bool relearn_allows(struct relearn *relearn, uint64_t place);

/* Lines, of which the last ends in a line feed: those of a boot, and from `message` on those of a message at `place` of the log. */
struct relearn_lines {
    struct bytes all;
    size_t message;
    uint64_t place;
};

/* Learn from lines. They are read as relearn->reading says then, if *learned. False without memory. `trial` is used for that; nothing of it
 * is kept. */
bool relearn_try(struct relearn *relearn, struct finder *trial, const struct relearn_lines *lines,
                 bool *learned);

/* The first of some lines that may be a boot's and is none as `reading` has it; NULL if there is none. */
const char *relearn_find_boot(struct finder *trial, const struct reading *reading,
                              struct bytes lines);

/* The first of some lines that holds a message and is none as `reading` has it; NULL if there is none. */
const char *relearn_find_message(struct finder *trial, const struct reading *reading,
                                 struct bytes lines);

void relearn_free(struct relearn *relearn);

#endif
