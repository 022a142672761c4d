/* SPDX-License-Identifier: MIT
 *
 * A raw capture with all its line ends: what encode turns back into the same bytes. */
#ifndef SBFOTA_LOG_RAW_H
#define SBFOTA_LOG_RAW_H

#include "log/text/record.h"

/* Where the bytes come from, and where the records go. */
struct raw_sink {
    /* The bytes that follow: 0 at the end, -1 if there are no more for an error. */
    ptrdiff_t (*read)(void *context, char *bytes, size_t length);
    /* One record; false to stop. */
    bool (*take)(void *context, const struct record *record);
    /* No more for the moment. */
    void (*pause)(void *context);
    void *context;
};

/* Read a whole log. A record comes when the line after it begins. Uses some 700 KiB whatever the input. False without
 * memory. */
bool raw_read(const struct raw_sink *sink, const char *file, struct bytes modem);

#endif
