/* SPDX-License-Identifier: MIT
 *
 * The ways in which files are compressed: one compressed stream at a time, by its library. */
#ifndef SBFOTA_LOG_CODEC_H
#define SBFOTA_LOG_CODEC_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    PACKED_HEAD = 1024 /* bytes that are looked at to tell what a file is packed in */
};

/* Bytes that a codec has not taken, and room that it has not filled. */
struct codec_span {
    const unsigned char *in;
    size_t in_left;
    unsigned char *out;
    size_t out_left;
};

enum codec_step {
    CODEC_GOES_ON = 0, /* needs more bytes, or more room */
    CODEC_ENDS,        /* the stream has come to its end */
    CODEC_FAILS        /* it is damaged, or there is no memory */
};

/* A codec. `begin` makes the state of the first stream, or takes *state for another one; false without memory. `step` sets *why
 * when it fails. All take the state that `begin` has made. */
struct codec {
    const char *name;
    bool (*is_head)(const char *head, size_t length); /* do files begin so? */
    bool (*begin)(void **state);
    enum codec_step (*step)(void *state, struct codec_span *span, const char **why);
    void (*end)(void *state);
    const struct codec
        *fast; /* for what can be read again: what that one fails at is this one's; or NULL */
};

/* What some begin with, whether this build can read them or not. */
bool codec_is_bzip2(const char *head, size_t length);
bool codec_is_xz(const char *head, size_t length);
bool codec_is_lz4(const char *head, size_t length);

/* Those that a build may lack: then they tell that they fail. */
extern const struct codec codec_bzip2;
extern const struct codec codec_xz;
extern const struct codec codec_lz4;

/* Some libraries forget what a call has given if it fails: what came before the damage would depend on how much is read at once. So no
 * call both gives what is left of a block and reads on. It gets no bytes as long as the one before has filled its room, and then those
 * of a block at most, without the head of the next one. */
struct codec_pace {
    size_t asked; /* bytes that the library has asked for, with the next block's head */
    bool filled;
};

static inline size_t codec_pace(const struct codec_pace *pace, size_t head, size_t in_left)
{
    const size_t own = pace->asked > head ? pace->asked - head : pace->asked;
    return pace->filled ? 0 : own < in_left ? own : in_left;
}

/* As many bytes as libraries take at once. */
static inline unsigned codec_at_once(size_t length)
{
    return length < UINT_MAX / 2 ? (unsigned)length : UINT_MAX / 2;
}

/* The codec of a file that begins so, or NULL. */
const struct codec *codec_find(const char *head, size_t length);

/* What a stream may make its library ask for. */
#define CODEC_MEMORY_MAX (192U << 20)

#endif
