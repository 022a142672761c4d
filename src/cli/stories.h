/* SPDX-License-Identifier: MIT
 *
 * The output formats of sessions. */
#ifndef SBFOTA_CLI_STORIES_H
#define SBFOTA_CLI_STORIES_H

#include "fleet.h"
#include "writer.h"

/* How an attempt is written. */
struct story_format {
    /* What stands before the first. */
    void (*begin)(struct writer *writer);
    void (*put)(struct writer *writer, const struct fleet *fleet, const struct story *story);
};

extern const struct story_format story_text;
extern const struct story_format story_jsonl;
extern const struct story_format story_csv;

/* What stands behind an attempt's name: its fields, each once, in the order of the output. */
enum story_field {
    STORY_MODEM = 0,
    STORY_FILE,
    STORY_TO_FILE, /* only if it ends in another one */
    STORY_STARTED,
    STORY_ENDED,
    STORY_FROM_LINE,
    STORY_TO_LINE,
    STORY_OUTCOME,
    STORY_PHASE,
    STORY_PERCENT,
    STORY_POLL_CODE,
    STORY_HTTP_CODE,
    STORY_UPDATE_CODE,
    STORY_REPORT_CODE,
    STORY_TEXT, /* what the code means that it failed with */
    STORY_RESUMES,
    STORY_ACCEPTED,
    STORY_DELAY,
    STORY_DOWNLOADING,
    STORY_UPDATING,
    STORY_RESTORE,
    STORY_PROBLEMS,
    STORY_FIELDS
};

/* The value of a field. */
struct story_value {
    enum {
        VALUE_NONE = 0, /* absent */
        VALUE_TEXT,
        VALUE_WORD, /* a text of our own, which needs no escapes */
        VALUE_NUMBER,
        VALUE_SECONDS, /* `number` in milliseconds */
        VALUE_BOOL,
        VALUE_PROBLEMS /* `number` is a set of enum sbfota_problem */
    } type;
    struct bytes text;
    long long number;
};

/* A text may stand in `time`, of TIME_SIZE bytes. */
struct story_value story_value(const struct fleet *fleet, const struct story *story,
                               enum story_field field, char *time);

/* Milliseconds as seconds, without zeros at the end. */
void story_put_seconds(struct writer *writer, long long milliseconds);

#endif
