/* SPDX-License-Identifier: MIT
 *
 * What a header, or the prefix of a chunk, says of the texts below it. */
#ifndef SBFOTA_LOG_SAID_BEFORE_H
#define SBFOTA_LOG_SAID_BEFORE_H

#include "log/prefix/line.h"
#include "log/text/names.h"
#include "log/text/time.h"

struct said_before {
    enum direction direction;
    uint8_t time_length;
    bool is_new; /* no text has come since */
    bool is_cut; /* its line ends in a carriage return, which is no part of texts either */
    char time[TIME_SIZE + 1];
    uint8_t modem_length;
    char modem[UINT8_MAX + 1];
};

/* The last header of each source. Start with all zero; end with sources_free. */
struct sources {
    struct names names;
    struct said_before *said;
    uint32_t capacity;
};

/* Keep what a header says, and give it to a text below. */
void said_keep(struct said_before *said, const struct line *header);
void said_tell(const struct said_before *said, struct line *line);

/* What the last header of a source said; NULL without memory. */
struct said_before *sources_find(struct sources *sources, struct bytes source);

void sources_free(struct sources *sources);

#endif
