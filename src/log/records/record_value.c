/* SPDX-License-Identifier: MIT */
#include "log/records/record_value.h"

#include "log/text/utf8.h"

struct record_value value_text(const char *text, size_t length)
{
    return (struct record_value){.type = text == NULL ? VALUE_NONE : VALUE_TEXT,
                                 .text = {text, length}};
}

struct record_value value_string(const char *string)
{
    return value_text(string, string == NULL ? 0 : strlen(string));
}

struct record_value value_word(const char *word, unsigned number)
{
    return (struct record_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                 .text = {word, word == NULL ? 0 : strlen(word)},
                                 .number = number};
}

struct record_value value_number(bool here, long long number)
{
    return (struct record_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

struct record_value value_bool(bool is)
{
    return (struct record_value){.type = VALUE_BOOL, .number = is};
}

struct record_value value_duration(bool here, int64_t milliseconds, bool seconds)
{
    struct record_value value = value_number(here, milliseconds);
    if (seconds && here)
        value.type = VALUE_SECONDS;
    return value;
}

void columns_put_value(struct columns *columns, unsigned column, const struct record_value *value)
{
    bool zone;
    switch (columns->fields.list[column].type) {
    case COLUMN_INT32: columns_put_int32(columns, column, (int32_t)value->number); break;
    case COLUMN_INT64: columns_put_int64(columns, column, value->number); break;
    case COLUMN_BOOL:
    case COLUMN_WORD: columns_put_byte(columns, column, (unsigned)value->number); break;
    case COLUMN_WORDS: columns_put_words(columns, column, (uint32_t)value->number); break;
    case COLUMN_TIME: columns_put_time(columns, column, value->text, &zone); break;
    case COLUMN_NAME: columns_put_name(columns, column, value->text); break;
    case COLUMN_TEXT:
        columns_put_text(columns, column, value->text,
                         text_is_utf8(value->text.data, value->text.length));
        break;
    }
}

void record_add(struct columns *columns, const struct record_kind *kind, const void *record)
{
    for (unsigned column = 0; column < kind->columns.count; column++) {
        const struct record_value value = kind->value(record, kind->told[column]);
        if (value.type != VALUE_NONE)
            columns_put_value(columns, column, &value);
    }
    columns_end_row(columns);
}
