/* SPDX-License-Identifier: MIT */
#include "out_modems.h"

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
} row_fields[MODEM_FIELDS] = {
#define MODEM_FIELD(id, type, need, where, meaning, section) {#id, IN_##where},
#include "modem_fields.def"
#undef MODEM_FIELD
};

void modem_put_json(struct writer *writer, const struct modem_record *record)
{
    char before = '{';
    for (enum modem_field field = 0; field < MODEM_FIELDS; field++) {
        char time[TIME_SIZE];
        if (!row_fields[field].in_rows)
            continue;
        const struct record_value value = modem_value(record, field, time);
        if (value.type == VALUE_NONE)
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

void modem_put_csv(struct writer *writer, const struct modem_record *record)
{
    for (enum modem_field field = 0; field < MODEM_FIELDS; field++) {
        char time[TIME_SIZE];
        if (!row_fields[field].in_rows)
            continue;
        const struct record_value value = modem_value(record, field, time);
        value_put_csv(writer, &value);
        writer_string(writer, field + 1 < MODEM_FIELDS ? "," : "\r\n");
    }
}

void modem_put_csv_heading(struct writer *writer)
{
    for (enum modem_field field = 0; field < MODEM_FIELDS; field++) {
        if (!row_fields[field].in_rows)
            continue;
        writer_string(writer, row_fields[field].name);
        writer_string(writer, field + 1 < MODEM_FIELDS ? "," : "\r\n");
    }
}
