/* SPDX-License-Identifier: MIT
 *
 * Modems as JSON Lines and CSV. */
#ifndef SBFOTA_CLI_OUT_MODEMS_H
#define SBFOTA_CLI_OUT_MODEMS_H

#include "log/modem_fields.h"
#include "writer.h"

void modem_put_json(struct writer *writer, const struct modem_record *record);
void modem_put_csv(struct writer *writer, const struct modem_record *record);
void modem_put_csv_heading(struct writer *writer);

#endif
