/* SPDX-License-Identifier: MIT */
#include "event_columns.h"

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

/* What the times of a log count from; local is without a zone. */
enum {
    WORD_UTC = 0,
    WORD_LOCAL,
    WORD_YEAR,
    WORD_DAY,
    WORD_START,
    WORD_CLOCKS
};

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

enum event_column {
#define EVENT_FIELD(id, type, need, where, meaning, section) COLUMN_OF_##where(EVENT_COLUMN_##id, )
#include "event_fields.def"
#undef EVENT_FIELD
    EVENT_COLUMNS
};

static const struct column_field fields[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(COLUMN_FIELD_##type(id))
#include "event_fields.def"
#undef EVENT_FIELD
};
_Static_assert(sizeof fields / sizeof fields[0] <= COLUMNS_MOST, "there is room for that many");

const struct column_fields event_columns = {fields, EVENT_COLUMNS};

static void put_code(struct columns *columns, const struct sbfota_event *event)
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
    case SBFOTA_ARGUMENT_UPDATE_CODE: put_code(columns, event); break;
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

/* Times that count from the line before are of no clock. */
static void put_time(struct columns *columns, struct bytes time, bool deltas)
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
static void put_message(struct columns *columns, const struct record *record, bool raw)
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
    put_time(columns, record->time, record->deltas);
    columns_put_name(columns, EVENT_COLUMN_modem, record->modem);
    if (record->direction != DIRECTION_NONE)
        columns_put_byte(columns, EVENT_COLUMN_dir, record->direction);
    columns_put_byte(columns, EVENT_COLUMN_event, record->event.kind);
    put_message(columns, record, raw);
    if (record->answers != SBFOTA_NONE)
        columns_put_byte(columns, EVENT_COLUMN_answers, record->answers);
    columns_end_row(columns);
}

/* Of a block, column by column. */

static int64_t *span_int64(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = columns_span(columns, field, count);
    return column == NULL ? NULL : (int64_t *)column->values + columns->rows;
}

static uint8_t *span_bytes(struct columns *columns, unsigned field, size_t count)
{
    struct column *const column = columns_span(columns, field, count);
    return column == NULL ? NULL : (uint8_t *)column->values + columns->rows;
}

static void take_places(struct columns *columns, const struct block *block,
                        const struct log_event *events, size_t count)
{
    int64_t *const lines = span_int64(columns, EVENT_COLUMN_line, count);
    int64_t *const offsets = span_int64(columns, EVENT_COLUMN_offset, count);
    int64_t *const lengths = span_int64(columns, EVENT_COLUMN_length, count);
    uint8_t *const kinds = span_bytes(columns, EVENT_COLUMN_event, count);
    for (size_t i = 0; lines != NULL && i < count; i++)
        lines[i] =
            (int64_t)(events[i].earlier ? events[i].earlier_line : block->line + events[i].line);
    for (size_t i = 0; offsets != NULL && i < count; i++)
        offsets[i] = (int64_t)events[i].message.offset;
    for (size_t i = 0; lengths != NULL && i < count; i++)
        lengths[i] = (int64_t)events[i].message.length;
    for (size_t i = 0; kinds != NULL && i < count; i++)
        kinds[i] = events[i].message.kind;
}

static void take_files(struct columns *columns, const struct block *block,
                       const struct log_event *events, size_t count)
{
    const size_t begin = columns->rows;
    for (size_t at = 0, run; at < count; at += run) {
        const char *const file = event_file(block, &events[at]);
        for (run = 1; at + run < count && event_file(block, &events[at + run]) == file;)
            run++;
        columns->rows = begin + at;
        columns_fill_lasting(columns, EVENT_COLUMN_file, file, run);
    }
    columns->rows = begin;
}

enum {
    USUAL = 24 /* bytes of a time in UTC with milliseconds */
};

/* How many events have a time in UTC with milliseconds in the minute that was read last. */
static size_t count_usual(const struct columns *columns, const struct log_event *events,
                          size_t count)
{
    const struct clock_minute *const minute = &columns->minute;
    size_t usual = 0;
    int64_t milliseconds;
    while (usual < count && events[usual].time_length == USUAL &&
           clock_read_usual((struct bytes){events[usual].time, USUAL}, minute, &milliseconds))
        usual++;
    return usual;
}

static void take_usual_times(struct columns *columns, const struct log_event *events, size_t count)
{
    const struct clock_minute *const minute = &columns->minute;
    int64_t *const times = span_int64(columns, EVENT_COLUMN_time, count);
    uint8_t *const clocks = span_bytes(columns, EVENT_COLUMN_clock, count);
    char *const texts = columns_span_texts(columns, EVENT_COLUMN_time_text, USUAL, count);
    for (size_t i = 0; times != NULL && i < count; i++)
        times[i] = (minute->milliseconds + clock_rest(events[i].time + sizeof minute->text)) * 1000;
    if (clocks != NULL)
        memset(clocks, WORD_UTC, count);
    for (size_t i = 0; texts != NULL && i < count; i++)
        memcpy(texts + i * USUAL, events[i].time, USUAL);
}

