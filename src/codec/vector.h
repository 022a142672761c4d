/* SPDX-License-Identifier: MIT
 *
 * Several bytes at once: by SSE2, by NEON, or as the eight bytes of a word. `|`, `&` and `^` of vectors are C's; what
 * differs between the three stands here. A mask has 0xff for each byte that something is true of, or, as a word, 0x80.
 *
 * SBFOTA_VECTORS is not defined where bytes cannot be compared at once. SBFOTA_NO_SIMD leaves the instructions out
 * that not every processor has. tests/test_vector.c holds all of it against one byte after another. */
#ifndef SBFOTA_CODEC_VECTOR_H
#define SBFOTA_CODEC_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) && defined(__BYTE_ORDER__)
#if defined(__SSE2__) && !defined(SBFOTA_NO_SIMD)
#include <emmintrin.h>
#define SBFOTA_VECTORS 16
#define SBFOTA_SIMD
#elif defined(__aarch64__) && defined(__ARM_NEON) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && \
    !defined(SBFOTA_NO_SIMD)
#include <arm_neon.h>
#define SBFOTA_VECTORS 16
#define SBFOTA_SIMD
#else
#define SBFOTA_VECTORS 8
#endif
#endif

#ifdef SBFOTA_VECTORS
enum {
    SBFOTA_AT_A_TIME = SBFOTA_VECTORS
};
#endif

#ifdef SBFOTA_SIMD

typedef unsigned char sbfota_vector __attribute__((vector_size(SBFOTA_VECTORS)));

/* The bytes from here on. */
static inline sbfota_vector sbfota_load_vector(const void *bytes)
{
    sbfota_vector loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* One byte, as often as a vector has room for it. */
static inline sbfota_vector sbfota_repeat(unsigned char byte)
{
    return (sbfota_vector){0} + byte;
}

/* Which bytes are this one? */
static inline sbfota_vector sbfota_are(sbfota_vector bytes, unsigned char byte)
{
    return (sbfota_vector)(bytes == byte);
}

/* Which are more above what stands in `least` than `span` says? That is 0, 9 over a '0', or 255. */
static inline sbfota_vector sbfota_beyond(sbfota_vector bytes, sbfota_vector least,
                                          sbfota_vector span)
{
    return (sbfota_vector)((bytes - least) > span);
}

/* Which are not from `least` to `most`? Both are ASCII. */
static inline sbfota_vector sbfota_outside(sbfota_vector bytes, unsigned char least,
                                           unsigned char most)
{
    return (sbfota_vector)((bytes - least) > (unsigned char)(most - least));
}

#ifdef __SSE2__
/* A bit for each byte of a mask, the first one's lowest. */
static inline unsigned sbfota_bits(sbfota_vector mask)
{
    return (unsigned)_mm_movemask_epi8((__m128i)mask);
}

/* How many bytes does a mask have that is not empty before its first one? */
static inline unsigned sbfota_first(sbfota_vector mask)
{
    return (unsigned)__builtin_ctz(sbfota_bits(mask));
}

static inline bool sbfota_any(sbfota_vector mask)
{
    return sbfota_bits(mask) != 0;
}
#else
/* Four bits for each byte of a mask. */
static inline uint64_t sbfota_nibbles(sbfota_vector mask)
{
    return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(mask), 4)), 0);
}

static inline unsigned sbfota_first(sbfota_vector mask)
{
    return (unsigned)__builtin_ctzll(sbfota_nibbles(mask)) / 4;
}

static inline bool sbfota_any(sbfota_vector mask)
{
    return sbfota_nibbles(mask) != 0;
}

static inline unsigned sbfota_bits(sbfota_vector mask)
{
    static const sbfota_vector places = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const sbfota_vector kept = mask & places;
    return vaddv_u8(vget_low_u8(kept)) | (unsigned)vaddv_u8(vget_high_u8(kept)) << 8;
}
#endif

/* The bytes that a mask leaves out. */
static inline sbfota_vector sbfota_others(sbfota_vector mask)
{
    return ~mask;
}

#elif defined(SBFOTA_VECTORS)

typedef uint64_t sbfota_vector;

/*@ requires \valid_read((const unsigned char *)bytes + (0 .. 7));
    assigns \nothing; */
static inline sbfota_vector sbfota_load_vector(const void *bytes)
{
    uint64_t loaded;
    memcpy(&loaded, bytes, sizeof loaded);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    loaded = __builtin_bswap64(loaded);
#endif
    return loaded;
}

//@ assigns \nothing;
static inline sbfota_vector sbfota_repeat(unsigned char byte)
{
    return byte * (~0ULL / 255);
}

//@ assigns \nothing;
static inline sbfota_vector sbfota_are(sbfota_vector bytes, unsigned char byte)
{
    const uint64_t lower = sbfota_repeat(0x7f);
    const uint64_t zeros = bytes ^ sbfota_repeat(byte);
    return ~(((zeros & lower) + lower) | zeros) & ~lower;
}

//@ assigns \nothing;
static inline sbfota_vector sbfota_beyond(sbfota_vector bytes, sbfota_vector least,
                                          sbfota_vector span)
{
    const uint64_t lower = sbfota_repeat(0x7f);
    const uint64_t differ = bytes ^ least;
    return (((differ & lower) + (~span & lower)) | differ) & ~span & ~lower;
}

//@ assigns \nothing;
static inline sbfota_vector sbfota_outside(sbfota_vector bytes, unsigned char least,
                                           unsigned char most)
{
    const uint64_t lower = sbfota_repeat(0x7f);
    const uint64_t under = ~((bytes & lower) + sbfota_repeat((unsigned char)(0x80 - least)));
    const uint64_t over = (bytes & lower) + sbfota_repeat((unsigned char)(0x7f - most));
    return (under | over | bytes) & ~lower;
}

//@ assigns \nothing;
static inline unsigned sbfota_bits(sbfota_vector mask)
{
    return (unsigned)((mask >> 7) * 0x0102040810204080U >> 56);
}

/*@ requires mask != 0;
    assigns \nothing;
    ensures \result < SBFOTA_AT_A_TIME; */
static inline unsigned sbfota_first(sbfota_vector mask)
{
    return (unsigned)__builtin_ctzll(mask) / 8;
}

/*@ assigns \nothing;
    ensures \result <==> mask != 0; */
static inline bool sbfota_any(sbfota_vector mask)
{
    return mask != 0;
}

//@ assigns \nothing;
static inline sbfota_vector sbfota_others(sbfota_vector mask)
{
    return mask ^ sbfota_repeat(0x80);
}
#endif

#endif
