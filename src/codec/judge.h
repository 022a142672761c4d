/* SPDX-License-Identifier: MIT
 *
 * What is odd about a message's number, at once and not by a call: for the goto style. */
#ifndef SBFOTA_CODEC_JUDGE_H
#define SBFOTA_CODEC_JUDGE_H

#include "rows.h"

/* Proved of the rows. */
/*@ ghost
    /@ assigns \nothing;
       ensures \forall integer kind; 0 <= kind < SBFOTA_KIND_COUNT ==>
           sbfota_rows[kind].range < SBFOTA_RANGE_COUNT; @/
    void see_ranges(void) {} */

/* What sbfota_judge says. */
/*@ requires kind < SBFOTA_KIND_COUNT;
    assigns \nothing; */
static inline uint8_t sbfota_judge_at_once(unsigned kind, int32_t value)
{
    const struct sbfota_row *const row = &sbfota_rows[kind];
    //@ ghost see_ranges();
    const struct sbfota_range *const range = &sbfota_ranges[row->range];
    if (row->argument >= SBFOTA_ARGUMENT_POLLING_CODE)
        return sbfota_code_is_known(row->argument, value) ? 0 : SBFOTA_FLAG_UNKNOWN_CODE;
    const bool is_outside = value < (int32_t)range->min || value > (int32_t)range->max;
    return range->max != 0 && is_outside ? SBFOTA_FLAG_OUT_OF_RANGE : 0;
}

#endif
