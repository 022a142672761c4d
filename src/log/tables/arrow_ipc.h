/* SPDX-License-Identifier: MIT
 *
 * Columns as an Arrow IPC stream. */
#ifndef SBFOTA_LOG_ARROW_IPC_H
#define SBFOTA_LOG_ARROW_IPC_H

#include "log/tables/byte_sink.h"
#include "log/tables/columns.h"

/* Each writes what stands next in the stream; false without memory. */
bool arrow_ipc_begin(const struct columns *columns, struct byte_sink *sink);
/* All rows are a batch; they stay what they are. Dictionaries of words are written with the `first` one, those of names with each. */
bool arrow_ipc_batch(struct columns *columns, bool first, struct byte_sink *sink);
void arrow_ipc_end(struct byte_sink *sink);

#endif
