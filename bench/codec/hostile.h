/* SPDX-License-Identifier: MIT
 *
 * Streams made to hurt: garbage, lines that never end, lines that are almost ours. */
#ifndef BENCH_CODEC_HOSTILE_H
#define BENCH_CODEC_HOSTILE_H

#include "codec/jobs.h"

/* How many there are, and what the one with this number is called. */
size_t hostile_count(void);
const char *hostile_name(size_t number);

/* Make it, `size` bytes long. False without memory. */
bool hostile_make(struct input *input, size_t number, size_t size);

#endif
