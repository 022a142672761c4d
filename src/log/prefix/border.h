/* SPDX-License-Identifier: MIT
 *
 * Lines that go over the border of two files of one log: who puts logs away may cut anywhere. */
#ifndef SBFOTA_LOG_BORDER_H
#define SBFOTA_LOG_BORDER_H

#include "log/prefix/form.h"

/* How many bytes of a file that begins with `head` may be the rest of a line, with its end; 0 if the line does not end there and
 * the file goes on behind it. */
size_t border_measure(const struct reading *reading, struct bytes head, bool is_whole_file);

/* Are the bytes up to `border`, at the end of one file, and those behind it one line? Not if what is behind stands for itself, or if
 * they make nothing that is known together. There is a line feed behind the line, which is as before afterwards. */
bool border_joins(const struct reading *reading, char *line, size_t length, size_t border);

#endif
