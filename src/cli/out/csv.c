/* SPDX-License-Identifier: MIT
 *
 * CSV after RFC 4180, for spreadsheets: no cell that one would run, no control byte. */
#include <string.h>

#include <sbfota/texts.h>

#include "cli/out/csv.h"
#include "cli/out/decode_output.h"
#include "cli/writing/spelling.h"
#include "cli/writing/text_safety.h"
#include "log/records/event_fields.h"

/* What is a column of CSV. */
#define HEADING_BOTH(name) "," name
#define HEADING_ROWS(name) "," name
#define HEADING_COLUMNS(name)

void csv_begin(struct writer *writer)
{
    static const char heading[] =
#define EVENT_FIELD(id, type, need, where, meaning, section) HEADING_##where(#id)
#include "event_fields.def"
#undef EVENT_FIELD
        "\r\n";
    writer_string(writer, heading + 1);
}

/* The inside of a quoted cell. */
static void put_text(struct writer *writer, struct bytes text)
{
    if (text.length == 0)
        return;
    const size_t plain = text_plain_run(text.data, text.length);
    writer_put(writer, text.data, plain);
    /* What is plain is UTF-8: the rest decides. */
    const bool utf8 = text_is_utf8(text.data + plain, text.length - plain);
    struct text_unit unit;
    for (size_t at = plain; at < text.length; at += unit.length) {
        char escaped[13];
        unit = text_next(text.data + at, text.length - at, utf8);
        if (unit.code == '"')
            writer_byte(writer, '"');
        writer_put(writer, escaped, text_escape(&unit, text.data + at, escaped));
    }
}

/* What a spreadsheet would take for a formula is made a text by an apostrophe. In Japanese, that may begin with = + - @ of
 * full width. */
static bool is_formula(struct bytes text)
{
    static const char wide[] = {'\x9d', '\x8b', '\x8d', '\xa0'};
    if (text.length >= 3 && memcmp(text.data, "\xef\xbc", 2) == 0)
        return memchr(wide, text.data[2], sizeof wide) != NULL;
    return text.length > 0 && strchr("=+-@\t\r", text.data[0]) != NULL;
}

void csv_put_text(struct writer *writer, struct bytes text)
{
    writer_byte(writer, '"');
    if (is_formula(text))
        writer_byte(writer, '\'');
    put_text(writer, text);
    writer_byte(writer, '"');
}

static void put_cell(struct writer *writer, struct bytes text)
{
    if (text.data != NULL)
        csv_put_text(writer, text);
    writer_byte(writer, ',');
}

static void put_word(struct writer *writer, const char *word)
{
    writer_string(writer, word);
    writer_byte(writer, ',');
}

static void put_number(struct writer *writer, long long number)
{
    writer_number(writer, number);
    writer_byte(writer, ',');
}

static void put_flags(struct writer *writer, unsigned flags)
{
    const char *separator = "";
    for (unsigned bit = 1; bit <= flags; bit <<= 1) {
        if (flags & bit) {
            writer_string(writer, separator);
            writer_string(writer, sbfota_flag_name(bit));
            separator = " ";
        }
    }
    writer_byte(writer, ',');
}

/* Columns code to at: what comes of the argument of the message. */
static void put_argument(struct writer *writer, const struct record *record)
{
    struct event_value values[ARGUMENT_VALUES];
    const unsigned count = event_argument(record, values);
    const struct event_value *next = values;
    for (enum event_field field = EVENT_code; field <= EVENT_at; field++) {
        const struct record_value *const value = &next->value;
        if (next < values + count && next->field == field) {
            if (value->type == VALUE_NUMBER)
                writer_number(writer, value->number);
            else if (value->type == VALUE_TEXT || field == EVENT_text)
                csv_put_text(writer, value->text);
            else if (value->type == VALUE_WORD)
                writer_string(writer, value->text.data);
            next++;
        }
        writer_byte(writer, ',');
    }
}

/* The name of an event with what comes of its kind: up to its number, or up to the command that it answers. */
void csv_prepare(struct decode_output *output)
{
    enum {
        CELLS = 12 /* from the code to the place where it went wrong */
    };
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        struct json_event *const event = &output->events[kind];
        struct cursor cursor = {event->bytes};
        const unsigned before = message->argument == SBFOTA_ARGUMENT_SECONDS   ? 1
                                : message->argument == SBFOTA_ARGUMENT_PERCENT ? 2
                                                                               : 3;
        const unsigned cells = event->plain == JSON_PLAIN_NUMBER ? before : CELLS;
        cursor_byte(&cursor, ',');
        cursor_string(&cursor, message->name);
        for (unsigned i = 0; i <= cells && event->plain != JSON_PLAIN_CODE; i++)
            cursor_byte(&cursor, ',');
        event->length = (uint8_t)(cursor.next - event->bytes);
        event->commas = (uint8_t)(CELLS - cells);
    }
}

void csv_begin_keep(struct decode_output *output, const char *file)
{
    struct json_begin *const begin = &output->begin;
    struct writer writer;
    begin->known = false;
    begin->file = file;
    if (!writer_make(&writer, NULL)) {
        output->writer->failed = true;
        return;
    }
    put_cell(&writer, (struct bytes){file, file == NULL ? 0 : strlen(file)});
    begin->length = writer.used;
    begin->known = !writer.failed && writer.used <= sizeof begin->bytes;
    if (begin->known)
        memcpy(begin->bytes, writer.buffer, writer.used);
    writer_free(&writer);
}

const struct json_code *csv_code_keep(struct decode_output *output,
                                      const struct sbfota_event *event)
{
    struct json_code *const code = json_code_place(output, event);
    const struct json_event *const name = &output->events[event->kind];
    const struct record record = {.event = *event};
    struct writer writer = {.buffer = code->bytes, .capacity = sizeof code->bytes};
    writer_put(&writer, name->bytes, name->length);
    writer_byte(&writer, ',');
    put_argument(&writer, &record);
    code->value = event->value;
    code->kind = event->kind;
    code->length = (uint8_t)writer.used;
    return code;
}

void csv_put(struct decode_output *output, const struct record *record)
{
    struct writer *const writer = output->writer;
    const struct sbfota_event *const event = &record->event;
    const struct sbfota_message_row *const message = sbfota_message(event->kind);

    put_cell(writer, (struct bytes){record->file, record->file == NULL ? 0 : strlen(record->file)});
    put_number(writer, (long long)record->line);
    put_number(writer, (long long)record->offset);
    put_number(writer, (long long)event->length);
    put_cell(writer, record->time);
    put_cell(writer, record->modem);
    put_word(writer, record->direction == DIRECTION_NONE ? ""
                     : record->direction == DIRECTION_RX ? "rx"
                                                         : "tx");
    put_word(writer, message->name);
    put_argument(writer, record);
    put_word(writer, record->answers == SBFOTA_NONE ? "" : sbfota_message(record->answers)->name);
    put_flags(writer, record_flags(record));
    if (!spelling_is_canonical(record)) {
        /* May begin with the `=` before a text. */
        writer_string(writer, spelling_has_text(record) ? "\"'" : "\"");
        spelling_put(writer, record);
        if (spelling_has_text(record))
            put_text(writer, record->text);
        writer_byte(writer, '"');
    }
    writer_byte(writer, ',');
    if ((output->raw && event->kind != SBFOTA_OVERLONG) || record_needs_raw(record))
        csv_put_text(writer, record->text);
    writer_string(writer, "\r\n");
}
