/* SPDX-License-Identifier: MIT
 *
 * Commands of others: a module that is sent one answers no earlier command any more. */
#ifndef SBFOTA_LOG_COMMAND_H
#define SBFOTA_LOG_COMMAND_H

#include <sbfota/sbfota.h>
#include <stdbool.h>

#include "record.h"

/* Is a text a command, of whatever kind? AT alone is one, and what begins with AT only if a command can follow there. */
bool command_is(struct bytes text);

/* Is a line a command that the parser does not know as one of ours? `text` is the line, of one that is overlong its begin at
 * least. */
static inline bool command_is_others(unsigned kind, struct bytes text)
{
    return (kind == SBFOTA_OTHER || kind == SBFOTA_MALFORMED || kind == SBFOTA_OVERLONG) &&
           command_is(text);
}

#endif
