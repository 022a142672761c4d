/* SPDX-License-Identifier: MIT
 *
 * The modems whose answer to a command of ours may stand in the lines to come. */
#ifndef SBFOTA_LOG_WATCH_H
#define SBFOTA_LOG_WATCH_H

#include "log/text/names.h"

/* Start with all zero; end with watch_free. */
struct answer_watch {
    size_t count;
    struct names modems; /* that are or were watched */
    uint32_t *rounds;    /* by modem: it is watched if the number is that of the present round */
    uint32_t capacity;
    uint32_t round;
};

/* Watch nobody. Must be called before the first watch_add. */
void watch_clear(struct answer_watch *watch);

/* False without memory. */
bool watch_add(struct answer_watch *watch, struct bytes modem);

/* Was it watched? */
bool watch_remove(struct answer_watch *watch, struct bytes modem);

void watch_free(struct answer_watch *watch);

#endif
