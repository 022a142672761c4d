/* SPDX-License-Identifier: MIT */
#include "log/tables/parquet_delta.h"

enum {
    BLOCK = 128, /* differences with one least of all */
    PARTS = 4,   /* of a block, each packed with as many bits as it needs */
    PART = BLOCK / PARTS
};

static void put_zigzag(struct byte_buffer *out, int64_t value)
{
    byte_buffer_varint(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

static unsigned bits_of(uint64_t value)
{
    unsigned bits = 0;
    for (unsigned step = 32; step > 0; step /= 2)
        if (value >> step != 0) {
            value >>= step;
            bits += step;
        }
    return bits + (value != 0);
}

/* The lowest byte first. */
static inline char *put_word(char *to, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (char)(word >> 8 * i & 0xff);
    return to + 4;
}

/* PART numbers of up to 32 bits each, the lowest first; what is behind them. */
static char *put_part(char *to, const uint64_t *numbers, unsigned width)
{
    uint64_t bits = 0;
    unsigned have = 0; /* under 32 */
    for (unsigned i = 0; i < PART && width > 0; i++) {
        bits |= numbers[i] << have;
        have += width;
        if (have >= 32) {
            to = put_word(to, (uint32_t)bits);
            bits >>= 32;
            have -= 32;
        }
    }
    return to;
}

/* The same with more bits. */
static char *put_wide_part(char *to, const uint64_t *numbers, unsigned width)
{
    uint64_t bits = 0;
    unsigned have = 0; /* under 32 */
    for (unsigned i = 0; i < PART; i++) {
        bits |= (numbers[i] & UINT32_MAX) << have;
        to = put_word(to, (uint32_t)bits);
        bits = bits >> 32 | numbers[i] >> 32 << have;
        have += width - 32;
        if (have >= 32) {
            to = put_word(to, (uint32_t)bits);
            bits >>= 32;
            have -= 32;
        }
    }
    return to;
}

/* Up to BLOCK differences: those behind them are 0, as the format wants it. */
static inline void put_block(struct byte_buffer *out, const int64_t *values, size_t count,
                             bool narrow)
{
    uint64_t deltas[BLOCK];
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t delta = (uint64_t)values[i + 1] - (uint64_t)values[i];
        if (narrow)
            delta = (uint64_t)(int64_t)(int32_t)(uint32_t)delta;
        deltas[i] = delta;
        least = (int64_t)delta < least ? (int64_t)delta : least;
    }
    for (size_t i = count; i < BLOCK; i++)
        deltas[i] = (uint64_t)least;
    put_zigzag(out, least);
    char *const widths = byte_buffer_add(out, PARTS + BLOCK * sizeof(uint64_t));
    if (widths == NULL)
        return;
    char *to = widths + PARTS;
    for (size_t part = 0; part < PARTS; part++) {
        uint64_t *const numbers = deltas + part * PART;
        uint64_t all = 0;
        for (size_t i = 0; i < PART; i++) {
            numbers[i] -= (uint64_t)least;
            all |= numbers[i];
        }
        const unsigned width = bits_of(all);
        widths[part] = (char)width;
        to = width > 32 ? put_wide_part(to, numbers, width) : put_part(to, numbers, width);
    }
    out->used = (size_t)(to - out->bytes);
}

void parquet_put_integers(struct byte_buffer *out, const int64_t *values, size_t count, bool narrow)
{
    byte_buffer_varint(out, BLOCK);
    byte_buffer_varint(out, PARTS);
    byte_buffer_varint(out, count);
    put_zigzag(out, count > 0 ? values[0] : 0);
    for (size_t at = 1; at < count; at += BLOCK) {
        const size_t size = count - at < BLOCK ? count - at : BLOCK;
        if (narrow)
            put_block(out, values + at - 1, size, true);
        else
            put_block(out, values + at - 1, size, false);
    }
}

/* How many bytes two texts begin with alike; some behind them are read too, up to `end`. */
static inline size_t count_alike(const char *one, const char *other, size_t most, const char *end)
{
    size_t at = 0;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t a, b;
    for (; at < most && (size_t)(end - other) >= at + sizeof a; at += sizeof a) {
        memcpy(&a, one + at, sizeof a);
        memcpy(&b, other + at, sizeof b);
        if (a != b) {
            at += (unsigned)__builtin_ctzll(a ^ b) / 8;
            return at < most ? at : most;
        }
    }
#else
    (void)end;
#endif
    while (at < most && one[at] == other[at])
        at++;
    return at < most ? at : most;
}

enum {
    SHORT = 8 /* bytes that are copied at once, whatever stands behind them */
};

/* What is left of each text; SHORT more bytes may be written. */
static void put_rests(char *to, const char *bytes, const int64_t *rests, const int64_t *prefixes,
                      size_t count, const char *end)
{
    for (size_t i = 0; i < count; i++) {
        const size_t length = (size_t)rests[i];
        bytes += prefixes[i];
        if (length <= SHORT && end - bytes >= SHORT)
            memcpy(to, bytes, SHORT);
        else
            memcpy(to, bytes, length);
        to += length;
        bytes += length;
    }
}

void parquet_put_texts(struct byte_buffer *out, const char *bytes, int64_t *lengths,
                       int64_t *prefixes, size_t count)
{
    const char *next = bytes;
    const char *end = bytes;
    size_t before = 0;
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        end += lengths[i];
    for (size_t i = 0; i < count; i++) {
        const size_t length = (size_t)lengths[i];
        const size_t alike =
            count_alike(next - before, next, before < length ? before : length, end);
        prefixes[i] = (int64_t)alike;
        lengths[i] = (int64_t)(length - alike);
        sum += length - alike;
        next += length;
        before = length;
    }
    parquet_put_integers(out, prefixes, count, true);
    parquet_put_integers(out, lengths, count, true);
    char *const to = byte_buffer_add(out, sum + SHORT);
    if (to == NULL)
        return;
    put_rests(to, bytes, lengths, prefixes, count, end);
    out->used -= SHORT;
}
