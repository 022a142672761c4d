/* SPDX-License-Identifier: MIT
 *
 * What the names of files say. */
#ifndef SBFOTA_CAPTURE_FILE_NAME_H
#define SBFOTA_CAPTURE_FILE_NAME_H

#include "record.h"

/* The modem that a log is named after: the file's name without folders and ending, and without what says that it is compressed
 * or has been put away. It is a part of `file`. */
struct bytes file_name_modem(const char *file);

#endif
