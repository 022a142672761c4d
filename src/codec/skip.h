/* SPDX-License-Identifier: MIT
 *
 * Past runs of bytes that change nothing, several at once: what the goto-driven parser does in
 * states that a byte does not lead out of. Each call may stop too early, never too late, and never
 * at the end if it was not there already: it leaves a byte to look at. Where bytes cannot be
 * compared at once, it stops at once. */
#ifndef SBFOTA_CODEC_SKIP_H
#define SBFOTA_CODEC_SKIP_H

#include "vector.h"

/* Where registers have four bytes, words of eight cost more than they save. */
#if defined(SBFOTA_VECTORS) && __SIZEOF_POINTER__ == 8
#define SBFOTA_SKIPS

/*@ predicate is_piece(unsigned char *p, unsigned char *pe) =
        \base_addr(p) == \base_addr(pe) && 0 <= pe - p && \valid_read(p + (0 .. pe - p - 1)); */

/*@ requires \valid_read(bytes + (0 .. SBFOTA_AT_A_TIME - 1));
    assigns \nothing; */
static inline sbfota_vector sbfota_either(const unsigned char *bytes, unsigned char one,
                                          unsigned char other)
{
    const sbfota_vector loaded = sbfota_load_vector(bytes);
    return sbfota_are(loaded, one) | sbfota_are(loaded, other);
}

/* Line ends, and plus signs that a Q follows. */
/*@ requires \valid_read(bytes + (0 .. SBFOTA_AT_A_TIME));
    assigns \nothing; */
static inline sbfota_vector sbfota_turns(const unsigned char *bytes)
{
    const sbfota_vector q = sbfota_are(sbfota_load_vector(bytes + 1) | sbfota_repeat(' '), 'q');
    return sbfota_either(bytes, '\r', '\n') | (sbfota_are(sbfota_load_vector(bytes), '+') & q);
}

/* Past the bytes of a piece at a time of which none is in `mask`. By itself: what calls it keeps
 * its registers. */
#define SBFOTA_SKIP(name, mask)                                                              \
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
            const sbfota_vector found = (mask);                                              \
            if (sbfota_any(found))                                                           \
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
