/* SPDX-License-Identifier: MIT
 *
 * The fields of an facts, and the formats that are lists of them. */
#include "out_attempts.h"

#include <stdio.h>

#include <sbfota/texts.h>

#include "log/time.h"
#include "out_csv.h"
#include "put.h"

/* Does JSON Lines have it, and CSV? */
enum {
    IN_BOTH = true,
    IN_ROWS = true,
    IN_COLUMNS = false
};

static const struct row_field {
    const char *name;
    bool in_rows;
} row_fields[ATTEMPT_FIELDS] = {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) {#id, IN_##where},
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
};

void attempt_put_seconds(struct writer *writer, long long milliseconds)
{
    char fraction[8];
    int length = snprintf(fraction, sizeof fraction, ".%03lld", milliseconds % 1000);
    while (length > 0 && (fraction[length - 1] == '0' || fraction[length - 1] == '.'))
        length--;
    writer_number(writer, milliseconds / 1000);
    writer_put(writer, fraction, (size_t)length);
}

static void put_problems(struct writer *writer, unsigned problems, const char *quote,
                         const char *separator)
{
    const char *before = "";
    for (unsigned bit = 1; bit <= problems; bit <<= 1) {
        if ((problems & bit) == 0)
            continue;
        writer_string(writer, before);
        writer_string(writer, quote);
        writer_string(writer, sbfota_problem_name(bit));
        writer_string(writer, quote);
        before = separator;
    }
}

static void put_quoted(struct writer *writer, struct bytes text)
{
    writer_byte(writer, '"');
    json_put_text(writer, text);
    writer_byte(writer, '"');
}

static void put_json_value(struct writer *writer, const struct attempt_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: put_quoted(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: attempt_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS:
        writer_byte(writer, '[');
        put_problems(writer, (unsigned)value->number, "\"", ",");
        writer_byte(writer, ']');
        break;
    }
}

static void put_json(struct writer *writer, const struct fleet *fleet,
                     const struct log_attempt *attempt)
{
    char before = '{';
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        if (value.type == VALUE_NONE || !row_fields[field].in_rows)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, row_fields[field].name);
        writer_string(writer, "\":");
        put_json_value(writer, &value);
        before = ',';
    }
    writer_string(writer, "}\n");
}

static void begin_json(struct writer *writer)
{
    (void)writer; /* each line says what it is */
}

static void put_csv_value(struct writer *writer, const struct attempt_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: csv_put_text(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: attempt_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS: put_problems(writer, (unsigned)value->number, "", " "); break;
    }
}

static void put_csv(struct writer *writer, const struct fleet *fleet,
                    const struct log_attempt *attempt)
{
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        if (!row_fields[field].in_rows)
            continue;
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        put_csv_value(writer, &value);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer)
{
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        if (!row_fields[field].in_rows)
            continue;
        writer_string(writer, row_fields[field].name);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

const struct attempt_format attempt_jsonl = {begin_json, put_json};
const struct attempt_format attempt_csv = {begin_csv, put_csv};
