/* SPDX-License-Identifier: MIT
 *
 * How JSON Lines and CSV write the values of a record's fields. */
#ifndef SBFOTA_CLI_OUT_VALUE_H
#define SBFOTA_CLI_OUT_VALUE_H

#include "log/record_value.h"
#include "writer.h"

/* One that is there, without its name. */
void value_put_json(struct writer *writer, const struct record_value *value);
/* A cell, empty for one that is absent. */
void value_put_csv(struct writer *writer, const struct record_value *value);

/* Milliseconds as seconds, without zeros at the end. */
void value_put_seconds(struct writer *writer, long long milliseconds);

#endif
