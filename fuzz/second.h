/* SPDX-License-Identifier: MIT
 *
 * A second decoder of lines, written from the note with PCRE2 patterns: what the machine is held
 * against. Slow, and no part of the library. */
#ifndef SBFOTA_FUZZ_SECOND_H
#define SBFOTA_FUZZ_SECOND_H

#include <sbfota/sbfota.h>

/* Decode one line without its ends: all but offset, lead and ending. */
void second_decode(const void *line, size_t length, struct sbfota_event *event);

#endif
