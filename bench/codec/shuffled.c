/* SPDX-License-Identifier: MIT */
#include "codec/dense.h"

static enum sbfota_family roll_other_family(struct dice *dice)
{
    static const enum sbfota_family families[] = {SBFOTA_FAMILY_WORD, SBFOTA_FAMILY_CME,
                                                  SBFOTA_FAMILY_RESPONSE, SBFOTA_FAMILY_COMMAND,
                                                  SBFOTA_FAMILY_TEST};
    return families[dice_roll(dice, sizeof families / sizeof families[0])];
}

static void add_one(struct dense *dense, enum sbfota_family family)
{
    struct sbfota_event event = roll_event(&dense->dice, roll_kind(&dense->dice, family));
    /* The note spells most messages in more than one way, and mixes them in one session. */
    if (dice_roll(&dense->dice, 4) == 0)
        respell(&event, (uint8_t)dice_next(&dense->dice));
    dense_add(dense, &event);
}

bool dense_shuffle(struct dense *dense, size_t size, size_t room)
{
    if (!dense_begin(dense, "shuffled", size, room))
        return false;
    while (!dense_is_full(dense)) {
        if (dice_roll(&dense->dice, 4) != 0) {
            add_one(dense, SBFOTA_FAMILY_URC);
            continue;
        }
        const enum sbfota_family family = roll_other_family(&dense->dice);
        add_one(dense, family);
        /* A command is answered: no host sends another before. */
        if (family == SBFOTA_FAMILY_COMMAND || family == SBFOTA_FAMILY_TEST)
            add_one(dense, SBFOTA_FAMILY_WORD);
    }
    return true;
}
