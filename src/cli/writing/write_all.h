/* SPDX-License-Identifier: MIT
 *
 * Bytes that are written whole, whatever the system takes at once. */
#ifndef SBFOTA_CLI_WRITING_WRITE_ALL_H
#define SBFOTA_CLI_WRITING_WRITE_ALL_H

#include <stddef.h>

/* Returns how many were written: all of them, or fewer and errno. May be called in a handler of signals. */
size_t write_all(int fd, const char *bytes, size_t length);

#endif
