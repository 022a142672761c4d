/* SPDX-License-Identifier: MIT
 *
 * The time of a record as it is shown. */
#ifndef SBFOTA_CAPTURE_TIME_H
#define SBFOTA_CAPTURE_TIME_H

#include "record.h"

enum {
    TIME_SIZE = 64
};

/* RFC 3339 where the capture gives date and time, with as many digits and as much of a zone as it gives (seconds since
 * 1970 are UTC); else what it gives. The result is `captured` itself or stands in `buffer`. The byte behind `captured` must
 * be readable. */
struct bytes time_show(struct bytes captured, char buffer[TIME_SIZE]);

#endif
