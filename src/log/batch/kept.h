/* SPDX-License-Identifier: MIT
 *
 * Copies of texts that belong to a batch: pieces of memory with many of them. */
#ifndef SBFOTA_LOG_KEPT_H
#define SBFOTA_LOG_KEPT_H

#include <stdlib.h>
#include <string.h>

struct kept {
    struct kept *next;
    char bytes[];
};

/* Room for texts, each with a NUL behind it, and what is kept already; NULL without memory. */
static inline struct kept *kept_make(size_t size, struct kept *others)
{
    struct kept *const kept = malloc(sizeof *kept + size);
    if (kept != NULL)
        kept->next = others;
    return kept;
}

/* The copy of a text, at *to, which is moved behind it; NULL of NULL. */
static inline const char *kept_copy(char **to, const char *text, size_t length)
{
    char *const copy = *to;
    if (text == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *to += length + 1;
    return copy;
}

static inline void kept_free(struct kept *kept)
{
    while (kept != NULL) {
        struct kept *const next = kept->next;
        free(kept);
        kept = next;
    }
}

#endif
