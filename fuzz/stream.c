/* SPDX-License-Identifier: MIT
 *
 * A stream gives the same events however it is cut, one by one or in batches, from both parser
 * styles, and its events tile it. */
#include <sbfota/passthrough.h>

#include "fuzz.h"
#include "table_style.h"

enum {
    EVENTS_MAX = 4096
};

struct told {
    struct sbfota_event events[EVENTS_MAX];
    size_t count;
};

/* One style of the parser. */
struct style {
    void (*init)(struct sbfota_parser *parser);
    size_t (*parse)(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *event);
    size_t (*batch)(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *events, size_t capacity, size_t *count);
    bool (*finish)(struct sbfota_parser *parser, struct sbfota_event *event);
};

static const struct style library = {sbfota_parser_init, sbfota_parse, sbfota_parse_batch,
                                     sbfota_finish};
static const struct style table = {table_parser_init, table_parse, table_parse_batch, table_finish};

/* What the next piece is: its length, and whether it is finished behind it all the same. */
static size_t piece(struct plan *plan, size_t left)
{
    static const size_t lengths[] = {1, 2, 3, 5, 7, 15, 16, 17, 31, 63, 64, 127, 255, 1000, 70000};
    const size_t length = lengths[plan_choose(plan, sizeof lengths / sizeof lengths[0])];
    return length < left ? length : left;
}

static void parse_whole(const struct style *style, const uint8_t *bytes, size_t length,
                        struct told *told)
{
    struct sbfota_parser parser;
    style->init(&parser);
    told->count = 0;
    while (length > 0) {
        struct sbfota_event *const event = &told->events[told->count];
        const size_t used = style->parse(&parser, bytes, length, event);
        CHECK(used > 0 && used <= length);
        CHECK(event->kind != SBFOTA_NONE || used == length);
        told->count += event->kind != SBFOTA_NONE;
        bytes += used;
        length -= used;
    }
    told->count += style->finish(&parser, &told->events[told->count]);
}

static void parse_pieces(const struct style *style, struct plan plan, const uint8_t *bytes,
                         size_t length, struct told *told)
{
    struct sbfota_parser parser;
    style->init(&parser);
    told->count = 0;
    while (length > 0) {
        size_t left = piece(&plan, length);
        uint8_t *const copy = fuzz_copy(bytes, left);
        const uint8_t *next = copy;
        bytes += left;
        length -= left;
        while (left > 0) {
            struct sbfota_parser moved = parser; /* it may be copied at any time */
            struct sbfota_event *const event = &told->events[told->count];
            const size_t used = style->parse(&moved, next, left, event);
            CHECK(used > 0 && used <= left);
            told->count += event->kind != SBFOTA_NONE;
            next += used;
            left -= used;
            parser = moved;
        }
        free(copy);
    }
    told->count += style->finish(&parser, &told->events[told->count]);
}

static void parse_batches(const struct style *style, struct plan plan, const uint8_t *bytes,
                          size_t length, struct told *told)
{
    struct sbfota_parser parser;
    style->init(&parser);
    told->count = 0;
    while (length > 0) {
        size_t left = piece(&plan, length);
        uint8_t *const copy = fuzz_copy(bytes, left);
        const uint8_t *next = copy;
        bytes += left;
        length -= left;
        while (left > 0) {
            const size_t capacity = 1 + plan_choose(&plan, 9);
            struct sbfota_event *const events = malloc(capacity * sizeof *events);
            size_t count = capacity + 1;
            CHECK(events != NULL);
            const size_t used = style->batch(&parser, next, left, events, capacity, &count);
            CHECK(used <= left && count <= capacity);
            CHECK(used == left || count == capacity);
            memcpy(told->events + told->count, events, count * sizeof *events);
            told->count += count;
            next += used;
            left -= used;
            free(events);
        }
        free(copy);
    }
    told->count += style->finish(&parser, &told->events[told->count]);
}

