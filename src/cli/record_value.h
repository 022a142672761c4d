/* SPDX-License-Identifier: MIT
 *
 * The values of a record's fields, and how JSON Lines and CSV write them. */
#ifndef SBFOTA_CLI_RECORD_VALUE_H
#define SBFOTA_CLI_RECORD_VALUE_H

#include "log/record.h"
#include "writer.h"

/* The value of a field. */
struct record_value {
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

/* Absent without data. */
struct record_value value_text(struct bytes text);
/* Absent if it is NULL. */
struct record_value value_word(const char *word);
/* Absent if it is not `here`. */
struct record_value value_number(bool here, long long number);
struct record_value value_bool(bool is);
/* Absent if it is SBFOTA_NO_DURATION. */
struct record_value value_duration(uint32_t milliseconds);
/* A time as captured, absent without length; its text may stand in `buffer`, of TIME_SIZE bytes. */
struct record_value value_time(const char *captured, size_t length, char *buffer);

/* One that is there, without its name. */
void value_put_json(struct writer *writer, const struct record_value *value);
/* A cell, empty for one that is absent. */
void value_put_csv(struct writer *writer, const struct record_value *value);

/* Milliseconds as seconds, without zeros at the end. */
void value_put_seconds(struct writer *writer, long long milliseconds);

#endif
