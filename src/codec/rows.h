/* SPDX-License-Identifier: MIT
 *
 * The catalogue as the parser and the formatter need it: no pointers, no names. Private to the
 * codec. */
#ifndef SBFOTA_CODEC_ROWS_H
#define SBFOTA_CODEC_ROWS_H

#include <sbfota/sbfota.h>

#include "../../gen/keywords.inc"

/* One message, in four bytes. */
struct sbfota_row {
    uint8_t keyword; /* where its keyword stands in sbfota_keywords; the stage stands behind it */
    uint8_t keyword_length;
    uint32_t family : 3;   /* enum sbfota_family */
    uint32_t argument : 4; /* enum sbfota_argument */
    uint32_t range : 3;    /* of its argument: which of sbfota_ranges */
    uint32_t sender : 2;   /* enum sbfota_sender */
    uint32_t stage_length : 4;
};

/* What a number may be; anything if `max` is 0. */
struct sbfota_range {
    uint32_t max : 31;
    uint32_t min : 1;
};

/* By kind; SBFOTA_NONE has family 0. */
extern const struct sbfota_row sbfota_rows[SBFOTA_KIND_COUNT];
extern const struct sbfota_range sbfota_ranges[SBFOTA_RANGE_COUNT];
extern const char sbfota_keywords[];

/* Do the tables have this code? `argument` is SBFOTA_ARGUMENT_POLLING_CODE, _HTTP_CODE or
 * _UPDATE_CODE. */
//@ assigns \nothing;
bool sbfota_code_is_known(unsigned argument, int32_t value);

/* What is odd about a message's number: SBFOTA_FLAG_OUT_OF_RANGE, SBFOTA_FLAG_UNKNOWN_CODE or 0,
 * which all numbers are that have neither range nor table. */
/*@ requires kind < SBFOTA_KIND_COUNT;
    assigns \nothing; */
uint8_t sbfota_judge(unsigned kind, int32_t value);

#endif
