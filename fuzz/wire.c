/* SPDX-License-Identifier: MIT
 *
 * What decode --all says of a raw capture, encode turns back into the same bytes; and the events are
 * those that the parser gives of the whole. */
#include <jansson.h>

#include <sbfota/texts.h>

#include "tool.h"
#include "valid.h"

static size_t next_event(struct sbfota_parser *parser, const uint8_t *bytes, size_t length,
                         struct sbfota_event *event)
{
    const size_t used = sbfota_parse(parser, bytes, length, event);
    if (event->kind == SBFOTA_NONE)
        sbfota_finish(parser, event);
    return used;
}

static json_int_t number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* Each record is the next event, and there is none left; blank lines have no record. */
static bool check_events(const struct tool_result *result, const uint8_t *bytes, size_t length)
{
    struct sbfota_parser parser;
    const char *line = result->output;
    const char *const end = line + result->length;
    bool overlong = false;
    sbfota_parser_init(&parser);
    for (size_t at = 0; at < length;) {
        struct sbfota_event event;
        at += next_event(&parser, bytes + at, length - at, &event);
        if (event.kind == SBFOTA_NONE || event.kind == SBFOTA_BLANK)
            continue;
        CHECK(line < end);
        const char *const feed = memchr(line, '\n', (size_t)(end - line));
        json_t *const object = json_loadb(line, (size_t)(feed - line), JSON_ALLOW_NUL, NULL);
        const char *const name = json_string_value(json_object_get(object, "event"));
        CHECK(sbfota_kind_from_name(name, strlen(name)) == event.kind);
        CHECK(number_of(object, "offset") == (json_int_t)event.offset);
        CHECK(number_of(object, "length") == (json_int_t)event.length);
        overlong = overlong || event.kind == SBFOTA_OVERLONG;
        json_decref(object);
        line = feed + 1;
    }
    CHECK(line == end || bytes[length - 1] == '\r' || bytes[length - 1] == '\n');
    return overlong;
}

/* Behind this no input is taken for an archive, or for UTF-16. */
static const char plain[] = "\r\n\0\0\r\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plan plan;
    const size_t head = sizeof plain - 1;
    const size_t length = head + plan_take(&plan, data, size);
    struct options options = {.format = OUTPUT_JSONL, .colour = COLOUR_NEVER};
    options.capture.form = capture_form_find("raw");
    options.capture.all = true;
    options.capture.threads = 1;
    options.raw = plan_next(&plan) & 1;
    const enum tool_input input = plan_next(&plan) & 1 ? TOOL_FILE : TOOL_PIPE;
    if (length > 60000)
        return -1;
    uint8_t *const bytes = malloc(length);
    CHECK(bytes != NULL);
    memcpy(bytes, plain, head);
    memcpy(bytes + head, data, length - head);
    if (length > 262 && memcmp(bytes + 257, "ustar", 5) == 0)
        bytes[257] = 'U';
    struct tool_result decoded = tool_run(decode_run, &options, bytes, length, input);
    valid_jsonl(decoded.output, decoded.length, true);
    CHECK(decoded.status != EXIT_TROUBLE);
    const bool overlong = check_events(&decoded, bytes, length);
    struct tool_result encoded =
        tool_run(encode_run, &options, decoded.output, decoded.length, TOOL_FILE);
    if (!overlong) {
        CHECK(encoded.status == EXIT_DONE);
        CHECK(encoded.length == length && memcmp(encoded.output, bytes, length) == 0);
    } else {
        CHECK(encoded.status == EXIT_TROUBLE);
        CHECK(encoded.length < length && memcmp(encoded.output, bytes, encoded.length) == 0);
    }
    free(encoded.output);
    free(decoded.output);
    free(bytes);
    return 0;
}
