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

/* Numbers up to 999, written by one copy. */
struct pen_small_numbers {
    char digits[1000][4]; /* up to three, and how many they are */
    char pairs[100][2];   /* with a leading zero */
};

static inline void pen_prepare(struct pen_small_numbers *small)
{
    for (unsigned number = 0; number < 1000; number++) {
        struct pen pen = {small->digits[number]};
        if (number >= 100)
            pen_byte(&pen, (char)('0' + number / 100));
        if (number >= 10)
            pen_byte(&pen, (char)('0' + number / 10 % 10));
        pen_byte(&pen, (char)('0' + number % 10));
        small->digits[number][3] = (char)(pen.next - small->digits[number]);
    }
    for (unsigned number = 0; number < 100; number++) {
        small->pairs[number][0] = (char)('0' + number / 10);
        small->pairs[number][1] = (char)('0' + number % 10);
    }
}

static inline void pen_from_small(struct pen *pen, const struct pen_small_numbers *small,
                                  uint64_t number)
{
    if (number < 1000) {
        memcpy(pen->next, small->digits[number], 4);
        pen->next += small->digits[number][3];
    } else {
        pen_unsigned(pen, number);
    }
}

/* Numbers that mostly grow a little from one to the next: all but the last four digits are kept. */
struct pen_counter {
    uint64_t base; /* a multiple of 10,000; 0 while nothing is kept */
    char digits[16];
    size_t length;
};

static inline void pen_count(struct pen *pen, struct pen_counter *counter,
                             const struct pen_small_numbers *small, uint64_t number)
{
    uint64_t rest = number - counter->base;
    if (rest >= 10000 || counter->base == 0) {
        if (number < 10000 || number >= 1000000000000000) {
            pen_unsigned(pen, number);
            return;
        }
        char room[PEN_NUMBER_ROOM];
        struct pen digits = {room};
        pen_unsigned(&digits, number / 10000);
        counter->length = (size_t)(digits.next - room);
        memcpy(counter->digits, room, sizeof counter->digits);
        rest = number % 10000;
        counter->base = number - rest;
    }
    PEN_FIXED(pen, counter->digits, counter->length, sizeof counter->digits);
    const uint32_t hundreds = (uint32_t)rest / 100;
    memcpy(pen->next, small->pairs[hundreds], 2);
    memcpy(pen->next + 2, small->pairs[(uint32_t)rest - hundreds * 100], 2);
    pen->next += 4;
}

#endif
