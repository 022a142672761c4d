/* SPDX-License-Identifier: MIT */
#include "cli/suggest.h"

#include <string.h>

enum {
    WORD_MOST = 32 /* letters; of longer words none is near */
};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* How many letters are missing, too many, others, or changed places with the next. */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned steps[3][WORD_MOST + 1]; /* of the last three beginnings of a */
    for (size_t j = 0; j <= b_length; j++)
        steps[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *const now = steps[i % 3];
        const unsigned *const before = steps[(i + 2) % 3];
        const unsigned *const earlier = steps[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            now[j] =
                least(least(before[j], now[j - 1]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], earlier[j - 2] + 1);
        }
    }
    return steps[a_length % 3][b_length];
}

struct suggestion suggestion_of(const char *word, size_t length)
{
    return (struct suggestion){.word = word, .length = length, .steps = length > 4 ? 3 : 2};
}

void suggestion_try(struct suggestion *suggestion, const char *name)
{
    const size_t length = strlen(name);
    if (length > WORD_MOST || suggestion->length > WORD_MOST || suggestion->length < 2)
        return;
    const unsigned steps = distance(suggestion->word, suggestion->length, name, length);
    if (steps >= suggestion->steps)
        return;
    suggestion->steps = steps;
    suggestion->best = name;
}
