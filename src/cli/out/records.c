/* SPDX-License-Identifier: MIT */
#include "cli/out/records.h"

#include <sbfota/session.h>

#include "cli/out/csv.h"
#include "cli/writing/put.h"

void value_put_seconds(struct writer *writer, long long milliseconds)
{
    const unsigned rest = (unsigned)(milliseconds % 1000);
    const char fraction[4] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10),
                              (char)('0' + rest % 10)};
    size_t length = sizeof fraction;
    while (length > 0 && (fraction[length - 1] == '0' || fraction[length - 1] == '.'))
        length--;
    writer_number(writer, milliseconds / 1000);
    writer_put(writer, fraction, length);
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

static void put_value(struct writer *writer, const struct record_value *value, bool csv)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD:
        if (csv)
            csv_put_text(writer, value->text);
        else
            put_quoted(writer, value->text);
        break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: value_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS:
        writer_string(writer, csv ? "" : "[");
        put_problems(writer, (unsigned)value->number, csv ? "" : "\"", csv ? " " : ",");
        writer_string(writer, csv ? "" : "]");
        break;
    }
}

void records_begin(struct writer *writer, enum output_format format, const struct record_kind *kind)
{
    const char *before = "";
    for (unsigned field = 0; format == OUTPUT_CSV && field < kind->count; field++) {
        if (!kind->fields[field].in_rows)
            continue;
        writer_string(writer, before);
        writer_string(writer, kind->fields[field].name);
        before = ",";
    }
    writer_string(writer, format == OUTPUT_CSV ? "\r\n" : "");
}

void record_put(struct writer *writer, enum output_format format, const struct record_kind *kind,
                const void *record)
{
    const bool csv = format == OUTPUT_CSV;
    const char *before = csv ? "" : "{\"";
    for (unsigned field = 0; field < kind->count; field++) {
        if (!kind->fields[field].in_rows)
            continue;
        const struct record_value value = kind->value(record, field);
        if (!csv && value.type == VALUE_NONE)
            continue;
        writer_string(writer, before);
        before = csv ? "," : ",\"";
        writer_string(writer, csv ? "" : kind->fields[field].name);
        writer_string(writer, csv ? "" : "\":");
        put_value(writer, &value, csv);
    }
    writer_string(writer, csv ? "\r\n" : "}\n");
}
