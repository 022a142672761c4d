/* SPDX-License-Identifier: MIT
 *
 * The fields of an attempt: grammar/attempt_fields.def. */
#ifndef SBFOTA_LOG_ATTEMPT_FIELDS_H
#define SBFOTA_LOG_ATTEMPT_FIELDS_H

#include "fleet.h"
#include "record_value.h"

enum attempt_field {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) ATTEMPT_##id,
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
    ATTEMPT_FIELDS
};

/* A text may stand in `time`, of TIME_SIZE bytes. */
struct record_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                  enum attempt_field field, char *time);

#endif
