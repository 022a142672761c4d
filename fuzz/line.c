/* SPDX-License-Identifier: MIT
 *
 * Each line, whole or as prefix and tail, is decoded as it is in a stream, and sbfota_is_ours says
 * yes to all that are ours. */
#include <sbfota/texts.h>

#include "fuzz.h"

/* The first event of a stream. */
static size_t parse_first(const uint8_t *bytes, size_t length, struct sbfota_event *event)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    const size_t used = sbfota_parse(&parser, bytes, length, event);
    if (event->kind == SBFOTA_NONE)
        sbfota_finish(&parser, event);
    return used;
}

static bool is_line_end(uint8_t byte)
{
    return byte == '\r' || byte == '\n';
}

/* How many bytes it is. */
static size_t check_line(const uint8_t *bytes, size_t length)
{
    struct sbfota_event stream, line;
    size_t expected = parse_first(bytes, length, &stream);
    while (expected < length && is_line_end(bytes[expected]))
        expected++;
    const size_t used = sbfota_decode_line(bytes, length, &line);
    CHECK(used == expected);
    CHECK(memcmp(&line, &stream, sizeof line) == 0);
    CHECK((line.kind == SBFOTA_NONE) == (length == 0));
    CHECK(line.offset + line.length <= used);
    return used;
}

static void check_tail(const uint8_t *bytes, size_t length, size_t cut)
{
    struct sbfota_event whole, event;
    const size_t whole_used = sbfota_decode_line(bytes, length, &whole);
    CHECK(cut <= length);
    for (size_t i = 0; i < cut; i++)
        if (is_line_end(bytes[i]))
            return; /* a prefix is of one line */
    uint8_t *const prefix = fuzz_copy(bytes, cut);
    uint8_t *const tail = fuzz_copy(bytes + cut, length - cut);
    const size_t used = sbfota_decode_tail(prefix, cut, tail, length - cut, &event);
    CHECK(used + cut == whole_used);
    CHECK(memcmp(&event, &whole, sizeof event) == 0);
    free(prefix);
    free(tail);
}

/* Must sbfota_is_ours have said yes? */
static bool is_told(const struct sbfota_event *event, const uint8_t *text)
{
    const struct sbfota_message_row *const message = sbfota_message(event->kind);
    switch ((enum sbfota_family)message->family) {
    case SBFOTA_FAMILY_URC:
    case SBFOTA_FAMILY_RESPONSE:
    case SBFOTA_FAMILY_COMMAND:
    case SBFOTA_FAMILY_TEST: return true;
    case SBFOTA_FAMILY_WORD: return event->kind == SBFOTA_RDY || event->kind == SBFOTA_APP_RDY;
    case SBFOTA_FAMILY_CME: return false;
    case SBFOTA_FAMILY_LINE: break;
    }
    return event->kind == SBFOTA_UNKNOWN ||
           (event->kind == SBFOTA_MALFORMED && event->detail != SBFOTA_REASON_GLUED &&
            (event->length < 5 || memcmp(text, "+CME ", 5) != 0));
}

static void check_ours(const uint8_t *bytes, size_t length)
{
    struct sbfota_event event;
    sbfota_decode_line(bytes, length, &event);
    if (event.kind == SBFOTA_NONE || event.kind == SBFOTA_BLANK)
        return;
    const size_t text = (size_t)event.offset;
    uint8_t *const copy = fuzz_copy(bytes + text, (size_t)event.length);
    if (is_told(&event, copy))
        CHECK(sbfota_is_ours(copy, (size_t)event.length) && sbfota_is_ours(bytes, length));
    sbfota_is_ours(bytes, length);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plan plan;
    const size_t length = plan_take(&plan, data, size);
    uint8_t *const bytes = fuzz_copy(data, length);
    size_t at = 0;
    do {
        check_ours(bytes + at, length - at);
        at += check_line(bytes + at, length - at);
    } while (at < length);
    for (unsigned i = 0; i < 4; i++)
        check_tail(bytes, length, plan_next(&plan) % (length + 1));
    free(bytes);
    return 0;
}
