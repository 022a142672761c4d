/* SPDX-License-Identifier: MIT
 *
 * The record of a modem: its fields, and the formats that are lists of them. */
#ifndef SBFOTA_CLI_MODEM_RECORD_H
#define SBFOTA_CLI_MODEM_RECORD_H

#include "log/fleet.h"
#include "log/record_value.h"
#include "modem_state.h"
#include "writer.h"

/* Each once, in the order of the output. */
enum modem_field {
    MODEM_MODEM = 0,
    MODEM_FILE, /* of a log that names no modem */
    MODEM_PHASE,
    MODEM_PERCENT,
    MODEM_OUTCOME,
    MODEM_ATTEMPTS,
    MODEM_UPDATED,
    MODEM_FIRST_SEEN,
    MODEM_LAST_SEEN,
    MODEM_POWER,
    MODEM_POLLING_STOPPED,
    MODEM_NEXT_POLL_EARLIEST,
    MODEM_NEXT_POLL_LATEST,
    MODEM_DELAY,
    MODEM_TEXT,
    MODEM_PHASE_SINCE,
    MODEM_SILENT,
    MODEM_POWER_LOSSES,
    MODEM_ADVICE,
    MODEM_FIELDS
};

/* One modem, as of its last event. */
struct modem_record {
    struct fleet_member member; /* whose `extra` is a struct modem_state */
    int64_t now; /* milliseconds since 1970 that silence counts up to; INT64_MIN if not known */
};

/* A text may stand in `buffer`, of TIME_SIZE bytes. */
struct record_value modem_record_value(const struct modem_record *record, enum modem_field field,
                                       char *buffer);

/* Milliseconds since its last event; false if they are not known. */
bool modem_record_silence(const struct modem_record *record, int64_t *milliseconds);

void modem_record_put_json(struct writer *writer, const struct modem_record *record);
void modem_record_put_csv(struct writer *writer, const struct modem_record *record);
void modem_record_put_csv_heading(struct writer *writer);

#endif
