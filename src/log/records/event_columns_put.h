/* SPDX-License-Identifier: MIT
 *
 * What event_columns and event_columns_take share: values of an event in the row at hand. */
#ifndef SBFOTA_LOG_EVENT_COLUMNS_PUT_H
#define SBFOTA_LOG_EVENT_COLUMNS_PUT_H

#include "log/records/event_columns.h"
#include "log/records/event_fields.h"
#include "log/tables/column_fields.h"

/* What the times of a log count from; local is without a zone. */
enum {
    WORD_UTC = 0,
    WORD_LOCAL,
    WORD_YEAR,
    WORD_DAY,
    WORD_START,
    WORD_CLOCKS
};

/* What comes of the message's argument. */
void event_columns_put_argument(struct columns *columns, const struct record *record, bool utf8);

/* A time as time_show shows it; no data: nothing. Times that count from the line before (deltas) are of no clock. */
void event_columns_put_time(struct columns *columns, struct bytes time, bool deltas);

/* What comes of the message. */
void event_columns_put_message(struct columns *columns, const struct record *record, bool raw);

#endif
