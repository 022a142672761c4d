/* SPDX-License-Identifier: MIT
 *
 * From a block of a file to hits, as far as each line can be understood by itself. */
#ifndef SBFOTA_CAPTURE_FIND_H
#define SBFOTA_CAPTURE_FIND_H

#include "form.h"
#include "hits.h"
#include "search.h"
#include "shape.h"

/* What a thread needs to find hits. */
struct finder {
    const struct reading *reading;
    bool all;          /* also what is not ours */
    bool has_dialogue; /* among the hits are commands or result codes */
    search_function *search;
    struct shape shape; /* of the lines of a log */
    uint64_t shape_of;  /* the log that it was learned from */
    struct hits hits;
    struct wire wire;
    struct watch {
        struct bytes modem;
    } * watched; /* the modems whose answer to a command of ours may stand in the lines to come */
    size_t watched_count;
    size_t watched_capacity;
    /* Of a block that was UTF-16: a place in it, and the bytes of the file before that. */
    size_t wide_place;
    uint64_t wide_bytes;
};

/* False without memory. */
bool finder_make(struct finder *finder);
void finder_free(struct finder *finder);

/* Find all hits of a block and count its lines. With `all` every line is one; else the messages, the commands and their
 * answers, and those result codes that may answer a command of this block. Of a log with torn messages nothing is found:
 * order_block does. */
void finder_block(struct finder *finder, struct block *block);

/* The hits of one line of a block, that begins at `begin`; `index` lines stand before it. Every result code is one. */
void finder_line(struct finder *finder, const struct block *block, const char *begin,
                 const char *end, uint32_t index);

/* Bytes of the file before a place in a block; places mostly come in order. */
uint64_t finder_bytes(struct finder *finder, const struct block *block, size_t place);

/* Keep the next result code of a modem, whose name must live as long; stop doing so: was it watched? */
void finder_watch(struct finder *finder, struct bytes modem);
bool finder_unwatch(struct finder *finder, struct bytes modem);

/* Is it a result code: OK, ERROR, +CME ERROR? */
bool is_result_code(unsigned kind);

/* Is it a result code or a command of ours? */
bool is_dialogue(unsigned kind);

#endif
