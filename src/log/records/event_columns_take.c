/* SPDX-License-Identifier: MIT
 *
 * The events of a block, column by column. */
#include <sbfota/texts.h>
#include <string.h>

#include "log/records/event_columns_put.h"
#include "log/text/spelling.h"
#include "log/text/time.h"

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
    int64_t *const lines = span_int64(columns, EVENT_line, count);
    int64_t *const offsets = span_int64(columns, EVENT_offset, count);
    int64_t *const lengths = span_int64(columns, EVENT_length, count);
    uint8_t *const kinds = span_bytes(columns, EVENT_event, count);
    if (lines == NULL || offsets == NULL || lengths == NULL || kinds == NULL)
        return; /* without memory */
    for (size_t i = 0; i < count; i++) {
        const struct log_event *const event = &events[i];
        lines[i] = (int64_t)(event->earlier ? event->earlier_line : block->line + event->line);
        offsets[i] = (int64_t)event->message.offset;
        lengths[i] = (int64_t)event->message.length;
        kinds[i] = event->message.kind;
    }
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
        columns_fill_lasting(columns, EVENT_file, file, run);
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
    int64_t *const times = span_int64(columns, EVENT_time, count);
    uint8_t *const clocks = span_bytes(columns, EVENT_clock, count);
    char *const texts = columns_span_texts(columns, EVENT_time_text, USUAL, count);
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
        event_columns_put_time(
            columns, time_show((struct bytes){events[at].time, events[at].time_length}, time),
            block->deltas);
        at++;
    }
    columns->rows = begin;
}

static void take_directions(struct columns *columns, const struct log_event *events, size_t count)
{
    struct column *const column = columns_span(columns, EVENT_dir, count);
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
            columns_put_name(columns, EVENT_modem, modem);
        else
            columns_fill_name(columns, EVENT_modem, modem, run);
    }
    columns->rows = begin;
}

enum {
    SPELLING_MOST = 64 /* bytes of what is odd about a spelling */
};

/* What the messages of a block need. */
struct messages {
    struct columns *columns;
    uint8_t arguments[SBFOTA_KIND_COUNT]; /* enum sbfota_argument, by kind */
    uint8_t lengths[UINT8_MAX +
                    1]; /* of what is odd, by enum sbfota_spelling; 0 while it is not known */
    char spellings[UINT8_MAX + 1][SPELLING_MOST];
    struct column *percent; /* with places for all; NULL if it is not wanted */
    struct column *as;
};

/* Places for all values of a column that many messages have. */
static struct column *begin_column(struct columns *columns, unsigned field, size_t count,
                                   size_t *rows)
{
    *rows = columns->list[field].rows;
    return columns_span_nulls(columns, field, count);
}

/* One that no message had has none. */
static void end_column(struct column *column, size_t rows)
{
    size_t row = column == NULL ? 0 : column->rows;
    while (row > rows && column->valid[row - 1] == 0)
        row--;
    if (column != NULL && row == rows)
        column->rows = rows;
}

/* A value of a column with places for all. */
static inline void put_here(struct column *column, size_t row, uint32_t value)
{
    column->valid[row] = 1;
    column->count++;
    ((uint32_t *)column->values)[row] = value;
}

static void take_spelling(struct messages *messages, const struct sbfota_event *event)
{
    struct columns *const columns = messages->columns;
    struct column *const as = messages->as;
    uint8_t *const length = &messages->lengths[event->spelling];
    char *const text = messages->spellings[event->spelling];
    if (event->spelling == 0 || as == NULL)
        return;
    if (*length == 0)
        *length = (uint8_t)spelling_write(&(struct record){.event = *event}, text);
    if (!columns_make_room(columns, as, SPELLING_MOST))
        return;
    put_here(as, columns->rows, *length);
    memcpy(as->bytes + as->used, text, SPELLING_MOST); /* so many at once are faster */
    as->used += *length;
    columns->weight += *length;
}

/* The argument of a message that is nothing but that. */
static bool take_argument(struct messages *messages, const struct sbfota_event *event)
{
    struct columns *const columns = messages->columns;
    switch ((enum sbfota_argument)messages->arguments[event->kind]) {
    case SBFOTA_ARGUMENT_NONE: return true;
    case SBFOTA_ARGUMENT_PERCENT:
        if (messages->percent != NULL)
            put_here(messages->percent, columns->rows, (uint32_t)event->value);
        return true;
    case SBFOTA_ARGUMENT_SECONDS:
        columns_put_int32(columns, EVENT_seconds, event->value);
        return true;
    case SBFOTA_ARGUMENT_PARA: columns_put_int32(columns, EVENT_para, event->value); return true;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE:
        event_columns_put_argument(columns, &(struct record){.event = *event}, true);
        return true;
    case SBFOTA_ARGUMENT_RANGE:
    case SBFOTA_ARGUMENT_CME_CODE:
    case SBFOTA_ARGUMENT_TEXT: break;
    }
    return false;
}

static void take_messages(struct columns *columns, const struct block *block,
                          const struct log_event *events, size_t count, bool raw)
{
    const size_t begin = columns->rows;
    size_t rows[2];
    struct messages messages;
    messages.columns = columns;
    memset(messages.lengths, 0, sizeof messages.lengths);
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const row = sbfota_message(kind);
        messages.arguments[kind] = row == NULL ? (uint8_t)SBFOTA_ARGUMENT_TEXT : row->argument;
    }
    messages.percent = begin_column(columns, EVENT_percent, count, &rows[0]);
    messages.as = begin_column(columns, EVENT_as, count, &rows[1]);
    for (size_t i = 0; i < count; i++) {
        const struct log_event *const event = &events[i];
        columns->rows = begin + i;
        if (event->answers != SBFOTA_NONE)
            columns_put_byte(columns, EVENT_answers, event->answers);
        if (!raw && event->message.flags == 0 && take_argument(&messages, &event->message)) {
            take_spelling(&messages, &event->message);
            continue;
        }
        struct record record;
        event_record(block, event, &record);
        event_columns_put_message(columns, &record, raw);
    }
    columns->rows = begin;
    end_column(messages.percent, rows[0]);
    end_column(messages.as, rows[1]);
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
