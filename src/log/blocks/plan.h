/* SPDX-License-Identifier: MIT
 *
 * How a log is read, as it can be kept and told to others: the part of it that tells its form. The form that is chosen from that
 * is the same wherever it is chosen. */
#ifndef SBFOTA_LOG_PLAN_H
#define SBFOTA_LOG_PLAN_H

#include <sbfota/log.h>

#include "log/prefix/form.h"

enum {
    PLAN_SAMPLE = 256 * 1024 /* bytes of it at most */
};

struct sbfota_log_plan {
    bool splits;   /* any part of it can be read by itself */
    uint8_t form;  /* its place among capture_forms; that the log is packed if it is their end */
    size_t length; /* of the sample; 0 if it is not needed */
    char sample[];
};

/* NULL without memory. */
struct sbfota_log_plan *plan_make(const struct reading *reading, bool splits, struct bytes sample);

#endif
