/* SPDX-License-Identifier: MIT
 *
 * sbfota encode: JSON Lines of decode back to the bytes of the wire. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include <sbfota/texts.h>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"
#include "cli/writing/spelling.h"
#include "cli/writing/text_safety.h"

/* Where a record stands, for error lines. */
struct record_place {
    const char *file;
    unsigned long long line;
};

/* One record on its way to the wire. */
struct encoding {
    struct record_place place;
    const json_t *object;
    bool bytes; /* strings hold U+0000 to U+00FF for bytes */
    struct sbfota_event event;
    struct spelling spelling;
    char *texts[4]; /* strings made bytes, to be freed */
    size_t text_count;
    struct bytes text; /* what the formatter needs */
};

#define WRONG(encoding, ...) \
    (error_line(file_shown((encoding)->place.file), (encoding)->place.line, __VA_ARGS__), false)

/* A string's bytes: itself, or, flagged `bytes`, each of its characters as one byte. False if it is absent, no string, or
 * holds a character over U+00FF there. */
static bool get_text(struct encoding *encoding, const char *key, struct bytes *text)
{
    const json_t *const value = json_object_get(encoding->object, key);
    if (!json_is_string(value))
        return WRONG(encoding, "\"%s\" must be a string", key);
    *text = (struct bytes){json_string_value(value), json_string_length(value)};
    if (!encoding->bytes)
        return true;
    char *const narrow = malloc(text->length + 1);
    if (narrow == NULL)
        return WRONG(encoding, "not enough memory");
    encoding->texts[encoding->text_count++] = narrow;
    size_t length = 0;
    struct text_unit unit;
    for (size_t at = 0; at < text->length; at += unit.length) {
        unit = text_next(text->data + at, text->length - at, true);
        if (unit.code > 0xff)
            return WRONG(encoding, "\"%s\" has a character over U+00FF, but the flag \"bytes\"",
                         key);
        narrow[length++] = (char)(unsigned char)unit.code;
    }
    *text = (struct bytes){narrow, length};
    return true;
}

/* The same of a text that stands on one line: a line end in it would be the begin of a forged one. */
static bool get_line(struct encoding *encoding, const char *key, struct bytes *text)
{
    if (!get_text(encoding, key, text))
        return false;
    for (size_t i = 0; i < text->length; i++)
        if (text->data[i] == '\r' || text->data[i] == '\n')
            return WRONG(encoding, "\"%s\" has a line end in it", key);
    return true;
}

static bool get_number(struct encoding *encoding, const char *key, long long least,
                       long long greatest, long long *number)
{
    const json_t *const value = json_object_get(encoding->object, key);
    if (!json_is_integer(value))
        return WRONG(encoding, "\"%s\" must be a whole number", key);
    *number = json_integer_value(value);
    if (*number < least || *number > greatest)
        return WRONG(encoding, "\"%s\" must be from %lld to %lld", key, least, greatest);
    return true;
}

static bool get_value(struct encoding *encoding, const char *key)
{
    long long number;
    if (!get_number(encoding, key, INT32_MIN, INT32_MAX, &number))
        return false;
    encoding->event.value = (int32_t)number;
    return true;
}

static bool get_range(struct encoding *encoding)
{
    struct bytes parameter;
    long long least, greatest;
    if (!get_text(encoding, "parameter", &parameter) ||
        !get_number(encoding, "min", 0, INT32_MAX, &least) ||
        !get_number(encoding, "max", 0, INT32_MAX, &greatest))
        return false;
    if (strcmp(parameter.data, "sbfota_accept") == 0)
        encoding->event.detail = SBFOTA_PARAMETER_ACCEPT;
    else if (strcmp(parameter.data, "sbfota_delay") != 0)
        return WRONG(encoding, "\"parameter\" must be \"sbfota_delay\" or \"sbfota_accept\"");
    encoding->event.value = (int32_t)least;
    encoding->event.extent = (uint32_t)greatest;
    return true;
}

static bool get_cme(struct encoding *encoding)
{
    if (json_object_get(encoding->object, "text") == NULL)
        return get_value(encoding, "code");
    if (!get_line(encoding, "text", &encoding->text))
        return false;
    encoding->event.extent = (uint32_t)encoding->text.length;
    return encoding->text.length > 0 || WRONG(encoding, "\"text\" is empty");
}

static bool get_fields(struct encoding *encoding)
{
    switch ((enum sbfota_argument)sbfota_message(encoding->event.kind)->argument) {
    case SBFOTA_ARGUMENT_NONE: return true;
    case SBFOTA_ARGUMENT_SECONDS: return get_value(encoding, "seconds");
    case SBFOTA_ARGUMENT_PERCENT: return get_value(encoding, "percent");
    case SBFOTA_ARGUMENT_PARA: return get_value(encoding, "para");
    case SBFOTA_ARGUMENT_RANGE: return get_range(encoding);
    case SBFOTA_ARGUMENT_CME_CODE: return get_cme(encoding);
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: return get_value(encoding, "code");
    case SBFOTA_ARGUMENT_TEXT: return get_line(encoding, "raw", &encoding->text);
    }
    return false;
}

