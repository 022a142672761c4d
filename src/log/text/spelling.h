/* SPDX-License-Identifier: MIT
 *
 * `as`: how a record was spelled and framed, beside its fields, so that encode gives the same bytes. Words with a blank
 * between, each only where it differs from the canonical form:
 *
 *     b1 b2 b3   a blank behind the first, second, third comma
 *     nopct      no percent sign          blank      "polling time"       at        `at` for `AT`
 *     single     a range (1)              list       a range (0,1)
 *     <ENDS      the line ends before     >ENDS      the line ends behind
 *     =TEXT      the text itself, to the end: a spelling that the note never prints
 *
 * ENDS are c (CR), l (LF) and w (CRLF), each with a count before it if over 1; none for no line end.
 */
#ifndef SBFOTA_LOG_SPELLING_H
#define SBFOTA_LOG_SPELLING_H

#include "log/text/record.h"

/* Is there anything to say? */
bool spelling_is_canonical(const struct record *record);

/* Does it end in `=` and the text? */
bool spelling_has_text(const struct record *record);

/* Bytes that spelling_write writes at most: its words, and line ends each as a number and a letter. */
size_t spelling_most(const struct record *record);

/* Write all of it but the text behind `=`; how many bytes. Only printable ASCII without quotes and backslashes. */
size_t spelling_write(const struct record *record, char *out);

/* The bit of enum sbfota_spelling that a word stands for; 0 if it is none. */
unsigned spelling_bit(struct bytes word);

#endif
