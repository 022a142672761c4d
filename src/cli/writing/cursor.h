/* SPDX-License-Identifier: MIT
 *
 * Writing where room has been made already. */
#ifndef SBFOTA_CLI_CURSOR_H
#define SBFOTA_CLI_CURSOR_H

#include <stdint.h>
#include <string.h>

/* Where the next byte goes. */
struct cursor {
    char *next;
};

static inline void cursor_bytes(struct cursor *cursor, const char *bytes, size_t length)
{
    memcpy(cursor->next, bytes, length);
    cursor->next += length;
}

/* The same where `size` bytes may be read and written: one copy of a fixed size. */
#define CURSOR_FIXED(cursor, bytes, length, size) \
    (memcpy((cursor)->next, (bytes), (size)), (cursor)->next += (length))

static inline void cursor_byte(struct cursor *cursor, char byte)
{
    *cursor->next++ = byte;
}

static inline void cursor_string(struct cursor *cursor, const char *string)
{
    cursor_bytes(cursor, string, strlen(string));
}

enum {
    CURSOR_NUMBER_ROOM = 32 /* what cursor_number may write to */
};

/* The digits of a number below 10^8, the first one in the lowest byte: all at once, since a division waits for the one before. */
static inline uint64_t cursor_digits(uint32_t number)
{
    const uint64_t halves = number / 10000 | (uint64_t)(number % 10000) << 32;
    const uint64_t hundreds = halves * 10486 >> 20 & 0x0000007f0000007fU;
    const uint64_t pairs = hundreds + ((halves - hundreds * 100) << 16);
    const uint64_t tens = pairs * 103 >> 10 & 0x000f000f000f000fU;
    return tens + ((pairs - tens * 10) << 8);
}

static inline void cursor_eight_digits(char *at, uint64_t digits)
{
    digits += 0x3030303030303030U;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(at, &digits, sizeof digits);
#else
    for (unsigned i = 0; i < sizeof digits; i++)
        at[i] = (char)(digits >> 8 * i & 0xff);
#endif
}

static inline void cursor_small_number(struct cursor *cursor, uint32_t number)
{
    uint64_t digits = cursor_digits(number);
    unsigned zeros = 0;
#if defined(__GNUC__)
    zeros = (unsigned)__builtin_ctzll(digits | 1ULL << 56) / 8;
#else
    while (zeros < 7 && (digits >> 8 * zeros & 0xff) == 0)
        zeros++;
#endif
    cursor_eight_digits(cursor->next, digits >> 8 * zeros);
    cursor->next += 8 - zeros;
}

static inline void cursor_unsigned(struct cursor *cursor, uint64_t number)
{
    const uint64_t step = 100000000;
    if (number >= step) {
        if (number >= step * step) {
            cursor_small_number(cursor, (uint32_t)(number / (step * step)));
            cursor_eight_digits(cursor->next, cursor_digits((uint32_t)(number / step % step)));
            cursor->next += 8;
        } else {
            cursor_small_number(cursor, (uint32_t)(number / step));
        }
        cursor_eight_digits(cursor->next, cursor_digits((uint32_t)(number % step)));
        cursor->next += 8;
    } else {
        cursor_small_number(cursor, (uint32_t)number);
    }
}

static inline void cursor_number(struct cursor *cursor, int64_t number)
{
    if (number < 0)
        cursor_byte(cursor, '-');
    cursor_unsigned(cursor, number < 0 ? 0U - (uint64_t)number : (uint64_t)number);
}

/* Numbers up to 999, written by one copy. */
struct cursor_small_numbers {
    char digits[1000][4]; /* up to three, and how many they are */
    char pairs[100][2];   /* with a leading zero */
};

static inline void cursor_prepare(struct cursor_small_numbers *small)
{
    for (unsigned number = 0; number < 1000; number++) {
        struct cursor cursor = {small->digits[number]};
        if (number >= 100)
            cursor_byte(&cursor, (char)('0' + number / 100));
        if (number >= 10)
            cursor_byte(&cursor, (char)('0' + number / 10 % 10));
        cursor_byte(&cursor, (char)('0' + number % 10));
        small->digits[number][3] = (char)(cursor.next - small->digits[number]);
    }
    for (unsigned number = 0; number < 100; number++) {
        small->pairs[number][0] = (char)('0' + number / 10);
        small->pairs[number][1] = (char)('0' + number % 10);
    }
}

static inline void cursor_from_small(struct cursor *cursor,
                                     const struct cursor_small_numbers *small, uint64_t number)
{
    if (number < 1000) {
        memcpy(cursor->next, small->digits[number], 4);
        cursor->next += small->digits[number][3];
    } else {
        cursor_unsigned(cursor, number);
    }
}

/* Numbers that mostly grow a little from one to the next: all but the last four digits are kept. */
struct cursor_counter {
    uint64_t base; /* a multiple of 10,000; 0 while nothing is kept */
    char digits[16];
    size_t length;
};

static inline void cursor_count(struct cursor *cursor, struct cursor_counter *counter,
                                const struct cursor_small_numbers *small, uint64_t number)
{
    uint64_t rest = number - counter->base;
    if (rest >= 10000 || counter->base == 0) {
        if (number < 10000 || number >= 1000000000000000) {
            cursor_unsigned(cursor, number);
            return;
        }
        char room[CURSOR_NUMBER_ROOM];
        struct cursor digits = {room};
        cursor_unsigned(&digits, number / 10000);
        counter->length = (size_t)(digits.next - room);
        memcpy(counter->digits, room, sizeof counter->digits);
        rest = number % 10000;
        counter->base = number - rest;
    }
    CURSOR_FIXED(cursor, counter->digits, counter->length, sizeof counter->digits);
    const uint32_t hundreds = (uint32_t)rest / 100;
    memcpy(cursor->next, small->pairs[hundreds], 2);
    memcpy(cursor->next + 2, small->pairs[(uint32_t)rest - hundreds * 100], 2);
    cursor->next += 4;
}

#endif
