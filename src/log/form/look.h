/* SPDX-License-Identifier: MIT
 *
 * What the first lines of a log say of a form. */
#ifndef SBFOTA_LOG_LOOK_H
#define SBFOTA_LOG_LOOK_H

#include "log/prefix/form.h"

/* Choose how to read a file, among the forms with a name, from its first lines. The last byte of `sample` must be a line feed. */
void reading_choose(struct reading *reading, struct bytes sample);

/* The same with what a form is that the user has named. What is learned goes to *learned, to be freed. False without memory. */
bool reading_take(struct reading *reading, struct bytes sample, struct learned **learned);

/* Only whether its texts hold line ends: the form has been chosen. */
void reading_look(struct reading *reading, struct bytes sample);

/* How the dates of a log have day and month: by those with a day over 12. */
void reading_order(struct reading *reading, struct bytes sample);

#endif
