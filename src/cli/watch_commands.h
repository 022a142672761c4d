/* SPDX-License-Identifier: MIT
 *
 * Programs that are run for a port: those of --on, one behind the other in the order of what happened, and that of --accept-when.
 * What a module says is given to them in the environment, never in their command line. */
#ifndef SBFOTA_CLI_WATCH_COMMANDS_H
#define SBFOTA_CLI_WATCH_COMMANDS_H

#include "watch.h"

/* Something has happened that a command is to be run for. Of a module that says too much, what there is no room for is left out,
 * which is told. */
void commands_queue(struct watch_port *port, const struct watch_on *on, unsigned alarm,
                    const struct sbfota_event *event, const char *text);

/* Start what can be started. */
void commands_step(const struct watch *watch, struct watch_port *port, int64_t now);

/* Take note of those that have ended. */
void commands_collect(struct watch *watch);

/* Is there one of --on that has not ended? */
bool commands_are_busy(const struct watch_port *port);

/* The timer that commands_step waits for; INT64_MAX for none. */
int64_t commands_due(const struct watch *watch, const struct watch_port *port);

#endif
