/* SPDX-License-Identifier: MIT
 *
 * What there is to tell about a file. */
#ifndef SBFOTA_LOG_TOLD_H
#define SBFOTA_LOG_TOLD_H

#include <stdint.h>

/* Not known where. */
#define TOLD_NO_BYTE UINT64_MAX

enum told {
    TOLD_NOTE,      /* how it is read */
    TOLD_LEARNED,   /* from which byte on it is read in another way */
    TOLD_SKIPPED,   /* it was left out */
    TOLD_TROUBLE,   /* it could not be read, or not to its end */
    TOLD_DAMAGED,   /* what it is packed in is */
    TOLD_LACKING,   /* this build cannot unpack it */
    TOLD_SHRUNK,    /* it was cut short while it was read */
    TOLD_PACKED,    /* too often, or too much comes out of it */
    TOLD_IS_OUTPUT, /* it is what is written to, which must stay as it is */
    TOLD_NO_MEMORY  /* of no file */
};

#endif
