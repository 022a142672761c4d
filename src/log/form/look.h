/* SPDX-License-Identifier: MIT
 *
 * What the first lines of a log say of a form. */
#ifndef SBFOTA_LOG_LOOK_H
#define SBFOTA_LOG_LOOK_H

#include "log/scan/finder.h"

/* What must be known of a log before its lines can be read in reading->form. `holds`: may a message stand in one of its lines? */
void reading_prepare(struct reading *reading, struct bytes sample, bool holds);

/* Choose the form of a file, among those with a name, from its first lines: it is prepared, and reading_look must follow
 * unless reading->looked. The last byte of `sample` must be a line feed. */
void reading_choose(struct finder *trial, struct reading *reading, struct bytes sample);

/* What is learned of its lines, if not all texts are the modem's alone, to be freed. reading_look must follow. False without memory. */
bool reading_learn(struct reading *reading, struct bytes sample, struct learned **learned);

/* The same with what a form is that the user has named. */
bool reading_take(struct finder *trial, struct reading *reading, struct bytes sample,
                  struct learned **learned);

/* Only whether its texts hold line ends: the form has been chosen, and is prepared. */
void reading_look(struct finder *trial, struct reading *reading, struct bytes sample);

/* How the dates of a log have day and month: by those with a day over 12. */
void reading_order(struct reading *reading, struct bytes sample);

#endif
