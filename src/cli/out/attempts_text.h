/* SPDX-License-Identifier: MIT
 *
 * Attempts as a table for people: a line each, in the columns that there is room for. */
#ifndef SBFOTA_CLI_OUT_ATTEMPTS_TEXT_H
#define SBFOTA_CLI_OUT_ATTEMPTS_TEXT_H

#include <sbfota/log.h>

#include "cli/writing/look.h"

void attempts_table_put_heading(struct writer *writer, const struct look *look);
void attempts_table_put(struct writer *writer, const struct look *look,
                        const struct sbfota_log_attempt *attempt);

#endif
