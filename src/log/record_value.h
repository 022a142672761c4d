/* SPDX-License-Identifier: MIT
 *
 * The values of a record's fields. */
#ifndef SBFOTA_LOG_RECORD_VALUE_H
#define SBFOTA_LOG_RECORD_VALUE_H

#include "record.h"

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
struct record_value value_text(struct bytes text);
/* Absent if it is NULL. `number` is its enum. */
struct record_value value_word(const char *word, unsigned number);
/* Absent if it is not `here`. */
struct record_value value_number(bool here, long long number);
struct record_value value_bool(bool is);
/* In seconds, or the number of milliseconds; absent if it is SBFOTA_NO_DURATION. */
struct record_value value_duration(uint32_t milliseconds, bool seconds);
/* A time as captured, absent without length; its text may stand in `buffer`, of TIME_SIZE bytes. */
struct record_value value_time(const char *captured, size_t length, char *buffer);

#endif
