/* SPDX-License-Identifier: MIT
 *
 * The fields of an event: grammar/event_fields.def. */
#ifndef SBFOTA_LOG_EVENT_FIELDS_H
#define SBFOTA_LOG_EVENT_FIELDS_H

#include "log/records/record_value.h"
#include "log/text/record.h"

/* All are columns. */
enum event_field {
#define EVENT_FIELD(id, type, need, where, meaning, section) EVENT_##id,
#include "event_fields.def"
#undef EVENT_FIELD
    EVENT_FIELDS
};

enum {
    ARGUMENT_VALUES = 3 /* that come of one argument at most */
};

struct event_value {
    enum event_field field; /* EVENT_code to EVENT_at */
    /* A VALUE_TEXT is a part of the record's text, and UTF-8 if all of that is. */
    struct record_value value;
};

/* What the argument of a record's message tells, in the order of the fields: how many values. */
unsigned event_argument(const struct record *record, struct event_value values[ARGUMENT_VALUES]);

#endif
