/* SPDX-License-Identifier: MIT
 *
 * Past runs of bytes that change nothing, several at once: what the goto-driven parser does in
 * states that a byte does not lead out of. Each call may stop too early, never too late; where
 * bytes cannot be compared at once, it stops at once. */
#ifndef SBFOTA_CODEC_SKIP_H
#define SBFOTA_CODEC_SKIP_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

#define SBFOTA_SKIPS

enum {
    SBFOTA_AT_A_TIME = 16
};

/* A bit for each of the 16 bytes from here on. */
typedef unsigned sbfota_bits;

static inline __m128i sbfota_load_16(const unsigned char *bytes)
{
    return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

static inline __m128i sbfota_are(__m128i bytes, char byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

static inline sbfota_bits sbfota_either(const unsigned char *bytes, char one, char other)
{
    const __m128i loaded = sbfota_load_16(bytes);
    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(sbfota_are(loaded, one), sbfota_are(loaded, other)));
}

/* Line ends, and plus signs that a Q follows. */
static inline sbfota_bits sbfota_turns(const unsigned char *bytes)
{
    const __m128i q = sbfota_are(_mm_or_si128(sbfota_load_16(bytes + 1), _mm_set1_epi8(' ')), 'q');
    const __m128i plus = _mm_and_si128(sbfota_are(sbfota_load_16(bytes), '+'), q);
    return sbfota_either(bytes, '\r', '\n') | (unsigned)_mm_movemask_epi8(plus);
}

/* Which of the 16 bits are not set? */
static inline sbfota_bits sbfota_others(sbfota_bits bits)
{
    return bits ^ 0xffff;
}

static inline unsigned sbfota_first(sbfota_bits bits)
{
    return (unsigned)__builtin_ctz(bits);
}

#elif defined(__GNUC__) && defined(__BYTE_ORDER__) && defined(__SIZEOF_POINTER__) && \
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && __SIZEOF_POINTER__ == 8
#include <string.h>

#define SBFOTA_SKIPS

enum {
    SBFOTA_AT_A_TIME = 8
};

/* The highest bit of each of the eight bytes from here on. */
typedef uint64_t sbfota_bits;

/*@ requires \valid_read(bytes + (0 .. 7));
    assigns \nothing; */
static inline uint64_t sbfota_load_8(const unsigned char *bytes)
{
    uint64_t loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

//@ assigns \nothing;
static inline sbfota_bits sbfota_are(uint64_t bytes, char byte)
{
    const uint64_t ones = ~0ULL / 255;
    const uint64_t zeros = bytes ^ (unsigned char)byte * ones;
    return ~(((zeros & ones * 0x7f) + ones * 0x7f) | zeros) & ones << 7;
}

/*@ requires \valid_read(bytes + (0 .. 7));
    assigns \nothing; */
static inline sbfota_bits sbfota_either(const unsigned char *bytes, char one, char other)
{
    const uint64_t loaded = sbfota_load_8(bytes);
    return sbfota_are(loaded, one) | sbfota_are(loaded, other);
}

/*@ requires \valid_read(bytes + (0 .. 8));
    assigns \nothing; */
static inline sbfota_bits sbfota_turns(const unsigned char *bytes)
{
    const uint64_t q = sbfota_are(sbfota_load_8(bytes + 1) | ' ' * (~0ULL / 255), 'q');
    return sbfota_either(bytes, '\r', '\n') | (sbfota_are(sbfota_load_8(bytes), '+') & q);
}

//@ assigns \nothing;
static inline sbfota_bits sbfota_others(sbfota_bits bits)
{
    return bits ^ (~0ULL / 255 << 7);
}

/*@ requires bits != 0;
    assigns \nothing;
    ensures \result < SBFOTA_AT_A_TIME; */
static inline unsigned sbfota_first(sbfota_bits bits)
{
    return (unsigned)__builtin_ctzll(bits) / 8;
}
#endif

#ifdef SBFOTA_SKIPS

/*@ predicate is_piece(unsigned char *p, unsigned char *pe) =
        \base_addr(p) == \base_addr(pe) && 0 <= pe - p && \valid_read(p + (0 .. pe - p - 1)); */

/* Past the bytes of a piece at a time of which none is `bits`. By itself: what calls it keeps
 * its registers. */
#define SBFOTA_SKIP(name, bits)                                                              \
    /*@ requires is_piece(p, pe);                                                          \
        assigns \nothing;                                                                  \
        ensures is_piece(p, \result) && is_piece(\result, pe); */ \
    static __attribute__((noinline)) const unsigned char *name(const unsigned char *p,       \
                                                               const unsigned char *pe)      \
    {                                                                                        \
        /*@ loop invariant is_piece(\at(p, Pre), p) && is_piece(p, pe);                    \
            loop assigns p;                                                                \
            loop variant pe - p; */ \
        while (pe - p > SBFOTA_AT_A_TIME) {                                                  \
            const sbfota_bits found = (bits);                                                \
            if (found != 0)                                                                  \
                return p + sbfota_first(found);                                              \
            p += SBFOTA_AT_A_TIME;                                                           \
        }                                                                                    \
        return p;                                                                            \
    }

/* Past text that tells nothing of its line: up to a line end, or to a plus sign that may begin a
 * URC. */
SBFOTA_SKIP(sbfota_skip_text, sbfota_turns(p))
/* Past line ends. */
SBFOTA_SKIP(sbfota_skip_line_ends, sbfota_others(sbfota_either(p, '\r', '\n')))
/* Past blanks. */
SBFOTA_SKIP(sbfota_skip_blanks, sbfota_others(sbfota_either(p, ' ', '\t')))

#else

#define sbfota_skip_text(p, pe) (p)
#define sbfota_skip_line_ends(p, pe) (p)
#define sbfota_skip_blanks(p, pe) (p)

#endif

#endif
