/* SPDX-License-Identifier: MIT
 *
 * Lines that hold a message or a command of SBFOTA: what stands before it tells what stands before the other lines of the modem. */
#ifndef SBFOTA_LOG_ANCHOR_H
#define SBFOTA_LOG_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>

enum anchor_kind {
    ANCHOR_NONE = 0,
    ANCHOR_URC,
    ANCHOR_ANSWER,
    ANCHOR_COMMAND
};

struct anchor {
    enum anchor_kind kind;
    const char *begin; /* where +QIND, +QCFGEXT or AT stands */
    const char *end;   /* behind its last field */
    bool doubled;      /* its quotes are written twice, as CSV does */
    bool spelled;      /* in some other way than as themselves */
    bool percent;      /* all of it, as in addresses of the web */
    bool lossy;        /* there is a blank where a comma was */
    bool placeholder;  /* behind it stands the name of a field, as in manuals */
};

/* The first that begins before `end`, the line feed of a line or the end of a part of it. False if there is none. */
bool anchor_find(const char *begin, const char *end, struct anchor *anchor);

#endif
