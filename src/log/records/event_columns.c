/* SPDX-License-Identifier: MIT */
#include "log/records/event_columns_put.h"

#include <stdlib.h>

#include <sbfota/texts.h>

#include "log/tables/column_fields.h"
#include "log/text/spelling.h"
#include "log/text/time.h"
#include "log/text/utf8.h"

static const char *dir_word(unsigned direction)
{
    return direction == DIRECTION_RX ? "rx" : direction == DIRECTION_TX ? "tx" : NULL;
}

static const char *event_word(unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    return message == NULL ? NULL : message->name;
}

static const char *flags_word(unsigned bit)
{
    return sbfota_flag_name(1U << bit);
}

static const char *reason_word(unsigned reason)
{
    return reason == SBFOTA_REASON_NONE ? NULL : sbfota_reason_name(reason);
}

static const char *parameter_word(unsigned parameter)
{
    return parameter == SBFOTA_PARAMETER_ACCEPT ? "sbfota_accept" : "sbfota_delay";
}

static const char *polling_word(unsigned number)
{
    return number == 0 ? "stopped" : "rearmed";
}

static const char *clock_word(unsigned number)
{
    static const char *const words[WORD_CLOCKS] = {"utc", "local", "year", "day", "start"};
    return words[number];
}

enum {
    dir_words = DIRECTION_TX + 1,
    event_words = SBFOTA_KIND_COUNT,
    answers_words = SBFOTA_KIND_COUNT,
    flags_words = 8,
    reason_words = SBFOTA_REASON_COUNT,
    parameter_words = 2,
    polling_words = 2,
    clock_words = WORD_CLOCKS
};
#define answers_word event_word

static const struct column_field fields[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(COLUMN_FIELD_##type(id))
#include "event_fields.def"
#undef EVENT_FIELD
};
_Static_assert(sizeof fields / sizeof fields[0] == EVENT_FIELDS, "all fields are columns");
_Static_assert(sizeof fields / sizeof fields[0] <= COLUMNS_MOST, "there is room for that many");

const struct column_fields event_columns = {fields, EVENT_FIELDS};

void event_columns_put_argument(struct columns *columns, const struct record *record, bool utf8)
{
    struct event_value values[ARGUMENT_VALUES];
    const unsigned count = event_argument(record, values);
    for (unsigned i = 0; i < count; i++) {
        const enum event_field field = values[i].field;
        const struct record_value *const value = &values[i].value;
        if (field == EVENT_text && value->type == VALUE_WORD)
            columns_put_lasting(columns, field, value->text.data);
        else if (field == EVENT_text)
            columns_put_part(columns, field, value->text, utf8);
        else if (value->type == VALUE_TEXT)
            columns_put_text(columns, field, value->text, utf8);
        else
            columns_put_value(columns, field, value);
    }
}

static void put_spelling(struct columns *columns, const struct record *record, bool utf8)
{
    char words[256];
    const size_t most = spelling_most(record);
    char *const out = most <= sizeof words ? words : malloc(most);
    if (out == NULL) {
        columns->no_memory = true;
        return;
    }
    columns_put_text(columns, EVENT_as, (struct bytes){out, spelling_write(record, out)}, true);
    if (spelling_has_text(record))
        columns_put_text(columns, EVENT_as, record->text, utf8);
    if (out != words)
        free(out);
}

void event_columns_put_time(struct columns *columns, struct bytes time, bool deltas)
{
    static const uint8_t words[] = {[CLOCK_EPOCH] = WORD_UTC,
                                    [CLOCK_YEAR] = WORD_YEAR,
                                    [CLOCK_DAY] = WORD_DAY,
                                    [CLOCK_START] = WORD_START};
    bool zone;
    if (time.data == NULL)
        return;
    const enum clock clock = columns_put_time(columns, EVENT_time, time, &zone);
    columns_put_text(columns, EVENT_time_text, time, text_is_utf8(time.data, time.length));
    if (clock != CLOCK_NONE && !deltas)
        columns_put_byte(columns, EVENT_clock,
                         clock == CLOCK_EPOCH && !zone ? WORD_LOCAL : words[clock]);
}

/* What comes of the message. */
void event_columns_put_message(struct columns *columns, const struct record *record, bool raw)
{
    const struct sbfota_event *const event = &record->event;
    const unsigned flags = record_flags(record);
    const bool utf8 = !(flags & SBFOTA_FLAG_BYTES);

    event_columns_put_argument(columns, record, utf8);
    if (flags != 0)
        columns_put_words(columns, EVENT_flags, flags);
    if (!spelling_is_canonical(record))
        put_spelling(columns, record, utf8);
    if ((raw && event->kind != SBFOTA_OVERLONG) || record_needs_raw(record))
        columns_put_text(columns, EVENT_raw, record->text, utf8);
}

void event_columns_add(struct columns *columns, const struct record *record, bool raw)
{
    columns_put_lasting(columns, EVENT_file, record->file);
    columns_put_int64(columns, EVENT_line, (int64_t)record->line);
    columns_put_int64(columns, EVENT_offset, (int64_t)record->offset);
    columns_put_int64(columns, EVENT_length, (int64_t)record->event.length);
    event_columns_put_time(columns, record->time, record->deltas);
    columns_put_name(columns, EVENT_modem, record->modem);
    if (record->direction != DIRECTION_NONE)
        columns_put_byte(columns, EVENT_dir, record->direction);
    columns_put_byte(columns, EVENT_event, record->event.kind);
    event_columns_put_message(columns, record, raw);
    if (record->answers != SBFOTA_NONE)
        columns_put_byte(columns, EVENT_answers, record->answers);
    columns_end_row(columns);
}
