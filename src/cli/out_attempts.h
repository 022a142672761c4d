/* SPDX-License-Identifier: MIT
 *
 * The output formats of sessions. */
#ifndef SBFOTA_CLI_OUT_ATTEMPTS_H
#define SBFOTA_CLI_OUT_ATTEMPTS_H

#include "log/attempt_columns.h"
#include "log/attempt_fields.h"
#include "writer.h"

/* How an attempt is written. */
struct attempt_format {
    /* What stands before the first. */
    void (*begin)(struct writer *writer);
    void (*put)(struct writer *writer, const struct fleet *fleet,
                const struct log_attempt *attempt);
};

extern const struct attempt_format attempt_text;
extern const struct attempt_format attempt_jsonl;
extern const struct attempt_format attempt_csv;

/* Milliseconds as seconds, without zeros at the end. */
void attempt_put_seconds(struct writer *writer, long long milliseconds);

#endif
