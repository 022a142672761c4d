/* SPDX-License-Identifier: MIT
 *
 * How a log is read: by the form that makes most of it. */
#ifndef SBFOTA_LOG_CHOOSE_H
#define SBFOTA_LOG_CHOOSE_H

#include "find.h"

/* Choose the form of a log from a part of it that ends in a line feed. `trial` is used for that; nothing of it is kept. What is
 * learned goes to *learned, to be freed, NULL if nothing is. False without memory. */
bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned);

/* Read a part of a log that ends in a line feed, by itself: what is found stands in trial->events. */
void read_part(struct finder *trial, const struct reading *reading, struct bytes part);

#endif
