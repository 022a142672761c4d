/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <sbfota/texts.h>

#include "cli/out/decode_output.h"
#include "cli/writing/cursor.h"
#include "cli/writing/put.h"
#include "cli/writing/spelling.h"
#include "cli/writing/text_safety.h"
#include "event_keys.h"
#include "log/records/event_fields.h"

enum {
    ESCAPED_MOST = 6 /* bytes that one byte of a text may become */
};

static void put_escape(struct cursor *cursor, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[] = {
        '\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
    cursor_bytes(cursor, escape, sizeof escape);
}

/* Copy what is plain at the begin of a text; how much that was. The last word overlaps the one before. */
static inline size_t put_plain(struct cursor *cursor, struct bytes text)
{
    uint64_t word;
    size_t at = 0;
    while (at < text.length && text.length >= sizeof word) {
        const size_t from = at + sizeof word <= text.length ? at : text.length - sizeof word;
        memcpy(&word, text.data + from, sizeof word);
        if (!text_is_plain(word))
            break;
        memcpy(cursor->next + from, &word, sizeof word);
        at = from + sizeof word;
    }
    cursor->next += at;
    return at;
}

/* Copy plain bytes up to one that is not, or to the last few; how many. What is copied behind them is written over. */
static inline size_t put_run(struct cursor *cursor, const char *text, size_t length)
{
    uint64_t word;
    size_t run = 0, plain = sizeof word;
    while (plain == sizeof word && length - run >= sizeof word) {
        memcpy(&word, text + run, sizeof word);
        memcpy(cursor->next, &word, sizeof word);
        plain = text_plain_bytes(word);
        cursor->next += plain;
        run += plain;
    }
    return run;
}

/* The inside of a JSON string. A text that is not UTF-8 goes byte for byte as U+0000 to U+00FF. */
static void put_text(struct cursor *cursor, struct bytes text, bool utf8)
{
    struct text_unit unit;
    for (size_t at = 0; at < text.length; at += unit.length) {
        at += put_run(cursor, text.data + at, text.length - at);
        if (at == text.length)
            break;
        const char byte = text.data[at];
        if (byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\') {
            cursor_byte(cursor, byte);
            unit.length = 1;
            continue;
        }
        if (byte == '"' || byte == '\\') {
            cursor_byte(cursor, '\\');
            cursor_byte(cursor, byte);
            unit.length = 1;
            continue;
        }
        unit = text_next(text.data + at, text.length - at, utf8);
        if (unit.plain && unit.length > 1) {
            cursor_bytes(cursor, text.data + at, unit.length);
        } else if (unit.code == '\t') {
            cursor_string(cursor, "\\t");
        } else if (unit.code < 0x10000) {
            put_escape(cursor, unit.code);
        } else {
            put_escape(cursor, 0xd7c0 + (unit.code >> 10));
            put_escape(cursor, 0xdc00 + (unit.code & 0x3ff));
        }
    }
}

/* A pair of surrogates comes from four bytes, so that no byte becomes more than ESCAPED_MOST. */
static bool make_pen(struct cursor *cursor, struct writer *writer, size_t length)
{
    if (writer->capacity - writer->used < length && !writer_make_room(writer, length))
        return false;
    cursor->next = writer->buffer + writer->used;
    return true;
}

static void end_pen(const struct cursor *cursor, struct writer *writer)
{
    writer->used = (size_t)(cursor->next - writer->buffer);
}

void json_put_text(struct writer *writer, struct bytes text)
{
    struct cursor cursor;
    if (!make_pen(&cursor, writer, text.length * ESCAPED_MOST))
        return;
    put_text(&cursor, text, text_is_utf8(text.data, text.length));
    end_pen(&cursor, writer);
}

/* A key is one of event_keys.h, with the comma before it and the colon. */
static inline void put_number(struct cursor *cursor, const char *key, long long number)
{
    cursor_string(cursor, key);
    cursor_number(cursor, number);
}

static inline void put_string(struct cursor *cursor, const char *key, const char *string)
{
    cursor_string(cursor, key);
    cursor_byte(cursor, '"');
    cursor_string(cursor, string);
    cursor_byte(cursor, '"');
}

static void put_bytes(struct cursor *cursor, const char *key, struct bytes text, bool utf8)
{
    cursor_string(cursor, key);
    cursor_byte(cursor, '"');
    put_text(cursor, text, utf8);
    cursor_byte(cursor, '"');
}

/* The key of a field that JSON has. */
#define KEY_OF_BOTH(id) [EVENT_##id] = JSON_KEY_##id,
#define KEY_OF_COLUMNS(id)
static const char *const keys[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) KEY_OF_##where(id)
#include "event_fields.def"
#undef EVENT_FIELD
};

