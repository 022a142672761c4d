/* SPDX-License-Identifier: MIT
 *
 * What each action of grammar/actions.rl does, for both parser styles, one effect each. They
 * stand on `p` (the byte), on `parser`, whose fields are the machine's registers, and on OFFSET,
 * its place in the stream, and POSITION, its place in the line, which each style has in its own
 * way. */
#ifndef SBFOTA_CODEC_ACTIONS_H
#define SBFOTA_CODEC_ACTIONS_H

#include "registers.h"

/* A magnitude grows by a digit; past 32 bits it stays at the top, where every range check
 * refuses it. */
#define GROW(number, digit) \
    ((number) >= UINT32_MAX / 10 ? UINT32_MAX : (number)*10 + (uint32_t)((digit) - '0'))
/*@ ghost
    /@ requires '0' <= digit <= '9';
       assigns \nothing;
       ensures \result == (number < UINT32_MAX / 10 ? number * 10 + (digit - '0') : UINT32_MAX); @/
    uint32_t grow(uint32_t number, unsigned char digit)
    {
        return GROW(number, digit);
    } */

#define BEGIN_TEXT (parser->lead = (uint16_t)(OFFSET - parser->text), parser->text = OFFSET)
#define OPEN_KEYWORD (parser->value = POSITION + 1)
#define CLOSE_KEYWORD (parser->extent = POSITION - parser->value)
#define OPEN_TEXT (parser->extent = POSITION)
#define MARK_URC (parser->mark = (uint8_t)POSITION)

#define NEGATIVE (parser->spelling |= SBFOTA_MARK_NEGATIVE)
#define FIRST_DIGIT (parser->value = (uint32_t)(*p - '0'))
#define NEXT_DIGIT (parser->value = GROW(parser->value, *p))
#define FIRST_UPPER (parser->extent = (uint32_t)(*p - '0'))
#define NEXT_UPPER (parser->extent = GROW(parser->extent, *p))

#define SPELL(bit) (parser->spelling |= SBFOTA_SPELLING_##bit)
#define IRREGULAR (parser->spelling |= SBFOTA_MARK_IRREGULAR)

#define BECOME(id) (parser->kind = SBFOTA_##id)
#define BECOME_UNKNOWN (parser->kind = SBFOTA_KIND_FAILED | SBFOTA_REASON_UNKNOWN_KEYWORD)
#define BECOME_CME_TEXT (parser->kind = SBFOTA_KIND_CME_TEXT)
#define BECOME_ACCEPT_RANGE (parser->kind = SBFOTA_KIND_ACCEPT_RANGE)
#define FAIL(reason) \
    (parser->kind = SBFOTA_KIND_FAILED | SBFOTA_REASON_##reason, parser->value = POSITION)
#define FAIL_GLUED \
    (parser->kind = SBFOTA_KIND_FAILED | SBFOTA_REASON_GLUED, parser->value = parser->mark)

#endif
