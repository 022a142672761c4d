/* SPDX-License-Identifier: MIT
 *
 * What the harnesses share. Each takes any bytes and stops the program where a promise is broken. */
#ifndef SBFOTA_FUZZ_FUZZ_H
#define SBFOTA_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the engines call: libFuzzer, AFL++ and replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop if a promise does not hold. */
#define CHECK(promise)   \
    ((promise) ? (void)0 \
               : (fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise), abort()))

/* The memory sanitizer does not see what other libraries do. */
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define FUZZ_MEMORY_SANITIZER
#include <sanitizer/msan_interface.h>
#endif
#endif

enum {
    PLAN_MAX = 8
};

/* The last bytes of an input say how it is taken; those before are what is taken. A seed is then
 * mostly what it looks like. */
struct plan {
    uint8_t bytes[PLAN_MAX];
    size_t count;
    size_t next;
};

/* Cut the plan off; the length of what is left. */
static inline size_t plan_take(struct plan *plan, const uint8_t *data, size_t size)
{
    memset(plan, 0, sizeof *plan);
    plan->count = size < PLAN_MAX ? size : PLAN_MAX;
    if (plan->count > 0)
        memcpy(plan->bytes, data + size - plan->count, plan->count);
    return size - plan->count;
}

/* The next byte of a plan, from the begin again at its end. */
static inline unsigned plan_next(struct plan *plan)
{
    if (plan->count == 0)
        return 0;
    return plan->bytes[plan->next++ % plan->count];
}

/* A number below `limit`, which is not 0. */
static inline unsigned plan_choose(struct plan *plan, unsigned limit)
{
    return plan_next(plan) % limit;
}

/* A copy of its own size, so that a sanitizer sees whoever reads past it. */
static inline uint8_t *fuzz_copy(const void *bytes, size_t length)
{
    uint8_t *const copy = malloc(length > 0 ? length : 1);
    CHECK(copy != NULL);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

#endif
