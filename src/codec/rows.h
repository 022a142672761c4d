/* SPDX-License-Identifier: MIT
 *
 * The catalogue as the parser and the formatter need it: no pointers, no names. Private to the
 * codec. */
#ifndef SBFOTA_CODEC_ROWS_H
#define SBFOTA_CODEC_ROWS_H

#include <sbfota/sbfota.h>

/* One message, in eight bytes. */
struct sbfota_row {
    uint32_t max : 21;     /* greatest value; no range if 0 */
    uint32_t min : 1;      /* least value */
    uint32_t family : 3;   /* enum sbfota_family */
    uint32_t argument : 4; /* enum sbfota_argument */
    uint32_t sender : 2;   /* enum sbfota_sender */
    uint16_t keyword; /* where its keyword stands in sbfota_keywords; the stage stands behind it */
    uint8_t keyword_length;
    uint8_t stage_length;
};

/* By kind; SBFOTA_NONE has family 0. */
extern const struct sbfota_row sbfota_rows[SBFOTA_KIND_COUNT];
extern const char sbfota_keywords[];

/* Do the tables have this code? `argument` is SBFOTA_ARGUMENT_POLLING_CODE, _HTTP_CODE or
 * _UPDATE_CODE. */
//@ assigns \nothing;
bool sbfota_code_is_known(unsigned argument, int32_t value);

#endif
