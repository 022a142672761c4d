/* SPDX-License-Identifier: MIT
 *
 * Of Zephyr's kernel, what the sample uses. Written for this check: the declarations, none of the code. */
#ifndef STUB_KERNEL_H
#define STUB_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARG_UNUSED(x) (void)(x)
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

typedef struct {
    int64_t ticks;
} k_timeout_t;
#define K_SECONDS(s) ((k_timeout_t){(s)*1000})

int64_t k_uptime_get(void);

#endif
