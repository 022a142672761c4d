/* SPDX-License-Identifier: MIT
 *
 * What is told: records of messages and of what has happened, bells, commands of --on, the end of --until. */
#ifndef SBFOTA_CLI_WATCH_TELL_H
#define SBFOTA_CLI_WATCH_TELL_H

#include "watch.h"

/* A message, as decode tells it. */
void watch_tell_record(struct watch *watch, const struct watch_port *port, struct record *record,
                       int64_t time);

/* Something has happened. `event` and `text`: the message that tells it, or NULL. */
void watch_raise(struct watch *watch, struct watch_port *port, unsigned alarm,
                 const struct sbfota_event *event, const char *text);

#endif
