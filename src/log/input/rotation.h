/* SPDX-License-Identifier: MIT
 *
 * The files of a log that has been put away in parts: NAME.log, NAME.log.1, NAME.log.2.gz, NAME.log-20261101. */
#ifndef SBFOTA_LOG_ROTATION_H
#define SBFOTA_LOG_ROTATION_H

#include <stddef.h>

#include "log/input/log_file.h"

/* Find the files that are parts of one log, by their names, and put them one behind another, oldest first, where the first of them
 * stands; with `as_named` all stay where they are. False without memory. */
bool rotation_find(struct log_file *files, size_t count, bool as_named);

#endif
