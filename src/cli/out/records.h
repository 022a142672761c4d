/* SPDX-License-Identifier: MIT
 *
 * Attempts and modems as JSON Lines and CSV. */
#ifndef SBFOTA_CLI_OUT_RECORDS_H
#define SBFOTA_CLI_OUT_RECORDS_H

#include "cli/options.h"
#include "cli/writing/writer.h"
#include "log/records/record_value.h"

/* What stands before the first record: of CSV, the names of its columns. */
void records_begin(struct writer *writer, enum output_format format,
                   const struct record_kind *kind);

/* A record as CSV, or else as JSON. */
void record_put(struct writer *writer, enum output_format format, const struct record_kind *kind,
                const void *record);

/* Milliseconds as seconds, without zeros at the end. */
void value_put_seconds(struct writer *writer, long long milliseconds);

#endif
