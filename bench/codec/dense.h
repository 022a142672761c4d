/* SPDX-License-Identifier: MIT
 *
 * Streams of which every line is ours. */
#ifndef BENCH_CODEC_DENSE_H
#define BENCH_CODEC_DENSE_H

#include "codec/events.h"

/* A stream, with as many of its first events as `events` has room for, and what every decoder must find in it. */
struct dense {
    struct input input;
    struct tally truth;
    struct dice dice;
    size_t size; /* when it is full */
    size_t room; /* for events */
};

/* Room for a stream of `size` bytes and `room` events. False without memory. */
bool dense_begin(struct dense *dense, const char *name, size_t size, size_t room);

static inline bool dense_is_full(const struct dense *dense)
{
    return dense->input.length >= dense->size;
}

void dense_add(struct dense *dense, const struct sbfota_event *event);

/* Every message there is, in an order and with numbers that nothing foretells: three lines in four are URCs. */
bool dense_shuffle(struct dense *dense, size_t size, size_t room);

/* Update after update as modems tell them: the same messages in the order of the procedure. */
bool dense_tell(struct dense *dense, size_t size, size_t room);

#endif
