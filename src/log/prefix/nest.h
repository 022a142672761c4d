/* SPDX-License-Identifier: MIT
 *
 * Texts in the fields of a log that are again lines of a log: Docker keeps what a program has printed, with its logger's prefix. */
#ifndef SBFOTA_LOG_NEST_H
#define SBFOTA_LOG_NEST_H

#include "log/prefix/form.h"

/* Learn from the texts of a sample what stands before and behind the modem's. Nothing is learned, and *learned is NULL, if the form
 * has no fields or all texts are the modem's alone. The last byte of `sample` must be a line feed. False without memory. */
bool nest_learn(const struct reading *reading, struct bytes sample, struct learned **learned);

/* Take the text of a line apart. What the outer record says stays: the time, the modem, the direction. */
void nest_read(const struct learned *learned, bool torn, struct line *line);

#endif
