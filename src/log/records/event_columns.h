/* SPDX-License-Identifier: MIT
 *
 * The columns of events: grammar/event_fields.def. */
#ifndef SBFOTA_LOG_EVENT_COLUMNS_H
#define SBFOTA_LOG_EVENT_COLUMNS_H

#include "log/prefix/block.h"
#include "log/tables/columns.h"

extern const struct column_fields event_columns;

/* One more row. The record's time is as time_show shows it, and its file's name stays where it is until the columns are cleared.
 * `raw`: with the text of every record. */
void event_columns_add(struct columns *columns, const struct record *record, bool raw);

/* Events of a block, a row each: the same rows. */
void event_columns_take(struct columns *columns, const struct block *block,
                        const struct log_event *events, size_t count, bool raw);

#endif