static void take_times(struct columns *columns, const struct block *block,
                       const struct log_event *events, size_t count)
{
    const size_t begin = columns->rows;
    for (size_t at = 0; at < count;) {
        const size_t usual = count_usual(columns, events + at, count - at);
        columns->rows = begin + at;
        if (usual > 0) {
            take_usual_times(columns, events + at, usual);
            at += usual;
            continue;
        }
        char time[TIME_SIZE];
        put_time(columns, time_show((struct bytes){events[at].time, events[at].time_length}, time),
                 block->deltas);
        at++;
    }
    columns->rows = begin;
}

static void take_directions(struct columns *columns, const struct log_event *events, size_t count)
{
    struct column *const column = columns_span(columns, EVENT_COLUMN_dir, count);
    if (column == NULL)
        return;
    uint8_t *const valid = column->valid + columns->rows;
    uint8_t *const directions = (uint8_t *)column->values + columns->rows;
    for (size_t i = 0; i < count; i++) {
        directions[i] = events[i].direction;
        valid[i] = events[i].direction != DIRECTION_NONE;
        column->count -= events[i].direction == DIRECTION_NONE;
    }
}

/* The argument of a message that is nothing but that. */
static bool take_argument(struct columns *columns, const struct sbfota_event *event)
{
    switch ((enum sbfota_argument)sbfota_message(event->kind)->argument) {
    case SBFOTA_ARGUMENT_NONE: return true;
    case SBFOTA_ARGUMENT_SECONDS:
        columns_put_int32(columns, EVENT_COLUMN_seconds, event->value);
        return true;
    case SBFOTA_ARGUMENT_PERCENT:
        columns_put_int32(columns, EVENT_COLUMN_percent, event->value);
        return true;
    case SBFOTA_ARGUMENT_PARA:
        columns_put_int32(columns, EVENT_COLUMN_para, event->value);
        return true;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: put_code(columns, event); return true;
    case SBFOTA_ARGUMENT_RANGE:
    case SBFOTA_ARGUMENT_CME_CODE:
    case SBFOTA_ARGUMENT_TEXT: break;
    }
    return false;
}

static inline struct bytes modem_of(const struct block *block, const struct log_event *event)
{
    return event->modem == NULL ? block->modem : (struct bytes){event->modem, event->modem_length};
}

static inline bool are_same(struct bytes one, struct bytes other)
{
    if (one.data == NULL || other.data == NULL)
        return one.data == other.data;
    if (one.length != other.length)
        return false;
    if (one.length < 8 || one.length > 16)
        return one.data == other.data || memcmp(one.data, other.data, one.length) == 0;
    const struct name_ends a = names_ends(one.data, one.length);
    const struct name_ends b = names_ends(other.data, other.length);
    return a.first == b.first && a.last == b.last;
}

static void take_modems(struct columns *columns, const struct block *block,
                        const struct log_event *events, size_t count)
{
    const size_t begin = columns->rows;
    for (size_t at = 0, run; at < count; at += run) {
        const struct bytes modem = modem_of(block, &events[at]);
        for (run = 1; at + run < count && are_same(modem_of(block, &events[at + run]), modem);)
            run++;
        columns->rows = begin + at;
        if (run == 1)
            columns_put_name(columns, EVENT_COLUMN_modem, modem);
        else
            columns_fill_name(columns, EVENT_COLUMN_modem, modem, run);
    }
    columns->rows = begin;
}

/* What is odd about a spelling, by enum sbfota_spelling. */
struct spellings {
    uint8_t lengths[UINT8_MAX + 1]; /* 0 while it is not known */
    char texts[UINT8_MAX + 1][64];
};

static void take_spelling(struct columns *columns, struct spellings *spellings,
                          const struct sbfota_event *event)
{
    uint8_t *const length = &spellings->lengths[event->spelling];
    char *const text = spellings->texts[event->spelling];
    const struct record record = {.event = *event};
    if (event->spelling == 0)
        return;
    if (*length == 0)
        *length = (uint8_t)spelling_write(&record, text);
    columns_put_text(columns, EVENT_COLUMN_as, (struct bytes){text, *length}, true);
}

static void take_messages(struct columns *columns, const struct block *block,
                          const struct log_event *events, size_t count, bool raw)
{
    const size_t begin = columns->rows;
    struct spellings spellings;
    memset(spellings.lengths, 0, sizeof spellings.lengths);
    for (size_t i = 0; i < count; i++) {
        const struct log_event *const event = &events[i];
        columns->rows = begin + i;
        if (event->answers != SBFOTA_NONE)
            columns_put_byte(columns, EVENT_COLUMN_answers, event->answers);
        if (!raw && event->message.flags == 0 && take_argument(columns, &event->message)) {
            take_spelling(columns, &spellings, &event->message);
            continue;
        }
        struct record record;
        event_record(block, event, &record);
        put_message(columns, &record, raw);
    }
    columns->rows = begin;
}

void event_columns_take(struct columns *columns, const struct block *block,
                        const struct log_event *events, size_t count, bool raw)
{
    if (count == 0)
        return;
    take_files(columns, block, events, count);
    take_places(columns, block, events, count);
    take_times(columns, block, events, count);
    take_modems(columns, block, events, count);
    take_directions(columns, events, count);
    take_messages(columns, block, events, count, raw);
    columns->rows += count;
}
