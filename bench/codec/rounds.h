/* SPDX-License-Identifier: MIT
 *
 * Timing in rounds: each contender runs once a round, so that whatever else the machine does hits all alike. What counts
 * is a contender's best round. */
#ifndef BENCH_CODEC_ROUNDS_H
#define BENCH_CODEC_ROUNDS_H

#include "codec/jobs.h"

struct contender {
    const char *name;
    job_function *run;
    const struct input *input;
    double seconds; /* of the best round */
    size_t bytes;
    uint64_t events;
};

void rounds_run(struct contender *contenders, size_t count, unsigned rounds);

#endif
