/* SPDX-License-Identifier: MIT */
#include "record_value.h"

#include <stdio.h>
#include <string.h>

#include <sbfota/session.h>

#include "log/time.h"
#include "out_csv.h"
#include "put.h"

struct record_value value_text(struct bytes text)
{
    return (struct record_value){.type = text.data == NULL ? VALUE_NONE : VALUE_TEXT, .text = text};
}

struct record_value value_word(const char *word)
{
    return (struct record_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                 .text = {word, word == NULL ? 0 : strlen(word)}};
}

struct record_value value_number(bool here, long long number)
{
    return (struct record_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

struct record_value value_bool(bool is)
{
    return (struct record_value){.type = VALUE_BOOL, .number = is};
}

struct record_value value_duration(uint32_t milliseconds)
{
    return (struct record_value){.type = milliseconds == SBFOTA_NO_DURATION ? VALUE_NONE
                                                                            : VALUE_SECONDS,
                                 .number = milliseconds};
}

struct record_value value_time(const char *captured, size_t length, char *buffer)
{
    if (length == 0)
        return (struct record_value){.type = VALUE_NONE};
    return value_text(time_show((struct bytes){captured, length}, buffer));
}

void value_put_seconds(struct writer *writer, long long milliseconds)
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

void value_put_json(struct writer *writer, const struct record_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: put_quoted(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: value_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS:
        writer_byte(writer, '[');
        put_problems(writer, (unsigned)value->number, "\"", ",");
        writer_byte(writer, ']');
        break;
    }
}

void value_put_csv(struct writer *writer, const struct record_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: csv_put_text(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: value_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS: put_problems(writer, (unsigned)value->number, "", " "); break;
    }
}
