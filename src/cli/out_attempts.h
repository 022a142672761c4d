/* SPDX-License-Identifier: MIT
 *
 * The output formats of sessions. */
#ifndef SBFOTA_CLI_OUT_ATTEMPTS_H
#define SBFOTA_CLI_OUT_ATTEMPTS_H

#include "log/attempt_columns.h"
#include "log/attempt_fields.h"
#include "look.h"
#include "writer.h"

/* How an attempt is written. */
struct attempt_format {
    /* What stands before the first. `look` is that of a text. */
    void (*begin)(struct writer *writer, const struct look *look);
    void (*put)(struct writer *writer, const struct fleet *fleet, const struct log_attempt *attempt,
                const struct look *look);
};

extern const struct attempt_format attempt_text;
extern const struct attempt_format attempt_jsonl;
extern const struct attempt_format attempt_csv;

#endif
