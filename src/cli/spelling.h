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
#ifndef SBFOTA_CLI_SPELLING_H
#define SBFOTA_CLI_SPELLING_H

#include "log/record.h"
#include "writer.h"

/* Is there anything to say? */
bool spelling_is_canonical(const struct record *record);

/* Write all of it but the text behind `=`. Only printable ASCII without quotes and backslashes. */
void spelling_put(struct writer *writer, const struct record *record);

/* Does it end in `=` and the text? */
bool spelling_has_text(const struct record *record);

/* What encode reads of it. */
struct spelling {
    unsigned bits; /* enum sbfota_spelling */
    bool has_lead;
    bool has_tail;
    bool has_text;
    struct bytes lead; /* ENDS as they stand */
    struct bytes tail;
    struct bytes text;
};

/* False if it is not of this form. What it points to is `as`. */
bool spelling_read(struct bytes as, struct spelling *spelling);

/* Write ENDS as the line ends that they stand for. */
void spelling_put_ends(struct writer *writer, struct bytes ends);

#endif
