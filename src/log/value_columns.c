/* SPDX-License-Identifier: MIT */
#include "value_columns.h"

#include "utf8.h"

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
