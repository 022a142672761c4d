/* SPDX-License-Identifier: MIT
 *
 * Search for SBFOTA in the digits of dumps. */
#ifndef SBFOTA_LOG_DUMP_FIND_H
#define SBFOTA_LOG_DUMP_FIND_H

/* The begin of the first line in [begin, end) whose digits may spell SBFOTA, or the better half of it; NULL if there is none.
 * `begin` is the begin of a line. */
const char *dump_find(const char *begin, const char *end);

#endif
