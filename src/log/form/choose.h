/* SPDX-License-Identifier: MIT
 *
 * How a log is read: by the form that makes most of it. */
#ifndef SBFOTA_LOG_CHOOSE_H
#define SBFOTA_LOG_CHOOSE_H

#include "log/scan/find.h"

/* What a form makes of a part of a log. */
struct yield {
    long messages;       /* whole ones, less what is told of as odd */
    unsigned odd;        /* told as such */
    long words;          /* of the whole ones those that name nobody: RDY, OK */
    unsigned wrong;      /* of the module's, said to be the host's */
    unsigned times;      /* how many of them have one */
    unsigned directions; /* likewise */
    bool all;            /* of the lines that may be ours each gives something */
    unsigned glued;
    const char *example; /* where the text of the first of these begins */
};

/* What a way to read makes of a part of a log that ends in a line feed. `trial` is used for that. */
struct yield choose_yield(struct finder *trial, const struct reading *reading, struct bytes sample);

/* Does one way make more of the same part than another? */
bool yield_is_better(const struct yield *yield, const struct yield *than);

/* Choose the form of a log from a part of it that ends in a line feed. `trial` is used for that; nothing of it is kept. What is
 * learned goes to *learned, to be freed, NULL if nothing is. False without memory. */
bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned);

/* Read a part of a log that ends in a line feed, by itself: what is found stands in trial->events. */
void read_part(struct finder *trial, const struct reading *reading, struct bytes part);

#endif
