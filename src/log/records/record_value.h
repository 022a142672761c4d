/* SPDX-License-Identifier: MIT
 *
 * The values of a record's fields, and what kinds of records there are beside events: attempts and modems. */
#ifndef SBFOTA_LOG_RECORD_VALUE_H
#define SBFOTA_LOG_RECORD_VALUE_H

#include "log/tables/columns.h"

/* The value of a field. */
struct record_value {
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

/* Absent without data. */
struct record_value value_text(const char *text, size_t length);
struct record_value value_string(const char *string);
/* Absent if it is NULL. `number` is its enum. */
struct record_value value_word(const char *word, unsigned number);
/* Absent if it is not `here`. */
struct record_value value_number(bool here, long long number);
struct record_value value_bool(bool is);
/* In seconds, or the number of milliseconds; absent if it is not `here`. */
struct record_value value_duration(bool here, int64_t milliseconds, bool seconds);

/* One that is there, of the row at hand. */
void columns_put_value(struct columns *columns, unsigned column, const struct record_value *value);

/* A kind of records: its fields, in the order of JSON keys and columns. */
struct record_kind {
    const struct record_field {
        const char *name;
        bool in_rows; /* JSON Lines and CSV have it */
    } * fields;
    unsigned count;
    struct column_fields columns;
    const uint8_t *told; /* the field of each column */
    struct record_value (*value)(const void *record, unsigned field);
};

extern const struct record_kind attempt_kind; /* of struct sbfota_log_attempt */
extern const struct record_kind modem_kind;   /* of struct sbfota_log_modem */

/* One more row. */
void record_add(struct columns *columns, const struct record_kind *kind, const void *record);

#endif
