/* SPDX-License-Identifier: MIT */
#include "log/form/learn_columns.h"

#include <string.h>

#include "log/form/lesson.h"
#include "log/form/values.h"

enum {
    ROWS_MAX = 256 /* that hold a message */
};

/* May what stands in a column be a name? Numbers may count, and levels are of what is said. */
static bool may_name(struct bytes text)
{
    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return token_of_word(text.data, text.data + text.length) == TOKEN_WORD;
    return text.length >= LONG_NUMBER;
}

/* Does a column name modems? Each row that holds a message must have a name there. */
static bool names_modems(struct csv_columns columns, uint8_t column, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    struct values values = {.count = 0};
    columns.modem = column;
    for (const char *next = sample.data, *end; next < limit && values.sightings < ROWS_MAX;
         next = end + 1) {
        struct anchor anchor;
        struct line line;
        end = memchr(next, '\n', (size_t)(limit - next));
        csv_line_read(&columns, next, end, &line);
        if (line.role != LINE_RECORD || !anchor_find(line.text.data, end, &anchor))
            continue;
        if (!may_name(line.modem))
            return false;
        values_add(&values, line.modem, lesson_hash(anchor.begin, anchor.end, false),
                   anchor.kind == ANCHOR_COMMAND);
    }
    return values_judge(&values, false, false, false) == ELEMENT_MODEM;
}

void columns_learn_modem(struct reading *reading, struct bytes sample)
{
    struct csv_columns *const columns = &reading->columns;
    if (reading->form->form != FORM_CSV || columns->has_heading || columns->delimiter == '\0' ||
        columns->modem != 0 || columns->parted || reading->modem_token >= 0)
        return;
    /* The nearest before the text, or behind it. */
    for (uint8_t i = 1; i < columns->count; i++) {
        const uint8_t column = i < columns->text ? (uint8_t)(columns->text - i) : (uint8_t)(i + 1);
        const bool is_date = columns->dated && column + 1 == columns->time;
        if (column != columns->time && column != columns->direction && !is_date &&
            names_modems(*columns, column, sample)) {
            columns->modem = column;
            return;
        }
    }
}
