/* SPDX-License-Identifier: MIT
 *
 * The lines beside those of messages. In a log they begin as these do; in a text that speaks of messages they say something else. */
#ifndef SBFOTA_LOG_NEIGHBOURS_H
#define SBFOTA_LOG_NEIGHBOURS_H

#include "log/form/lesson.h"

struct neighbours {
    /* The next line of an anchor but for empty ones, or the one before, begins as it does; or there is no other line. */
    bool alike;
    bool of_wire; /* so does a line anywhere that is none of an anchor, before a text of the wire */
};

/* Those of the anchors of one shape, from the first one on. */
struct neighbours neighbours_read(const struct lesson *lesson, size_t first);

#endif
