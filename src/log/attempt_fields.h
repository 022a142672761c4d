/* SPDX-License-Identifier: MIT
 *
 * The fields of an attempt: grammar/attempt_fields.def. */
#ifndef SBFOTA_LOG_ATTEMPT_FIELDS_H
#define SBFOTA_LOG_ATTEMPT_FIELDS_H

#include "fleet.h"

enum attempt_field {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) ATTEMPT_##id,
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
    ATTEMPT_FIELDS
};

/* The value of a field. */
struct attempt_value {
    enum {
        VALUE_NONE = 0, /* absent */
        VALUE_TEXT,
        VALUE_WORD, /* a text of our own, which needs no escapes; `number` tells which */
        VALUE_NUMBER,
        VALUE_SECONDS, /* `number` in milliseconds */
        VALUE_BOOL,
        VALUE_PROBLEMS /* `number` is a set of enum sbfota_problem */
    } type;
    struct bytes text;
    long long number;
};

/* A text may stand in `time`, of TIME_SIZE bytes. */
struct attempt_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                   enum attempt_field field, char *time);

#endif
