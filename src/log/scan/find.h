/* SPDX-License-Identifier: MIT
 *
 * From a block of a file to events, as far as each line can be understood by itself. */
#ifndef SBFOTA_LOG_FIND_H
#define SBFOTA_LOG_FIND_H

#include "log/scan/finder.h"

/* Find all events of a block and count its lines. With `all` every line is one; else the messages, the commands and their
 * answers, and those result codes that may answer a command of this block. Of a log with torn messages nothing is found:
 * order_block does. */
void finder_block(struct finder *finder, struct block *block);

/* Add, behind the other events, the result codes of those modems that are watched: the next one of each, up to its next
 * command. */
void finder_answers(struct finder *finder, const struct block *block);

#endif
