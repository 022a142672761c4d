/* SPDX-License-Identifier: MIT
 *
 * What the machine keeps while a line is read. Private to the codec.
 *
 * One of parser_goto.c and parser_table.c has sbfota_parse and sbfota_parse_batch, the other is
 * empty: SBFOTA_PARSER_TABLE decides. A state that the machine does not have, from a
 * damaged struct, stands for the middle of another's line. */
#ifndef SBFOTA_CODEC_REGISTERS_H
#define SBFOTA_CODEC_REGISTERS_H

#include <sbfota/sbfota.h>

/* Marks in the spelling register, above the bits of enum sbfota_spelling. */
enum {
    SBFOTA_MARK_NEGATIVE = 1 << 8,
    SBFOTA_MARK_IRREGULAR = 1 << 9
};

/* Values of the kind register, above those of enum sbfota_kind. */
enum {
    SBFOTA_KIND_ACCEPT_RANGE = 0x3e, /* a SBFOTA_RANGE of sbfota_accept */
    SBFOTA_KIND_CME_TEXT = 0x3f,     /* a SBFOTA_CME_ERROR with a text */
    SBFOTA_KIND_FAILED = 0x80        /* SBFOTA_MALFORMED; the reason in the bits below */
};

/* Is this kind one of a message, not of a line that is none? Those come behind all messages. */
/*@ assigns \nothing;
    ensures \result ==> SBFOTA_NONE < kind < SBFOTA_KIND_COUNT; */
static inline bool sbfota_is_message(unsigned kind)
{
    return kind > SBFOTA_NONE && kind < SBFOTA_UNKNOWN;
}

/* The longest run of line ends that one event stands for: what sbfota_event.lead holds. */
enum {
    SBFOTA_LEAD_MAX = 65535
};

/* The state at a line's start, in both styles. */
enum {
    SBFOTA_START_STATE = 0
};

#endif
