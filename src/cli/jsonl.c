/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <sbfota/texts.h>

#include "put.h"
#include "sink.h"
#include "spelling.h"
#include "text_safety.h"

static void put_escape(struct writer *writer, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[] = {
        '\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
    writer_put(writer, escape, sizeof escape);
}

/* The inside of a JSON string. A text that is not UTF-8 goes byte for byte as U+0000 to U+00FF. */
static void put_text(struct writer *writer, struct bytes text, bool utf8)
{
    struct text_unit unit;
    for (size_t at = 0; at < text.length; at += unit.length) {
        unit = text_next(text.data + at, text.length - at, utf8);
        if (unit.code == '"' || unit.code == '\\') {
            writer_byte(writer, '\\');
            writer_byte(writer, (char)unit.code);
        } else if (unit.plain && (unit.code < 0x80 || unit.length > 1)) {
            writer_put(writer, text.data + at, unit.length);
        } else if (unit.code == '\t') {
            writer_string(writer, "\\t");
        } else if (unit.code < 0x10000) {
            put_escape(writer, unit.code);
        } else {
            put_escape(writer, 0xd7c0 + (unit.code >> 10));
            put_escape(writer, 0xdc00 + (unit.code & 0x3ff));
        }
    }
}

void json_put_text(struct writer *writer, struct bytes text)
{
    put_text(writer, text, text_is_utf8(text.data, text.length));
}

static void put_key(struct writer *writer, const char *key)
{
    writer_string(writer, ",\"");
    writer_string(writer, key);
    writer_string(writer, "\":");
}

static void put_number(struct writer *writer, const char *key, long long number)
{
    put_key(writer, key);
    writer_number(writer, number);
}

static void put_string(struct writer *writer, const char *key, const char *string)
{
    put_key(writer, key);
    writer_byte(writer, '"');
    writer_string(writer, string);
    writer_byte(writer, '"');
}

static void put_bytes(struct writer *writer, const char *key, struct bytes text, bool utf8)
{
    put_key(writer, key);
    writer_byte(writer, '"');
    put_text(writer, text, utf8);
    writer_byte(writer, '"');
}

static void put_code(struct writer *writer, const struct sbfota_event *event)
{
    const struct sbfota_code *const code =
        sbfota_code(sbfota_code_table(event->kind), event->value);
    put_number(writer, "code", event->value);
    if (code == NULL)
        return;
    put_string(writer, "text", code->text);
    if (code->aftermath != SBFOTA_AFTERMATH_NONE)
        put_string(writer, "polling",
                   code->aftermath == SBFOTA_AFTERMATH_STOPPED ? "stopped" : "rearmed");
}

static void put_fields(struct writer *writer, const struct record *record,
                       enum sbfota_argument argument, bool utf8)
{
    const struct sbfota_event *const event = &record->event;
    switch (argument) {
    case SBFOTA_ARGUMENT_NONE: break;
    case SBFOTA_ARGUMENT_SECONDS: put_number(writer, "seconds", event->value); break;
    case SBFOTA_ARGUMENT_PERCENT: put_number(writer, "percent", event->value); break;
    case SBFOTA_ARGUMENT_PARA: put_number(writer, "para", event->value); break;
    case SBFOTA_ARGUMENT_RANGE:
        put_string(writer, "parameter",
                   event->detail == SBFOTA_PARAMETER_ACCEPT ? "sbfota_accept" : "sbfota_delay");
        put_number(writer, "min", event->value);
        put_number(writer, "max", event->extent);
        break;
    case SBFOTA_ARGUMENT_CME_CODE:
        if (event->extent > 0)
            put_bytes(writer, "text", record_part(record), utf8);
        else
            put_number(writer, "code", event->value);
        break;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: put_code(writer, event); break;
    case SBFOTA_ARGUMENT_TEXT:
        if (event->kind == SBFOTA_UNKNOWN)
            put_bytes(writer, "keyword", record_part(record), utf8);
        if (event->detail != SBFOTA_REASON_NONE)
            put_string(writer, "reason", sbfota_reason_name(event->detail));
        if (event->kind == SBFOTA_MALFORMED)
            put_number(writer, "at", event->value);
        break;
    }
}

static void put_flags(struct writer *writer, unsigned flags)
{
    char separator = '[';
    put_key(writer, "flags");
    for (unsigned bit = 1; bit <= flags; bit <<= 1) {
        if (flags & bit) {
            writer_byte(writer, separator);
            writer_byte(writer, '"');
            writer_string(writer, sbfota_flag_name(bit));
            writer_byte(writer, '"');
            separator = ',';
        }
    }
    writer_byte(writer, ']');
}

static void put_name(struct writer *writer, const char *key, struct bytes name)
{
    if (name.data != NULL)
        put_bytes(writer, key, name, text_is_utf8(name.data, name.length));
}

void jsonl_put(struct sink *sink, const struct record *record)
{
    struct writer *const writer = sink->writer;
    const struct sbfota_message *const message = sbfota_message(record->event.kind);
    const unsigned flags = record_flags(record);
    const bool utf8 = !(flags & SBFOTA_FLAG_BYTES);

    writer_byte(writer, '{');
    if (record->file != NULL) {
        const size_t length = strlen(record->file);
        writer_string(writer, "\"file\":\"");
        put_text(writer, (struct bytes){record->file, length}, text_is_utf8(record->file, length));
        writer_string(writer, "\",");
    }
    writer_string(writer, "\"line\":");
    writer_number(writer, (long long)record->line);
    put_number(writer, "offset", (long long)record->offset);
    put_number(writer, "length", (long long)record->event.length);
    put_name(writer, "time", record->time);
    put_name(writer, "modem", record->modem);
    if (record->direction != DIRECTION_NONE)
        put_string(writer, "dir", record->direction == DIRECTION_RX ? "rx" : "tx");
    put_string(writer, "event", message->name);
    put_fields(writer, record, (enum sbfota_argument)message->argument, utf8);
    if (record->answers != SBFOTA_NONE)
        put_string(writer, "answers", sbfota_message(record->answers)->name);
    if (flags != 0)
        put_flags(writer, flags);
    if (!spelling_is_canonical(record)) {
        put_key(writer, "as");
        writer_byte(writer, '"');
        spelling_put(writer, record);
        if (spelling_has_text(record))
            put_text(writer, record->text, utf8);
        writer_byte(writer, '"');
    }
    if ((sink->raw && record->event.kind != SBFOTA_OVERLONG) || record_needs_raw(record))
        put_bytes(writer, "raw", record->text, utf8);
    writer_string(writer, "}\n");
}
