/* SPDX-License-Identifier: MIT
 *
 * The output formats of sessions. */
#ifndef SBFOTA_CLI_OUT_ATTEMPTS_H
#define SBFOTA_CLI_OUT_ATTEMPTS_H

#include <sbfota/texts.h>

#include "log/fleet.h"
#include "record_value.h"

/* How an attempt is written. */
struct attempt_format {
    /* What stands before the first. A text has at most `width` columns. */
    void (*begin)(struct writer *writer, unsigned width);
    void (*put)(struct writer *writer, const struct fleet *fleet, const struct log_attempt *attempt,
                unsigned width);
};

extern const struct attempt_format attempt_text;
extern const struct attempt_format attempt_jsonl;
extern const struct attempt_format attempt_csv;

/* What stands behind an attempt's name: its fields, each once, in the order of the output. */
enum attempt_field {
    ATTEMPT_MODEM = 0,
    ATTEMPT_FILE,
    ATTEMPT_TO_FILE, /* only if it ends in another one */
    ATTEMPT_STARTED,
    ATTEMPT_ENDED,
    ATTEMPT_FROM_LINE,
    ATTEMPT_TO_LINE,
    ATTEMPT_OUTCOME,
    ATTEMPT_PHASE,
    ATTEMPT_PERCENT,
    ATTEMPT_POLL_CODE,
    ATTEMPT_HTTP_CODE,
    ATTEMPT_UPDATE_CODE,
    ATTEMPT_REPORT_CODE,
    ATTEMPT_TEXT, /* what the code means that it failed with */
    ATTEMPT_RESUMES,
    ATTEMPT_ACCEPTED,
    ATTEMPT_DELAY,
    ATTEMPT_DOWNLOADING,
    ATTEMPT_UPDATING,
    ATTEMPT_RESTORE,
    ATTEMPT_PROBLEMS,
    ATTEMPT_FIELDS
};

/* A text may stand in `time`, of TIME_SIZE bytes. */
struct record_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                  enum attempt_field field, char *time);

/* The code that an attempt failed with, or NULL. */
const struct sbfota_code_row *attempt_failure(const struct sbfota_attempt *facts);

#endif
