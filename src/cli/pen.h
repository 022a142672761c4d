/* SPDX-License-Identifier: MIT
 *
 * Writing where room has been made already. */
#ifndef SBFOTA_CLI_PEN_H
#define SBFOTA_CLI_PEN_H

#include <stdint.h>
#include <string.h>

/* Where the next byte goes. */
struct pen {
    char *next;
};

static inline void pen_bytes(struct pen *pen, const char *bytes, size_t length)
{
    memcpy(pen->next, bytes, length);
    pen->next += length;
}

/* The same where `size` bytes may be read and written: one copy of a fixed size. */
#define PEN_FIXED(pen, bytes, length, size) \
    (memcpy((pen)->next, (bytes), (size)), (pen)->next += (length))

static inline void pen_byte(struct pen *pen, char byte)
{
    *pen->next++ = byte;
}

static inline void pen_string(struct pen *pen, const char *string)
{
    pen_bytes(pen, string, strlen(string));
}

enum {
    PEN_NUMBER_ROOM = 32 /* what pen_number may write to */
};

/* The digits of a number below 10^8, the first one in the lowest byte: all at once, since a division waits for the one before. */
static inline uint64_t pen_digits(uint32_t number)
{
    const uint64_t halves = number / 10000 | (uint64_t)(number % 10000) << 32;
    const uint64_t hundreds = halves * 10486 >> 20 & 0x0000007f0000007fU;
    const uint64_t pairs = hundreds + ((halves - hundreds * 100) << 16);
    const uint64_t tens = pairs * 103 >> 10 & 0x000f000f000f000fU;
    return tens + ((pairs - tens * 10) << 8);
}

static inline void pen_eight_digits(char *at, uint64_t digits)
{
    digits += 0x3030303030303030U;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(at, &digits, sizeof digits);
#else
    for (unsigned i = 0; i < sizeof digits; i++)
        at[i] = (char)(digits >> 8 * i & 0xff);
#endif
}

static inline void pen_small_number(struct pen *pen, uint32_t number)
{
    uint64_t digits = pen_digits(number);
    unsigned zeros = 0;
#if defined(__GNUC__)
    zeros = (unsigned)__builtin_ctzll(digits | 1ULL << 56) / 8;
#else
    while (zeros < 7 && (digits >> 8 * zeros & 0xff) == 0)
        zeros++;
#endif
    pen_eight_digits(pen->next, digits >> 8 * zeros);
    pen->next += 8 - zeros;
}

static inline void pen_unsigned(struct pen *pen, uint64_t number)
{
    const uint64_t step = 100000000;
    if (number >= step) {
        if (number >= step * step) {
            pen_small_number(pen, (uint32_t)(number / (step * step)));
            pen_eight_digits(pen->next, pen_digits((uint32_t)(number / step % step)));
            pen->next += 8;
        } else {
            pen_small_number(pen, (uint32_t)(number / step));
        }
        pen_eight_digits(pen->next, pen_digits((uint32_t)(number % step)));
        pen->next += 8;
    } else {
        pen_small_number(pen, (uint32_t)number);
    }
}

static inline void pen_number(struct pen *pen, int64_t number)
{
    if (number < 0)
        pen_byte(pen, '-');
    pen_unsigned(pen, number < 0 ? 0U - (uint64_t)number : (uint64_t)number);
}

#endif
