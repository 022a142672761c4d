/* SPDX-License-Identifier: MIT
 *
 * What else a modem's log is full of: positions, MQTT, questions for signal and network, their answers. */
#ifndef BENCH_TOOL_TRAFFIC_H
#define BENCH_TOOL_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>

#include "simulate/dice.h"

enum {
    TRAFFIC_LINE_MAX = 160
};

/* A talk of host and module, or one line that the module sends by itself. */
struct talk {
    const char *const *next; /* NULL between talks */
};

/* Between talks an answer can belong to nobody else's command. */
static inline bool talk_is_over(const struct talk *talk)
{
    return talk->next == NULL;
}

/* Write the next line, of a new talk if the last is over; returns its length. */
size_t talk_on(struct talk *talk, struct dice *dice, char line[TRAFFIC_LINE_MAX], bool *from_host);

#endif