/* What comes of the argument of the message. */
static void put_argument(struct cursor *cursor, const struct record *record, bool utf8)
{
    struct event_value values[ARGUMENT_VALUES];
    const unsigned count = event_argument(record, values);
    for (unsigned i = 0; i < count; i++) {
        const struct record_value *const value = &values[i].value;
        const char *const key = keys[values[i].field];
        if (value->type == VALUE_NUMBER)
            put_number(cursor, key, value->number);
        else if (value->type == VALUE_WORD)
            put_string(cursor, key, value->text.data);
        else if (value->type == VALUE_TEXT)
            put_bytes(cursor, key, value->text, utf8);
    }
}

static void put_flags(struct cursor *cursor, unsigned flags)
{
    char separator = '[';
    cursor_string(cursor, JSON_KEY_flags);
    for (unsigned bit = 1; bit <= flags; bit <<= 1) {
        if (flags & bit) {
            cursor_byte(cursor, separator);
            cursor_byte(cursor, '"');
            cursor_string(cursor, sbfota_flag_name(bit));
            cursor_byte(cursor, '"');
            separator = ',';
        }
    }
    cursor_byte(cursor, ']');
}

static inline void put_name(struct cursor *cursor, const char *key, struct bytes name)
{
    if (name.data == NULL)
        return;
    cursor_string(cursor, key);
    cursor_byte(cursor, '"');
    const size_t plain = put_plain(cursor, name);
    const struct bytes rest = {name.data + plain, name.length - plain};
    /* What is plain is UTF-8: the rest decides. */
    put_text(cursor, rest, text_is_utf8(rest.data, rest.length));
    cursor_byte(cursor, '"');
}

static void put_spelling(struct cursor *cursor, const struct record *record, bool utf8)
{
    cursor->next += spelling_write(record, cursor->next);
    if (spelling_has_text(record))
        put_text(cursor, record->text, utf8);
}

/* What all records of a file begin with. */
static void put_file(struct cursor *cursor, const char *file)
{
    cursor_byte(cursor, '{');
    if (file != NULL) {
        const struct bytes name = {file, strlen(file)};
        cursor_string(cursor, &(JSON_KEY_file "\"")[1]);
        put_text(cursor, name, text_is_utf8(name.data, name.length));
        cursor_byte(cursor, '"');
    }
    cursor_string(cursor, file == NULL ? &JSON_KEY_line[1] : JSON_KEY_line);
}

/* Bytes that a record can take at most. */
static size_t record_most(const struct record *record)
{
    const size_t file = record->file == NULL ? 0 : strlen(record->file);
    /* The text stands there up to three times: as part, as spelling, and whole. */
    return 1000 + spelling_most(record) +
           ESCAPED_MOST *
               (file + record->time.length + record->modem.length + 3 * record->text.length);
}

void json_begin_keep(struct decode_output *output, const char *file)
{
    struct json_begin *const begin = &output->begin;
    struct cursor cursor;
    begin->known = false;
    begin->file = file;
    if (!make_pen(&cursor, output->writer, 100 + ESCAPED_MOST * (file == NULL ? 0 : strlen(file))))
        return;
    const char *const first = cursor.next;
    put_file(&cursor, file);
    begin->length = (size_t)(cursor.next - first);
    begin->known = begin->length <= sizeof begin->bytes;
    if (begin->known)
        memcpy(begin->bytes, first, begin->length);
}

/* The begin of a record is kept for the next one of the same file. */
static void put_begin(struct cursor *cursor, struct decode_output *output, const char *file)
{
    if (output->begin.known && output->begin.file == file)
        cursor_bytes(cursor, output->begin.bytes, output->begin.length);
    else
        put_file(cursor, file);
}

/* The argument that is a number and nothing else. */
static const char *number_key(unsigned argument)
{
    switch (argument) {
    case SBFOTA_ARGUMENT_SECONDS: return JSON_KEY_seconds;
    case SBFOTA_ARGUMENT_PERCENT: return JSON_KEY_percent;
    case SBFOTA_ARGUMENT_PARA: return JSON_KEY_para;
    }
    return "";
}

