/* SPDX-License-Identifier: MIT
 *
 * What the bytes of a port tell of its modem. */
#ifndef SBFOTA_CLI_WATCH_FOLLOW_H
#define SBFOTA_CLI_WATCH_FOLLOW_H

#include "watch.h"

/* Nothing is known yet. */
void follow_init(const struct watch *watch, struct watch_port *port, int64_t now);

/* The port is there, again: what the module has done meanwhile is not known. */
void follow_open(struct watch *watch, struct watch_port *port, int64_t now);

/* Bytes have come. */
void follow_bytes(struct watch *watch, struct watch_port *port, const char *bytes, size_t length);

/* There will be no more for now: a line that has begun is told as it is. */
void follow_close(struct watch *watch, struct watch_port *port);

/* A command was sent. */
void follow_sent(struct watch *watch, struct watch_port *port, const struct sbfota_event *command,
                 const char *text, size_t length);

/* What losing the power would do may have changed. `event` and `text`: the message that tells it, or NULL. */
void follow_power(struct watch *watch, struct watch_port *port, const struct sbfota_event *event,
                  const char *text);

/* The host's side of the dialogue may have given up. */
void follow_host(struct watch *watch, struct watch_port *port);

/* Is the module silent for too long? */
void follow_silence(struct watch *watch, struct watch_port *port, int64_t now);

#endif