static bool get_event(struct encoding *encoding)
{
    const json_t *const name = json_object_get(encoding->object, "event");
    const json_t *const flags = json_object_get(encoding->object, "flags");
    if (!json_is_string(name))
        return WRONG(encoding, "\"event\" must be a string: an event's name");
    const enum sbfota_kind kind =
        sbfota_kind_from_name(json_string_value(name), json_string_length(name));
    if (kind == SBFOTA_NONE || kind == SBFOTA_BLANK)
        return WRONG(encoding, "event \"%s\": there is no such event", json_string_value(name));
    if (kind == SBFOTA_OVERLONG) {
        const json_t *const line = json_object_get(encoding->object, "line");
        const json_t *const offset = json_object_get(encoding->object, "offset");
        return WRONG(encoding,
                     "an overlong line, whose text is not kept, cannot be encoded: line %lld of "
                     "the capture, byte %lld",
                     (long long)json_integer_value(line), (long long)json_integer_value(offset));
    }
    encoding->event.kind = (uint8_t)kind;
    /* Whatever was sent is given back. */
    encoding->event.flags = SBFOTA_FLAG_OUT_OF_RANGE;
    size_t index;
    const json_t *flag;
    json_array_foreach(flags, index, flag) if (json_is_string(flag) &&
                                               strcmp(json_string_value(flag), "bytes") == 0)
        encoding->bytes = true;
    return true;
}

static bool get_spelling(struct encoding *encoding)
{
    struct bytes as;
    if (json_object_get(encoding->object, "as") == NULL)
        return true;
    if (!get_text(encoding, "as", &as))
        return false;
    if (!spelling_read(as, &encoding->spelling))
        return WRONG(encoding,
                     "\"as\" is not what decode writes there; leave it out for the canonical form");
    encoding->event.spelling = (uint8_t)encoding->spelling.bits;
    return true;
}

static bool put_line(struct encoding *encoding, struct writer *writer)
{
    char line[512];
    const struct spelling *const spelling = &encoding->spelling;
    const unsigned kind = encoding->event.kind;
    const struct bytes lead = record_canonical_lead(kind);
    const struct bytes tail = record_canonical_tail(kind);
    struct bytes text = encoding->text;

    if (spelling->has_text) {
        text = spelling->text;
    } else if (sbfota_message(kind)->argument != SBFOTA_ARGUMENT_TEXT) {
        const bool cme_text = kind == SBFOTA_CME_ERROR && encoding->event.extent > 0;
        encoding->event.length = encoding->text.length;
        const ptrdiff_t length = sbfota_format(
            &encoding->event, encoding->text.data,
            cme_text ? SBFOTA_FORMAT_CANONICAL : SBFOTA_FORMAT_OWN, line, sizeof line);
        if (length < 0 || (size_t)length > sizeof line)
            return WRONG(encoding, "\"text\" is longer than any line");
        text = (struct bytes){line, (size_t)length};
    }
    if (spelling->has_lead)
        spelling_put_ends(writer, spelling->lead);
    else
        writer_put(writer, lead.data, lead.length);
    writer_put(writer, text.data, text.length);
    if (spelling->has_tail)
        spelling_put_ends(writer, spelling->tail);
    else
        writer_put(writer, tail.data, tail.length);
    return true;
}

/* One line of JSON. */
static bool encode_line(struct record_place place, const char *text, size_t length,
                        struct writer *writer)
{
    json_error_t error;
    json_t *const object =
        json_loadb(text, length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    struct encoding encoding = {.place = place, .object = object};
    bool good = false;
    if (object == NULL)
        error_line(file_shown(place.file), place.line, "byte %d: not JSON: %s", error.position,
                   error.text);
    else if (!json_is_object(object))
        error_line(file_shown(place.file), place.line, "not a JSON object");
    else
        good = get_event(&encoding) && get_spelling(&encoding) && get_fields(&encoding) &&
               put_line(&encoding, writer);
    while (encoding.text_count > 0)
        free(encoding.texts[--encoding.text_count]);
    json_decref(object);
    return good;
}

static bool is_blank(const char *text, size_t length)
{
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL && text[length - 1] != '\0')
        length--;
    return length == 0;
}

/* All lines of a file. Nothing more is written behind the first that is wrong: it would be in the wrong place. */
static bool encode_file(const char *name, const char *output, struct writer *writer)
{
    struct record_place place = {.line = 0};
    struct file_lines lines = {.fd = file_open(&name, output)};
    const char *text;
    ptrdiff_t length = 0;
    bool good = true;
    place.file = name;
    if (lines.fd < 0)
        return false;
    while (good && !writer->output->failed && (length = file_lines_next(&lines, &text)) > 0) {
        place.line++;
        if (!is_blank(text, (size_t)length))
            good = encode_line(place, text, (size_t)length, writer);
    }
    if (length < 0)
        error_line(file_shown(name), 0, "read error: %s", strerror(errno));
    file_lines_free(&lines);
    return good && length >= 0 && !interrupt_came();
}

int encode_run(const struct options *options)
{
    struct output output;
    struct writer writer;
    bool good = true;
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    if (!writer_make(&writer, &output)) {
        error_line(NULL, 0, "not enough memory");
        output_close(&output, false);
        return EXIT_TROUBLE;
    }
    if (options->argument_count == 0)
        good = encode_file("-", options->output, &writer);
    for (int i = 0; i < options->argument_count && good; i++)
        good = encode_file(options->arguments[i], options->output, &writer);
    writer_flush(&writer, &output);
    if (writer.failed)
        error_line(NULL, 0, "not enough memory");
    good = output_close(&output, good) && good && !writer.failed;
    writer_free(&writer);
    return good ? EXIT_DONE : EXIT_TROUBLE;
}
