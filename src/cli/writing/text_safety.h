/* SPDX-License-Identifier: MIT
 *
 * Text from a wire, a file name or a user on its way to a terminal, a JSON string or a CSV cell. */
#ifndef SBFOTA_CLI_TEXT_SAFETY_H
#define SBFOTA_CLI_TEXT_SAFETY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "log/text/utf8.h"

struct text_span {
    const char *data;
    size_t length;
};

/* One character, or one byte of a text that is not UTF-8. */
struct text_unit {
    uint32_t code;
    size_t length; /* bytes that it stands for, at least 1 */
    bool
        plain; /* may go to a terminal as it is: no control, no bidirectional mark, no line separator */
};

/* The first character of a text that text_is_utf8 has accepted, or its first byte if `utf8` is
 * false. */
struct text_unit text_next(const char *bytes, size_t length, bool utf8);

/* Write a unit as it is if it is plain ASCII or plain UTF-8, else as \xNN or \u{NNNN}. At most 12
 * bytes; returns how many. A byte of a text that is not UTF-8 is plain only in ASCII. */
size_t text_escape(const struct text_unit *unit, const char *bytes, char *out);

/* How many columns of a terminal a plain character over ASCII fills: 0 for marks that stand on
 * the one before, 2 for those of East Asia that are wide, else 1. */
size_t text_columns(uint32_t code);

/* The bytes of eight that not any output may hold as they are: those that are no printable ASCII, the
 * quote, the backslash. Each has its highest bit set, and so may have bytes above the lowest such one. */
static inline uint64_t text_odd_bytes(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101U;
    const uint64_t upper = ones * 0x80;
    const uint64_t quote = word ^ ones * '"';
    const uint64_t backslash = word ^ ones * '\\';
    const uint64_t delete = word ^ ones * 0x7f;
    const uint64_t odd =
        (word - ones * 0x20) | (quote - ones) | (backslash - ones) | (delete - ones);
    return (word | odd) & upper;
}

static inline bool text_is_plain(uint64_t word)
{
    return text_odd_bytes(word) == 0;
}

/* How many of the eight bytes that were loaded are plain so, before the first that is not; perhaps fewer. */
static inline size_t text_plain_bytes(uint64_t word)
{
    const uint64_t odd = text_odd_bytes(word);
    if (odd == 0)
        return sizeof word;
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(odd) / 8;
#else
    return 0;
#endif
}

/* How many bytes at the begin of a text are plain so; perhaps fewer than there are. */
static inline size_t text_plain_run(const char *bytes, size_t length)
{
    uint64_t word;
    size_t at = 0;
    while (length >= sizeof word && at < length) {
        /* The last word overlaps the one before. */
        const size_t from = at + sizeof word <= length ? at : length - sizeof word;
        memcpy(&word, bytes + from, sizeof word);
        if (!text_is_plain(word))
            break;
        at = from + sizeof word;
    }
    return at;
}

#endif
