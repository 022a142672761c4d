/* SPDX-License-Identifier: MIT
 *
 * The hash of a field's name, the same for upper and lower case: its length, and the bytes at its ends and at a third. */
#ifndef SBFOTA_GRAMMAR_FIELD_HASH_H
#define SBFOTA_GRAMMAR_FIELD_HASH_H

#include <stddef.h>

static inline unsigned field_hash(const char *name, size_t length, unsigned factor)
{
    const unsigned first = (unsigned char)name[0] | 0x20U;
    const unsigned inner = (unsigned char)name[length / 3] | 0x20U;
    const unsigned last = (unsigned char)name[length - 1] | 0x20U;
    return (((unsigned)length << 24 ^ first << 16 ^ inner << 8 ^ last) * factor) >> 16;
}

#endif
