/* SPDX-License-Identifier: MIT
 *
 * Numbers as saved: little-endian, two's complement, whatever the machine. */
#ifndef SBFOTA_SESSION_BYTES_H
#define SBFOTA_SESSION_BYTES_H

#include <stdint.h>

static inline uint8_t *sbfota_put(uint8_t *next, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        *next++ = (uint8_t)(value >> 8 * i);
    return next;
}

static inline uint64_t sbfota_get(const uint8_t **next, unsigned size)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < size; i++)
        value |= (uint64_t) * (*next)++ << 8 * i;
    return value;
}

/* The signed number whose two's complement is `value`. */
static inline int64_t sbfota_signed_64(uint64_t value)
{
    return value <= INT64_MAX ? (int64_t)value : -(int64_t)(UINT64_MAX - value) - 1;
}

static inline int32_t sbfota_signed_32(uint64_t value)
{
    return value <= INT32_MAX ? (int32_t)value : -(int32_t)(UINT32_MAX - value) - 1;
}

#endif
