/* SPDX-License-Identifier: MIT
 *
 * The fields of an attempt, and the formats that are lists of them. */
#include "out_attempts.h"

#include "log/time.h"
#include "out_value.h"

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

static void put_json(struct writer *writer, const struct fleet *fleet,
                     const struct log_attempt *attempt, const struct look *look)
{
    (void)look;
    char before = '{';
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct record_value value = attempt_value(fleet, attempt, field, time);
        if (value.type == VALUE_NONE || !row_fields[field].in_rows)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, row_fields[field].name);
        writer_string(writer, "\":");
        value_put_json(writer, &value);
        before = ',';
    }
    writer_string(writer, "}\n");
}

static void begin_json(struct writer *writer, const struct look *look)
{
    (void)look;
    (void)writer; /* each line says what it is */
}

static void put_csv(struct writer *writer, const struct fleet *fleet,
                    const struct log_attempt *attempt, const struct look *look)
{
    (void)look;
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        if (!row_fields[field].in_rows)
            continue;
        const struct record_value value = attempt_value(fleet, attempt, field, time);
        value_put_csv(writer, &value);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer, const struct look *look)
{
    (void)look;
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        if (!row_fields[field].in_rows)
            continue;
        writer_string(writer, row_fields[field].name);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

const struct attempt_format attempt_jsonl = {begin_json, put_json};
const struct attempt_format attempt_csv = {begin_csv, put_csv};
