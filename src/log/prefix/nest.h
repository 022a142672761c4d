/* SPDX-License-Identifier: MIT
 *
 * Texts in the fields of a log that are again lines of a log: Docker keeps what a program has printed, with its logger's prefix. */
#ifndef SBFOTA_LOG_NEST_H
#define SBFOTA_LOG_NEST_H

#include "log/prefix/learned.h"

/* Take the text of a line apart. What the outer record says stays: the time, the modem, the direction. */
void nest_read(const struct learned *learned, bool torn, struct line *line);

#endif