/* The bytes are those of the events, in their order. */
static void check_tiles(const struct told *told, const uint8_t *bytes, size_t length)
{
    uint64_t end = 0;
    for (size_t i = 0; i < told->count; i++) {
        const struct sbfota_event *const event = &told->events[i];
        CHECK(event->kind > SBFOTA_NONE && event->kind < SBFOTA_KIND_COUNT);
        CHECK(event->reserved == 0);
        CHECK(event->offset == end + event->lead);
        for (; end < event->offset; end++)
            CHECK(bytes[end] == '\r' || bytes[end] == '\n');
        end += event->length;
        CHECK(end <= length);
        CHECK(event->kind == SBFOTA_BLANK ? event->length == 0 : event->length > 0);
        CHECK((event->kind == SBFOTA_OVERLONG) == (event->length > SBFOTA_LINE_MAX));
        if (event->ending == SBFOTA_ENDING_NONE) {
            CHECK(i + 1 == told->count || event->kind == SBFOTA_BLANK);
            continue;
        }
        CHECK(end < length);
        CHECK(bytes[end] == (event->ending == SBFOTA_ENDING_CR ? '\r' : '\n'));
        end++;
    }
    CHECK(end == length);
}

static void check_same(const struct told *got, const struct told *expected)
{
    CHECK(got->count == expected->count);
    CHECK(memcmp(got->events, expected->events, got->count * sizeof got->events[0]) == 0);
}

/* An event as a stack behind the parser gets it: it tiles the stream, and its text is whole unless
 * it was torn and too long for the buffer. */
static void check_passed(const struct sbfota_event *event, const char *text, const uint8_t *stream,
                         uint64_t *end, size_t room)
{
    CHECK(event->offset == *end + event->lead);
    *end += event->lead + event->length + (event->ending != SBFOTA_ENDING_NONE);
    CHECK(text != NULL || event->length > room);
    CHECK(text == NULL || memcmp(text, stream + event->offset, (size_t)event->length) == 0);
}

/* With payload behind any line, of a length that is not of the stream. */
static void pass_through(struct plan plan, const uint8_t *bytes, size_t length)
{
    struct sbfota_parser parser;
    struct sbfota_payload payload;
    struct sbfota_line_buffer buffer;
    struct sbfota_event event;
    char room[SBFOTA_LINE_MAX];
    const size_t capacity = plan_choose(&plan, 4) * (SBFOTA_LINE_MAX / 4) + SBFOTA_LINE_MAX / 4;
    const uint8_t *const stream = bytes;
    uint64_t end = 0, left = 0;
    sbfota_parser_init(&parser);
    sbfota_payload_init(&payload);
    sbfota_line_buffer_init(&buffer, room, capacity);
    while (length > 0) {
        size_t given = piece(&plan, length);
        uint8_t *const copy = fuzz_copy(bytes, given);
        const uint8_t *next = copy;
        bytes += given;
        length -= given;
        while (given > 0) {
            const size_t used = sbfota_payload_parse(&payload, &parser, next, given, &event);
            const char *const text = sbfota_line_buffer_take(&buffer, next, used, &event);
            CHECK(used > 0 && used <= given);
            CHECK(event.kind != SBFOTA_NONE || (used == given && text == NULL));
            next += used;
            given -= used;
            if (event.kind == SBFOTA_NONE)
                continue;
            check_passed(&event, text, stream, &end, capacity);
            CHECK(left == 0 || (event.kind == SBFOTA_OTHER && event.length <= left));
            left -= left == 0 ? 0 : event.length;
            if (left == 0 && event.ending != SBFOTA_ENDING_NONE && plan_choose(&plan, 3) == 0)
                sbfota_payload_begin(&payload, &event, (uint32_t)(left = plan_next(&plan)));
        }
        free(copy);
    }
    if (sbfota_finish(&parser, &event))
        check_passed(&event, sbfota_line_buffer_take(&buffer, NULL, 0, &event), stream, &end,
                     capacity);
    CHECK(end == (uint64_t)(bytes - stream));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct told whole, other;
    struct plan plan;
    const size_t length = plan_take(&plan, data, size);
    if (length >= EVENTS_MAX)
        return -1;
    parse_whole(&library, data, length, &whole);
    check_tiles(&whole, data, length);
    parse_pieces(&library, plan, data, length, &other);
    check_same(&other, &whole);
    parse_batches(&library, plan, data, length, &other);
    check_same(&other, &whole);
    parse_pieces(&table, plan, data, length, &other);
    check_same(&other, &whole);
    parse_batches(&table, plan, data, length, &other);
    check_same(&other, &whole);
    pass_through(plan, data, length);
    return 0;
}
