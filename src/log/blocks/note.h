/* SPDX-License-Identifier: MIT
 *
 * Something to tell of what is read. */
#ifndef SBFOTA_LOG_NOTE_H
#define SBFOTA_LOG_NOTE_H

#include <stdint.h>

#include "log/input/told.h"

/* Something to tell when its turn comes. What is told of a system without memory needs none. */
struct note {
    char text[400]; /* empty if there is nothing */
    enum told told;
    uint64_t byte; /* of the file, or TOLD_NO_BYTE */
};

struct note note_make(enum told told, uint64_t byte, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
