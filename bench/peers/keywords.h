/* SPDX-License-Identifier: MIT
 *
 * What a decoder by hand compares a URC's keyword with, in the order of the catalogue. */
#ifndef BENCH_PEERS_KEYWORDS_H
#define BENCH_PEERS_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include <sbfota/texts.h>

struct keyword {
    const char *text;
    size_t length;
    const char *stage; /* the second keyword, or "" */
    unsigned kind;
    bool has_value;
};

enum {
    KEYWORDS_MAX = 32
};

/* The keywords of all URCs; returns how many. */
size_t keywords_of_urcs(struct keyword keywords[KEYWORDS_MAX]);

/* The kind of a bare word, or SBFOTA_OTHER. */
unsigned kind_of_word(const char *line);

#endif
