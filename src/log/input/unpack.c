/* SPDX-License-Identifier: MIT */
#include "log/input/unpack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/input/codec.h"

struct unpack {
    const struct codec *codec;
    const struct codec
        *own; /* that takes over from a fast one; NULL when it has, or there is none */
    unpack_rewind *rewind;
    void *state;
    bool begun;      /* a stream: it must come to its end */
    bool ended;      /* one at least */
    bool filled;     /* all the room that there was: there may be more without further input */
    uint64_t taken;  /* packed bytes that the source has given */
    uint64_t stream; /* how many of them came before the stream at hand */
    uint64_t given;  /* unpacked bytes of it */
    uint64_t again;  /* those of them that have still to come again */
    char why[160];
    const unsigned char *next;
    size_t left;
    unsigned char packed[65536];
};

struct unpack *unpack_open(const struct codec *codec, unpack_rewind *rewind)
{
    struct unpack *const unpack = malloc(sizeof *unpack);
    if (unpack == NULL)
        return NULL;
    memset(unpack, 0, offsetof(struct unpack, packed));
    unpack->codec = codec;
    if (rewind != NULL && codec->fast != NULL) {
        unpack->codec = codec->fast;
        unpack->own = codec;
        unpack->rewind = rewind;
    }
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

/* The fast codec has come to damage: its own codec reads the stream from its beginning. False if it cannot, or has. */
static bool take_over(struct unpack *unpack, void *context)
{
    if (unpack->own == NULL || !unpack->rewind(context, unpack->stream))
        return false;
    unpack->codec->end(unpack->state);
    unpack->codec = unpack->own;
    unpack->own = NULL;
    unpack->state = NULL;
    unpack->taken = unpack->stream;
    unpack->left = 0;
    unpack->begun = unpack->filled = false;
    unpack->again = unpack->given;
    return true;
}

/* More packed bytes. Not at the end of the input, or in trouble: `result` is then what is returned. */
static bool read_packed(struct unpack *unpack, unpack_source *source, void *context,
                        ptrdiff_t *result, const char **why)
{
    ptrdiff_t count = source(context, unpack->packed, sizeof unpack->packed);
    if (count == 0 && unpack->begun && take_over(unpack, context))
        count = source(context, unpack->packed, sizeof unpack->packed);
    unpack->next = unpack->packed;
    unpack->left = count < 0 ? 0 : (size_t)count;
    unpack->taken += unpack->left;
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

static bool begin_stream(struct unpack *unpack)
{
    if (unpack->again == 0) {
        unpack->stream = unpack->taken - unpack->left;
        unpack->given = 0;
    }
    unpack->begun = unpack->codec->begin(&unpack->state);
    return unpack->begun;
}

/* Of what has been unpacked, leave out what had been given before. How many bytes are left. */
static size_t leave_out(struct unpack *unpack, unsigned char *bytes, size_t count)
{
    const size_t old = unpack->again < count ? (size_t)unpack->again : count;
    unpack->again -= old;
    if (old > 0)
        memmove(bytes, bytes + old, count - old);
    unpack->given += count - old;
    return count - old;
}

/* One step: how many bytes it gives, -1 if it does not go on. */
static ptrdiff_t step(struct unpack *unpack, void *context, void *bytes, size_t length,
                      const char **why)
{
    struct codec_span span = {unpack->next, unpack->left, bytes, length};
    const char *trouble = NULL;
    if (!unpack->begun && !begin_stream(unpack))
        return fail(unpack, "not enough memory", why);
    const enum codec_step taken = unpack->codec->step(unpack->state, &span, &trouble);
    if (taken == CODEC_FAILS && take_over(unpack, context))
        return 0;
    const size_t count = leave_out(unpack, bytes, length - span.out_left);
    unpack->next = span.in;
    unpack->left = span.in_left;
    unpack->filled = span.out_left == 0;
    if (taken == CODEC_ENDS) {
        unpack->begun = false;
        unpack->ended = true;
        unpack->again = 0;
    }
    if (taken == CODEC_FAILS)
        fail(unpack,
             unpack->ended && unpack->given == 0 ? "what follows its end is no such file" : trouble,
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
            count = step(unpack, context, bytes, length, why);
    }
    /* What there is comes first. */
    if (count > 0)
        *why = NULL;
    return count;
}
