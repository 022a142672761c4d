/* SPDX-License-Identifier: MIT */
#include "event_columns_put.h"

#include <stdlib.h>

#include <sbfota/texts.h>

#include "column_fields.h"
#include "spelling.h"
#include "time.h"
#include "utf8.h"

enum {
    WORD_STOPPED = 0,
    WORD_REARMED
};

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
    return number == WORD_STOPPED ? "stopped" : "rearmed";
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
_Static_assert(sizeof fields / sizeof fields[0] <= COLUMNS_MOST, "there is room for that many");

const struct column_fields event_columns = {fields, EVENT_COLUMNS};

void event_columns_put_code(struct columns *columns, const struct sbfota_event *event)
{
    const struct sbfota_code_row *const code =
        sbfota_code(sbfota_table_of_kind(event->kind), event->value);
    columns_put_int32(columns, EVENT_COLUMN_code, event->value);
    if (code == NULL)
        return;
    columns_put_lasting(columns, EVENT_COLUMN_text, code->text);
    if (code->aftermath != SBFOTA_AFTERMATH_NONE)
        columns_put_byte(columns, EVENT_COLUMN_polling,
                         code->aftermath == SBFOTA_AFTERMATH_STOPPED ? WORD_STOPPED : WORD_REARMED);
}

static void put_malformed(struct columns *columns, const struct record *record, bool utf8)
{
    const struct sbfota_event *const event = &record->event;
    if (event->kind == SBFOTA_UNKNOWN)
        columns_put_text(columns, EVENT_COLUMN_keyword, record_part(record), utf8);
    if (event->detail != SBFOTA_REASON_NONE)
        columns_put_byte(columns, EVENT_COLUMN_reason, event->detail);
    if (event->kind == SBFOTA_MALFORMED)
        columns_put_int32(columns, EVENT_COLUMN_at, event->value);
}

static void put_cme(struct columns *columns, const struct record *record, bool utf8)
{
    if (record->event.extent == 0) {
        columns_put_int32(columns, EVENT_COLUMN_code, record->event.value);
        return;
    }
    columns_put_part(columns, EVENT_COLUMN_text, record_part(record), utf8);
}

static void put_range(struct columns *columns, const struct sbfota_event *event)
{
    columns_put_byte(columns, EVENT_COLUMN_parameter, event->detail);
    columns_put_int64(columns, EVENT_COLUMN_min, event->value);
    columns_put_int64(columns, EVENT_COLUMN_max, event->extent);
}

static void put_argument(struct columns *columns, const struct record *record, bool utf8)
{
    const struct sbfota_event *const event = &record->event;
    switch ((enum sbfota_argument)sbfota_message(event->kind)->argument) {
    case SBFOTA_ARGUMENT_NONE: break;
    case SBFOTA_ARGUMENT_SECONDS:
        columns_put_int32(columns, EVENT_COLUMN_seconds, event->value);
        break;
    case SBFOTA_ARGUMENT_PERCENT:
        columns_put_int32(columns, EVENT_COLUMN_percent, event->value);
        break;
    case SBFOTA_ARGUMENT_PARA: columns_put_int32(columns, EVENT_COLUMN_para, event->value); break;
    case SBFOTA_ARGUMENT_RANGE: put_range(columns, event); break;
    case SBFOTA_ARGUMENT_CME_CODE: put_cme(columns, record, utf8); break;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: event_columns_put_code(columns, event); break;
    case SBFOTA_ARGUMENT_TEXT: put_malformed(columns, record, utf8); break;
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
    columns_put_text(columns, EVENT_COLUMN_as, (struct bytes){out, spelling_write(record, out)},
                     true);
    if (spelling_has_text(record))
        columns_put_text(columns, EVENT_COLUMN_as, record->text, utf8);
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
    const enum clock clock = columns_put_time(columns, EVENT_COLUMN_time, time, &zone);
    columns_put_text(columns, EVENT_COLUMN_time_text, time, text_is_utf8(time.data, time.length));
    if (clock != CLOCK_NONE && !deltas)
        columns_put_byte(columns, EVENT_COLUMN_clock,
                         clock == CLOCK_EPOCH && !zone ? WORD_LOCAL : words[clock]);
}

/* What comes of the message. */
void event_columns_put_message(struct columns *columns, const struct record *record, bool raw)
{
    const struct sbfota_event *const event = &record->event;
    const unsigned flags = record_flags(record);
    const bool utf8 = !(flags & SBFOTA_FLAG_BYTES);

    put_argument(columns, record, utf8);
    if (flags != 0)
        columns_put_words(columns, EVENT_COLUMN_flags, flags);
    if (!spelling_is_canonical(record))
        put_spelling(columns, record, utf8);
    if ((raw && event->kind != SBFOTA_OVERLONG) || record_needs_raw(record))
        columns_put_text(columns, EVENT_COLUMN_raw, record->text, utf8);
}

void event_columns_add(struct columns *columns, const struct record *record, bool raw)
{
    columns_put_lasting(columns, EVENT_COLUMN_file, record->file);
    columns_put_int64(columns, EVENT_COLUMN_line, (int64_t)record->line);
    columns_put_int64(columns, EVENT_COLUMN_offset, (int64_t)record->offset);
    columns_put_int64(columns, EVENT_COLUMN_length, (int64_t)record->event.length);
    event_columns_put_time(columns, record->time, record->deltas);
    columns_put_name(columns, EVENT_COLUMN_modem, record->modem);
    if (record->direction != DIRECTION_NONE)
        columns_put_byte(columns, EVENT_COLUMN_dir, record->direction);
    columns_put_byte(columns, EVENT_COLUMN_event, record->event.kind);
    event_columns_put_message(columns, record, raw);
    if (record->answers != SBFOTA_NONE)
        columns_put_byte(columns, EVENT_COLUMN_answers, record->answers);
    columns_end_row(columns);
}
