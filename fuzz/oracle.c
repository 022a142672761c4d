/* SPDX-License-Identifier: MIT
 *
 * The parser against the second decoder. */
#include "fuzz.h"
#include "second.h"

static bool is_line_end(uint8_t byte)
{
    return byte == '\r' || byte == '\n';
}

static void show(const char *name, const struct sbfota_event *event)
{
    fprintf(stderr, "%s: kind %u detail %u value %d extent %u flags %x spelling %x\n", name,
            event->kind, event->detail, (int)event->value, (unsigned)event->extent, event->flags,
            event->spelling);
}

static void check_line(const uint8_t *text, size_t length, const struct sbfota_event *got)
{
    struct sbfota_event expected;
    uint8_t *const copy = fuzz_copy(text, length);
    second_decode(copy, length, &expected);
    free(copy);
    expected.offset = got->offset;
    expected.lead = got->lead;
    expected.ending = got->ending;
    if (memcmp(&expected, got, sizeof expected) == 0)
        return;
    fprintf(stderr, "of %.*s\n", (int)length, (const char *)text);
    show("the parser", got);
    show("the second decoder", &expected);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sbfota_parser parser;
    size_t at = 0;
    sbfota_parser_init(&parser);
    for (;;) {
        struct sbfota_event event;
        size_t end;
        const size_t from = at;
        while (at < size && is_line_end(data[at]) && at - from < 60000)
            at++;
        for (end = at; end < size && !is_line_end(data[end]);)
            end++;
        const size_t piece = (end < size ? end + 1 : end) - from;
        const size_t used = sbfota_parse(&parser, data + from, piece, &event);
        CHECK(used == piece);
        if (end == size) {
            sbfota_finish(&parser, &event);
            if (end > at)
                check_line(data + at, end - at, &event);
            return 0;
        }
        if (end > at) {
            CHECK(event.offset == at && event.length == end - at);
            check_line(data + at, end - at, &event);
        }
        at = end + 1;
    }
}
