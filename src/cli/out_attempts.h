/* SPDX-License-Identifier: MIT
 *
 * The output formats of sessions. */
#ifndef SBFOTA_CLI_OUT_ATTEMPTS_H
#define SBFOTA_CLI_OUT_ATTEMPTS_H

#include "fleet.h"
#include "log/columns.h"
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

/* The fields of an attempt: grammar/attempt_fields.def. */
enum attempt_field {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) ATTEMPT_##id,
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
    ATTEMPT_FIELDS
};

/* The value of a field. */
struct attempt_value {
    enum {
        VALUE_NONE = 0, /* absent */
        VALUE_TEXT,
        VALUE_WORD, /* a text of our own, which needs no escapes; `number` tells which */
        VALUE_NUMBER,
        VALUE_SECONDS, /* `number` in milliseconds */
        VALUE_BOOL,
        VALUE_PROBLEMS /* `number` is a set of enum sbfota_problem */
    } type;
    struct bytes text;
    long long number;
};

/* A text may stand in `time`, of TIME_SIZE bytes. */
struct attempt_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                   enum attempt_field field, char *time);

/* The columns of attempts; one more row. */
extern const struct column_fields attempt_columns;
void attempt_columns_add(struct columns *columns, const struct fleet *fleet,
                         const struct log_attempt *attempt);

/* Milliseconds as seconds, without zeros at the end. */
void attempt_put_seconds(struct writer *writer, long long milliseconds);

#endif
