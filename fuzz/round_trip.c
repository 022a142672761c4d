/* SPDX-License-Identifier: MIT
 *
 * What has been parsed is formatted as it was, in its own spelling, and what any event is formatted
 * as is parsed as that event. */
#include <sbfota/texts.h>

#include "fuzz.h"

enum {
    ROOM = 1024
};

/* Format into a buffer of just that size; it is the begin of the whole. */
static void check_room(const struct sbfota_event *event, const void *text, unsigned style,
                       size_t capacity, const char *whole, ptrdiff_t length)
{
    char *const buffer = capacity == 0 ? NULL : malloc(capacity);
    CHECK(sbfota_format(event, text, style, buffer, capacity) == length);
    if (length > 0 && capacity > 0)
        CHECK(memcmp(buffer, whole, capacity < (size_t)length ? capacity : (size_t)length) == 0);
    free(buffer);
}

static bool is_same_meaning(const struct sbfota_event *a, const struct sbfota_event *b)
{
    const unsigned odd = SBFOTA_FLAG_NONCANONICAL | SBFOTA_FLAG_OVERFLOW;
    return a->kind == b->kind && a->detail == b->detail && a->value == b->value &&
           a->extent == b->extent && (a->flags & ~odd) == (b->flags & ~odd);
}

static bool keeps_text(const struct sbfota_event *event)
{
    return event->kind == SBFOTA_OTHER || event->kind == SBFOTA_MALFORMED ||
           event->kind == SBFOTA_UNKNOWN;
}

/* An event of a stream, with its text. */
static void check_event(const struct sbfota_event *event, const uint8_t *text, struct plan *plan)
{
    char whole[ROOM];
    struct sbfota_event again;
    const size_t text_length = (size_t)event->length;
    if (event->kind == SBFOTA_BLANK || event->kind == SBFOTA_OVERLONG) {
        CHECK(sbfota_format(event, text, SBFOTA_FORMAT_OWN, whole, ROOM) == SBFOTA_FORMAT_NO_TEXT);
        return;
    }
    ptrdiff_t length = sbfota_format(event, text, SBFOTA_FORMAT_OWN, whole, ROOM);
    CHECK(length == (ptrdiff_t)text_length && memcmp(whole, text, text_length) == 0);
    check_room(event, text, SBFOTA_FORMAT_OWN, plan_next(plan), whole, length);
    length = sbfota_format(event, NULL, SBFOTA_FORMAT_OWN, whole, ROOM);
    CHECK(length == SBFOTA_FORMAT_NEEDS_TEXT ||
          (length == (ptrdiff_t)text_length && memcmp(whole, text, text_length) == 0));

    length = sbfota_format(event, text, SBFOTA_FORMAT_CANONICAL, whole, ROOM);
    CHECK(length > 0 && length <= ROOM);
    check_room(event, text, SBFOTA_FORMAT_CANONICAL, plan_next(plan), whole, length);
    sbfota_decode_line(whole, (size_t)length, &again);
    if (event->kind == SBFOTA_CME_ERROR && event->extent > 0) {
        CHECK(again.kind == SBFOTA_CME_ERROR && again.extent == event->extent);
        return;
    }
    CHECK(is_same_meaning(&again, event));
    CHECK(keeps_text(event) ||
          (again.spelling == 0 && (again.flags & SBFOTA_FLAG_NONCANONICAL) == 0));

    length = sbfota_format(event, text, SBFOTA_FORMAT_FRAMED, whole, ROOM);
    check_room(event, text, SBFOTA_FORMAT_FRAMED, plan_next(plan), whole, length);
    CHECK(sbfota_decode_line(whole, (size_t)length, &again) == (size_t)length);
    CHECK(is_same_meaning(&again, event));
}

static void check_stream(const uint8_t *bytes, size_t length, struct plan *plan)
{
    struct sbfota_parser parser;
    const uint8_t *next = bytes;
    sbfota_parser_init(&parser);
    while (length > 0) {
        struct sbfota_event event;
        const size_t used = sbfota_parse(&parser, next, length, &event);
        next += used;
        length -= used;
        if (event.kind == SBFOTA_NONE && !sbfota_finish(&parser, &event))
            return;
        uint8_t *const text = fuzz_copy(bytes + event.offset, (size_t)event.length);
        check_event(&event, text, plan);
        free(text);
    }
}

/* An event that nobody has parsed: any bytes. Its text is as long as it says, or as a line can be. */
static void check_any(const uint8_t *bytes, size_t length, struct plan *plan)
{
    struct sbfota_event event, again;
    char whole[ROOM];
    if (length < sizeof event)
        return;
    memcpy(&event, bytes, sizeof event);
    const size_t rest = length - sizeof event;
    if (event.length <= SBFOTA_LINE_MAX && event.length > rest)
        event.length = rest;
    event.kind = (uint8_t)(event.kind % (SBFOTA_KIND_COUNT + 2));
    uint8_t *const text =
        fuzz_copy(bytes + sizeof event, event.length > rest ? 0 : (size_t)event.length);
    for (unsigned style = 0; style < 4; style++) {
        const ptrdiff_t needed = sbfota_format(&event, text, style, NULL, 0);
        const ptrdiff_t given = sbfota_format(&event, text, style, whole, ROOM);
        CHECK(given == needed && given <= ROOM);
        check_room(&event, text, style, plan_next(plan), whole, given);
        check_room(&event, text, style, 64, whole, given);
    }
    free(text);
    /* The values that it may have, in any spelling: what is written is this event, and what a host
     * may not send is refused. */
    event.flags = 0;
    const struct sbfota_message_row *const message = sbfota_message(event.kind);
    if (message == NULL || message->argument == SBFOTA_ARGUMENT_TEXT ||
        (event.kind == SBFOTA_CME_ERROR && (event.extent > 0 || event.value < 0)))
        return;
    if (event.kind == SBFOTA_RANGE) {
        event.value &= INT32_MAX;
        event.extent &= INT32_MAX;
        event.detail &= 1;
    }
    if (sbfota_format(&event, NULL, SBFOTA_FORMAT_CANONICAL, NULL, 0) == SBFOTA_FORMAT_NO_TEXT)
        return;
    for (unsigned style = 0; style < 2; style++) {
        ptrdiff_t given = sbfota_format(&event, NULL, style, whole, ROOM);
        if (given == SBFOTA_FORMAT_OUT_OF_RANGE) {
            CHECK(message->sender == SBFOTA_SENDER_HOST);
            CHECK(event.value < message->min || event.value > message->max);
            event.flags = SBFOTA_FLAG_OUT_OF_RANGE;
            given = sbfota_format(&event, NULL, style, whole, ROOM);
        }
        CHECK(given > 0 && given < ROOM);
        CHECK(sbfota_decode_line(whole, (size_t)given, &again) == (size_t)given);
        CHECK(again.kind == event.kind && (again.flags & SBFOTA_FLAG_NONCANONICAL) == 0);
        CHECK(message->argument == SBFOTA_ARGUMENT_NONE || again.value == event.value);
        CHECK(event.kind != SBFOTA_RANGE || again.detail == event.detail);
        CHECK((again.spelling & (style == 0 ? 0xffU : ~(unsigned)event.spelling)) == 0);
        char second[ROOM];
        CHECK(sbfota_format(&again, NULL, SBFOTA_FORMAT_OWN, second, ROOM) == given);
        CHECK(memcmp(whole, second, (size_t)given) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plan plan;
    const size_t length = plan_take(&plan, data, size);
    check_stream(data, length, &plan);
    check_any(data, length, &plan);
    return 0;
}
