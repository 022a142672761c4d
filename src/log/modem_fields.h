/* SPDX-License-Identifier: MIT
 *
 * The fields of a modem: grammar/modem_fields.def. */
#ifndef SBFOTA_LOG_MODEM_FIELDS_H
#define SBFOTA_LOG_MODEM_FIELDS_H

#include "modem_state.h"
#include "record_value.h"

enum modem_field {
#define MODEM_FIELD(id, type, need, where, meaning, section) MODEM_##id,
#include "modem_fields.def"
#undef MODEM_FIELD
    MODEM_FIELDS
};

/* One modem, as of its last event. */
struct modem_record {
    struct fleet_member member; /* whose `extra` is a struct modem_state */
    int64_t now; /* milliseconds since 1970 that silence counts up to; INT64_MIN if not known */
};

/* A text may stand in `buffer`, of TIME_SIZE bytes. */
struct record_value modem_value(const struct modem_record *record, enum modem_field field,
                                char *buffer);

/* Milliseconds since its last event; false if they are not known. */
bool modem_silence(const struct modem_record *record, int64_t *milliseconds);

#endif
