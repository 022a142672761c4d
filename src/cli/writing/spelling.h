/* SPDX-License-Identifier: MIT
 *
 * `as`, written to an output and read from one. */
#ifndef SBFOTA_CLI_SPELLING_H
#define SBFOTA_CLI_SPELLING_H

#include "cli/writing/writer.h"
#include "log/text/spelling.h"

/* Write all of it but the text behind `=`. */
void spelling_put(struct writer *writer, const struct record *record);

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
