/* SPDX-License-Identifier: MIT
 *
 * What any output of the tool must be, whatever the input: told by code that shares nothing with
 * the tool's. */
#ifndef SBFOTA_FUZZ_VALID_H
#define SBFOTA_FUZZ_VALID_H

#include <stdbool.h>
#include <stddef.h>

/* For a terminal: UTF-8 without a control byte but the line feed, and without what turns or breaks
 * a line. */
void valid_text(const char *text, size_t length);

/* Each line one object, of different keys and no control byte; each with an event, if `events`. */
void valid_jsonl(const char *text, size_t length, bool events);

/* After RFC 4180, each row as long as the first, no control byte, and no cell that a spreadsheet
 * would run. */
void valid_csv(const char *text, size_t length);

#endif
