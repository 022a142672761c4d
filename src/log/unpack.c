/* SPDX-License-Identifier: MIT */
#include "unpack.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec.h"

struct unpack {
    const struct codec *codec;
    void *state;
    bool begun;  /* a stream: it must come to its end */
    bool ended;  /* one at least */
    bool filled; /* all the room that there was: there may be more without further input */
    bool given;  /* something of the stream at hand */
    char why[160];
    const unsigned char *next;
    size_t left;
    unsigned char packed[65536];
};

struct unpack *unpack_open(const struct codec *codec)
{
    struct unpack *const unpack = malloc(sizeof *unpack);
    if (unpack == NULL)
        return NULL;
    unpack->codec = codec;
    unpack->state = NULL;
    unpack->begun = unpack->ended = unpack->filled = unpack->given = false;
    unpack->why[0] = '\0';
    unpack->left = 0;
    return unpack;
}

void unpack_close(struct unpack *unpack)
{
    if (unpack != NULL && unpack->state != NULL)
        unpack->codec->end(unpack->state);
    free(unpack);
}

/* Why it does not go on. It never does again. */
static ptrdiff_t fail(struct unpack *unpack, const char *why, const char **told)
{
    snprintf(unpack->why, sizeof unpack->why, "%s: %s", unpack->codec->name, why);
    *told = unpack->why;
    return -1;
}

/* More packed bytes. Not at the end of the input, or in trouble: `result` is then what is returned. */
static bool read_packed(struct unpack *unpack, unpack_source *source, void *context,
                        ptrdiff_t *result, const char **why)
{
    const ptrdiff_t count = source(context, unpack->packed, sizeof unpack->packed);
    unpack->next = unpack->packed;
    unpack->left = count < 0 ? 0 : (size_t)count;
    *result = count;
    if (count == 0 && unpack->begun)
        *result = fail(unpack, "cut short", why);
    return count > 0;
}

/* Zeros behind a file fill up a tape's block. */
static void skip_padding(struct unpack *unpack)
{
    while (unpack->left > 0 && *unpack->next == 0) {
        unpack->next++;
        unpack->left--;
    }
}

/* One step: how many bytes it gives, -1 if it does not go on. */
static ptrdiff_t step(struct unpack *unpack, void *bytes, size_t length, const char **why)
{
    struct codec_span span = {unpack->next, unpack->left, bytes, length};
    const char *trouble = NULL;
    if (!unpack->begun && !unpack->codec->begin(&unpack->state))
        return fail(unpack, "not enough memory", why);
    unpack->given = unpack->given && unpack->begun;
    unpack->begun = true;
    const enum codec_step taken = unpack->codec->step(unpack->state, &span, &trouble);
    const size_t count = length - span.out_left;
    unpack->next = span.in;
    unpack->left = span.in_left;
    unpack->filled = span.out_left == 0;
    unpack->given = unpack->given || count > 0;
    if (taken == CODEC_ENDS) {
        unpack->begun = false;
        unpack->ended = true;
    }
    if (taken == CODEC_FAILS)
        fail(unpack,
             unpack->ended && !unpack->given ? "what follows its end is no such file" : trouble,
             why);
    return taken == CODEC_FAILS && count == 0 ? -1 : (ptrdiff_t)count;
}

ptrdiff_t unpack_read(struct unpack *unpack, unpack_source *source, void *context, void *bytes,
                      size_t length, const char **why)
{
    ptrdiff_t count = 0;
    *why = NULL;
    while (count == 0) {
        if (unpack->why[0] != '\0') {
            *why = unpack->why;
            return -1;
        }
        if (unpack->left == 0 && !(unpack->begun && unpack->filled) &&
            !read_packed(unpack, source, context, &count, why))
            return count;
        if (!unpack->begun && unpack->ended)
            skip_padding(unpack);
        if (unpack->left > 0 || unpack->begun)
            count = step(unpack, bytes, length, why);
    }
    /* What there is comes first. */
    if (count > 0)
        *why = NULL;
    return count;
}
