/* SPDX-License-Identifier: MIT
 *
 * Commands of others: a module that is sent one answers no earlier command any more. Several in one line, among them ours. */
#ifndef SBFOTA_LOG_COMMAND_H
#define SBFOTA_LOG_COMMAND_H

#include <sbfota/sbfota.h>
#include <stdbool.h>

#include "log/text/record.h"

/* Is a text a command, of whatever kind? AT alone is one, and what begins with AT only if a command can follow there. */
bool command_is(struct bytes text);

/* Is a line a command that the parser does not know as one of ours? `text` is the line, of one that is overlong its begin at
 * least. */
static inline bool command_is_others(unsigned kind, struct bytes text)
{
    return (kind == SBFOTA_OTHER || kind == SBFOTA_MALFORMED || kind == SBFOTA_OVERLONG) &&
           command_is(text);
}

/* How long is the head of a frame or a packet, CMUX's or TCP's, that stands in a line before one of our commands? Before a URC there is a line
 * end. 0 if the line is no such one. */
size_t command_measure_head(unsigned kind, struct bytes text);

/* Does a line that the parser says is of `kind` join several commands, of which one at least is of ours? AT+CSQ;+QCFGEXT="sbfota_accept",1
 * [ITU-T V.250, 5.2.1, 5.4.1] Or does one stand behind a head, which is no part of it? */
bool command_is_joined(unsigned kind, struct bytes text);

/* The next command of such a line, of which `joined` is the event and `text` the text, from *place on, which is 0 at first and goes behind
 * it. False at the line's end. */
bool command_next(const struct sbfota_event *joined, struct bytes text, size_t *place,
                  struct sbfota_event *event);

#endif
