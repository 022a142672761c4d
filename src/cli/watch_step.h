/* SPDX-License-Identifier: MIT
 *
 * One port, step by step: opened, read, written to, lost, opened again, given back. */
#ifndef SBFOTA_CLI_WATCH_STEP_H
#define SBFOTA_CLI_WATCH_STEP_H

#include "watch.h"

/* Open all that the command line names. False if one cannot be, which has been told. */
bool step_open_all(struct watch *watch, int64_t now);

/* What is due on a port; and when something will be, INT64_MAX for nothing. */
void step_port(struct watch *watch, struct watch_port *port, int64_t now);
int64_t step_due(const struct watch *watch, const struct watch_port *port);

/* It can be read; it takes what it did not take at once. */
void step_read(struct watch *watch, struct watch_port *port, int64_t now);
void step_write(struct watch_port *port);

/* It is watched no more: what is there is told, and it is given back. */
void step_finish(struct watch *watch, struct watch_port *port);

#endif
