/* SPDX-License-Identifier: MIT
 *
 * Numbers that look random and are the same in each run. */
#ifndef SBFOTA_SIMULATE_DICE_H
#define SBFOTA_SIMULATE_DICE_H

#include <stdint.h>

struct dice {
    uint64_t state;
};

/* splitmix64, by Sebastiano Vigna. */
static inline uint64_t dice_next(struct dice *dice)
{
    uint64_t mixed = dice->state += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
    return mixed ^ mixed >> 31;
}

/* One of 0 to sides - 1. */
static inline uint32_t dice_roll(struct dice *dice, uint32_t sides)
{
    return (uint32_t)((dice_next(dice) >> 32) * sides >> 32);
}

#endif
