/* SPDX-License-Identifier: MIT
 *
 * The last of bytes: what memchr is for the first. */
#ifndef SBFOTA_LOG_LAST_H
#define SBFOTA_LOG_LAST_H

#include "codec/vector.h"

/* Where the last such byte of [begin, end) stands; NULL if there is none. */
static inline const char *last_byte(const char *begin, const char *end, char byte)
{
    for (; end - begin >= SBFOTA_AT_A_TIME; end -= SBFOTA_AT_A_TIME) {
        const char *const at = end - SBFOTA_AT_A_TIME;
        const sbfota_vector found = sbfota_are(sbfota_load_vector(at), (unsigned char)byte);
        if (sbfota_any(found))
            return at + 31 - __builtin_clz(sbfota_bits(found));
    }
    while (end > begin)
        if (*--end == byte)
            return end;
    return NULL;
}

/* Where the line begins that goes on at `at`, in a text from `begin` on. */
static inline const char *line_begin(const char *at, const char *begin)
{
    const char *const feed = last_byte(begin, at, '\n');
    return feed == NULL ? begin : feed + 1;
}

#endif
