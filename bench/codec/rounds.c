/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "codec/rounds.h"

#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void run_once(struct contender *contender)
{
    struct tally tally = {.sum = 0};
    const double start = now();
    contender->bytes = contender->run(contender->input, &tally);
    const double seconds = now() - start;
    if (contender->seconds <= 0 || seconds < contender->seconds)
        contender->seconds = seconds;
    contender->events = 0;
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++)
        contender->events += tally.count[kind];
}

void rounds_run(struct contender *contenders, size_t count, unsigned rounds)
{
    for (unsigned round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            run_once(&contenders[i]);
}
