/* SPDX-License-Identifier: MIT
 *
 * CSV cells. */
#ifndef SBFOTA_CLI_OUT_CSV_H
#define SBFOTA_CLI_OUT_CSV_H

#include "cli/writing/writer.h"
#include "log/text/record.h"

/* A quoted cell that no spreadsheet takes for a formula, without the comma behind it. */
void csv_put_text(struct writer *writer, struct bytes text);

#endif
