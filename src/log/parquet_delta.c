/* SPDX-License-Identifier: MIT */
#include "parquet_delta.h"

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
    while (bits < 64 && value >> bits != 0)
        bits++;
    return bits;
}

/* The lowest byte first. */
static inline void put_word(char *to, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (char)(word >> 8 * i & 0xff);
}

/* PART numbers of so many bits each, the lowest first; what is behind them. */
static char *put_part(char *to, const uint64_t *numbers, unsigned width)
{
    uint64_t bits = 0;
    unsigned have = 0; /* under 32 */
    for (unsigned i = 0; i < PART; i++) {
        uint64_t number = numbers[i];
        unsigned left = width;
        if (left > 32) {
            bits |= (number & UINT32_MAX) << have;
            put_word(to, (uint32_t)bits);
            to += 4;
            bits >>= 32;
            number >>= 32;
            left -= 32;
        }
        bits |= number << have;
        have += left;
        if (have >= 32) {
            put_word(to, (uint32_t)bits);
            to += 4;
            bits >>= 32;
            have -= 32;
        }
    }
    return to;
}

/* Up to BLOCK differences: those behind them are 0, as the format wants it. */
static void put_block(struct byte_buffer *out, const int64_t *values, size_t count, bool narrow)
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
    put_zigzag(out, least);
    char *const widths = byte_buffer_add(out, PARTS + BLOCK * sizeof(uint64_t));
    if (widths == NULL)
        return;
    char *to = widths + PARTS;
    for (size_t part = 0; part < PARTS; part++) {
        uint64_t *const numbers = deltas + part * PART;
        uint64_t all = 0;
        for (size_t i = 0; i < PART; i++) {
            numbers[i] = part * PART + i < count ? numbers[i] - (uint64_t)least : 0;
            all |= numbers[i];
        }
        widths[part] = (char)bits_of(all);
        to = put_part(to, numbers, bits_of(all));
    }
    out->used = (size_t)(to - out->bytes);
}

void parquet_put_integers(struct byte_buffer *out, const int64_t *values, size_t count, bool narrow)
{
    byte_buffer_varint(out, BLOCK);
    byte_buffer_varint(out, PARTS);
    byte_buffer_varint(out, count);
    put_zigzag(out, count > 0 ? values[0] : 0);
    for (size_t at = 1; at < count; at += BLOCK)
        put_block(out, values + at - 1, count - at < BLOCK ? count - at : BLOCK, narrow);
}

/* How many bytes two texts begin with alike. */
static inline size_t count_alike(const char *one, const char *other, size_t most)
{
    size_t at = 0;
    uint64_t a, b;
    for (; at + sizeof a <= most; at += sizeof a) {
        memcpy(&a, one + at, sizeof a);
        memcpy(&b, other + at, sizeof b);
        if (a != b)
            break;
    }
    while (at < most && one[at] == other[at])
        at++;
    return at;
}

static void put_rest(char *to, const char *bytes, const int64_t *rests, const int64_t *prefixes,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        memcpy(to, bytes + prefixes[i], (size_t)rests[i]);
        to += rests[i];
        bytes += prefixes[i] + rests[i];
    }
}

void parquet_put_texts(struct byte_buffer *out, const char *bytes, int64_t *lengths,
                       int64_t *prefixes, size_t count)
{
    const char *next = bytes;
    size_t before = 0;
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t length = (size_t)lengths[i];
        const size_t alike = count_alike(next - before, next, before < length ? before : length);
        prefixes[i] = (int64_t)alike;
        lengths[i] = (int64_t)(length - alike);
        sum += length - alike;
        next += length;
        before = length;
    }
    parquet_put_integers(out, prefixes, count, true);
    parquet_put_integers(out, lengths, count, true);
    char *const to = sum == 0 ? NULL : byte_buffer_add(out, sum);
    if (to != NULL)
        put_rest(to, bytes, lengths, prefixes, count);
}
