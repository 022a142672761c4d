/* SPDX-License-Identifier: MIT
 *
 * Which of the names that there are a mistyped word may mean: the nearest by letters that are missing, too many, others, or two
 * that changed places. One such step for words of up to four letters, two for longer ones. */
#ifndef SBFOTA_CLI_SUGGEST_H
#define SBFOTA_CLI_SUGGEST_H

#include <stddef.h>

struct suggestion {
    const char *word;
    size_t length;
    unsigned steps;   /* that `best` is away, or one more than may be */
    const char *best; /* NULL: none is near */
};

/* Begin with a word, which must stay as long as the suggestion is used. */
struct suggestion suggestion_of(const char *word, size_t length);

/* A name that there is. */
void suggestion_try(struct suggestion *suggestion, const char *name);

#endif
