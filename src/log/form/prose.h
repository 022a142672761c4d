/* SPDX-License-Identifier: MIT
 *
 * What stands around a message, as one reads it: the structure of a log (times, levels, marks, numbers, signs), or prose. */
#ifndef SBFOTA_LOG_PROSE_H
#define SBFOTA_LOG_PROSE_H

#include <stdbool.h>
#include <stdint.h>

struct sighting;

struct prose {
    uint8_t words;  /* of the prefix */
    bool begins;    /* with structure, as the lines of a log do */
    bool marked;    /* words stand behind a mark, where a text would */
    bool runs_on;   /* into the message, as a sentence does: by a word and a blank */
    bool goes_on;   /* behind the message */
    bool described; /* words behind the message say what it means */
    bool is_bare;   /* of structure */
    bool lists;     /* the same, and it ends in a quote or as a column of words */
    bool counts;    /* the same, and it ends as the begin of an item does: 1. and Step 1: */
};

struct prose prose_read(const struct sighting *sighting);

/* Does what stands before a message say that none has come there, whatever else the log has? It is glued to letters, spoken of as
 * what will come, part of a test's name or of a chart, or stands in a line that the text of a message could have forged. */
bool prose_refutes(const struct sighting *sighting);

#endif