/* How an event whose line is as the note has it is written. */
static enum json_plain how_plain(unsigned kind, const struct sbfota_message_row *message)
{
    const char *const key = number_key(message->argument);
    if (sbfota_table_of_kind(kind) != SBFOTA_CODE_TABLE_NONE)
        return JSON_PLAIN_CODE;
    if (key[0] != '\0')
        return JSON_PLAIN_NUMBER;
    return message->argument == SBFOTA_ARGUMENT_NONE ? JSON_PLAIN_WORD : JSON_PLAIN_NOT;
}

void jsonl_begin(struct decode_output *output)
{
    cursor_prepare(&output->small);
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        struct json_event *const event = &output->events[kind];
        struct cursor cursor = {event->bytes};
        cursor_string(&cursor, JSON_KEY_event "\"");
        cursor_string(&cursor, message->name);
        cursor_byte(&cursor, '"');
        cursor_string(&cursor, number_key(message->argument));
        event->length = (uint8_t)(cursor.next - event->bytes);
        event->plain = (uint8_t)how_plain(kind, message);
    }
}

/* The event's name, and the fields that come from its argument. */
static void put_event(struct cursor *cursor, const struct decode_output *output,
                      const struct record *record, bool utf8)
{
    const struct json_event *const event = &output->events[record->event.kind];
    cursor_bytes(cursor, event->bytes, event->length);
    if (event->plain == JSON_PLAIN_NUMBER)
        cursor_number(cursor, record->event.value);
    else
        put_argument(cursor, record, utf8);
}

const struct json_code *json_code_keep(struct decode_output *output,
                                       const struct sbfota_event *event)
{
    struct json_code *const code = json_code_place(output, event);
    const struct json_event *const name = &output->events[event->kind];
    struct cursor cursor = {code->bytes};
    cursor_bytes(&cursor, name->bytes, name->length);
    put_argument(&cursor, &(struct record){.event = *event}, true);
    code->value = event->value;
    code->kind = event->kind;
    code->length = (uint8_t)(cursor.next - code->bytes);
    return code;
}

void json_spelling_keep(struct decode_output *output, const struct sbfota_event *event, bool csv)
{
    struct json_spelling *const spelling = &output->spellings[event->spelling];
    const struct record record = {.event = *event};
    struct writer writer = {.buffer = spelling->bytes, .capacity = sizeof spelling->bytes};
    writer_string(&writer, csv ? "\"" : JSON_KEY_as "\"");
    writer.used += spelling_write(&record, writer.buffer + writer.used);
    writer_byte(&writer, '"');
    spelling->length = (uint8_t)writer.used;
}

void jsonl_put(struct decode_output *output, const struct record *record)
{
    const unsigned flags = record_flags(record);
    const bool utf8 = !(flags & SBFOTA_FLAG_BYTES);
    struct cursor whole;
    struct cursor *const cursor = &whole;

    if (!make_pen(cursor, output->writer, record_most(record)))
        return;
    put_begin(cursor, output, record->file);
    cursor_number(cursor, (long long)record->line);
    put_number(cursor, JSON_KEY_offset, (long long)record->offset);
    put_number(cursor, JSON_KEY_length, (long long)record->event.length);
    put_name(cursor, JSON_KEY_time, record->time);
    put_name(cursor, JSON_KEY_modem, record->modem);
    if (record->direction != DIRECTION_NONE)
        put_string(cursor, JSON_KEY_dir, record->direction == DIRECTION_RX ? "rx" : "tx");
    put_event(cursor, output, record, utf8);
    if (record->answers != SBFOTA_NONE)
        put_string(cursor, JSON_KEY_answers, sbfota_message(record->answers)->name);
    if (flags != 0)
        put_flags(cursor, flags);
    if (!spelling_is_canonical(record)) {
        cursor_string(cursor, JSON_KEY_as);
        cursor_byte(cursor, '"');
        put_spelling(cursor, record, utf8);
        cursor_byte(cursor, '"');
    }
    if ((output->raw && record->event.kind != SBFOTA_OVERLONG) || record_needs_raw(record))
        put_bytes(cursor, JSON_KEY_raw, record->text, utf8);
    cursor_string(cursor, "}\n");
    end_pen(cursor, output->writer);
}
