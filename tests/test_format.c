/* SPDX-License-Identifier: MIT
 *
 * From events back to bytes, over every event's whole range. */
#include <stdlib.h>

#include <criterion/criterion.h>

#include "support.h"

/* Every number that a row's argument may hold, and some beside it. */
static void range_of(const struct sbfota_message_row *message, int32_t *first, int32_t *last,
                     int32_t *step)
{
    *first = -10;
    *last = 1000;
    *step = 1;
    if (message->argument == SBFOTA_ARGUMENT_NONE)
        *first = *last = 0;
    if (message->max > 1000) {
        *last = message->max + 2;
        *step = 7;
    }
}

static bool has_fields(unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    return message->family != SBFOTA_FAMILY_LINE && message->argument != SBFOTA_ARGUMENT_RANGE;
}

Test(format, canonical_lines_of_every_value_decode_to_it)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        int32_t first, last, step;
        if (!has_fields(kind))
            continue;
        range_of(sbfota_message(kind), &first, &last, &step);
        if (kind == SBFOTA_CME_ERROR)
            first = 0;
        for (int32_t value = first; value <= last; value += step) {
            const struct sbfota_event event = {
                .kind = (uint8_t)kind, .value = value, .flags = SBFOTA_FLAG_OUT_OF_RANGE};
            struct sbfota_event again;
            char line[128];
            const ptrdiff_t length =
                sbfota_format(&event, NULL, SBFOTA_FORMAT_CANONICAL, line, sizeof line);
            cr_assert_gt(length, 0);
            sbfota_decode_line(line, (size_t)length, &again);
            cr_assert_eq(again.kind, kind, "%.*s", (int)length, line);
            cr_assert_eq(again.value, value, "%.*s", (int)length, line);
            cr_assert_eq(again.spelling, 0, "%.*s", (int)length, line);
            cr_assert_eq(again.flags & SBFOTA_FLAG_NONCANONICAL, 0, "%.*s", (int)length, line);
        }
    }
}

Test(format, every_set_of_spellings_comes_back)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        if (sbfota_message(kind)->family == SBFOTA_FAMILY_LINE)
            continue;
        for (unsigned spelling = 0; spelling < 256; spelling++) {
            const struct sbfota_event event = {.kind = (uint8_t)kind,
                                               .value = 1,
                                               .extent = kind == SBFOTA_RANGE,
                                               .spelling = (uint8_t)spelling};
            struct sbfota_event parsed;
            char line[128], again[128];
            const ptrdiff_t length =
                sbfota_format(&event, NULL, SBFOTA_FORMAT_OWN, line, sizeof line);
            cr_assert_gt(length, 0);
            sbfota_decode_line(line, (size_t)length, &parsed);
            cr_assert_eq(parsed.kind, kind, "%.*s", (int)length, line);
            cr_assert_eq(parsed.spelling & ~spelling, 0U, "%.*s", (int)length, line);
            cr_assert_eq(sbfota_format(&parsed, NULL, SBFOTA_FORMAT_OWN, again, sizeof again),
                         length);
            cr_assert_arr_eq(line, again, (size_t)length);
        }
    }
}

Test(format, numbers_of_every_length)
{
    static const int32_t values[] = {
        0,         9,     10,    99,        100,           999,
        1000,      65535, 65536, 999999999, 1000000000,    INT32_MAX - 1,
        INT32_MAX, -1,    -9,    -10,       INT32_MIN + 1, INT32_MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const struct sbfota_event event = {.kind = SBFOTA_END, .value = values[i]};
        char line[64], expected[64];
        const int length =
            snprintf(expected, sizeof expected, "+QIND: \"SBFOTA\",\"END\",%d", (int)values[i]);
        cr_assert_eq(sbfota_format(&event, NULL, 0, line, sizeof line), length);
        cr_assert_arr_eq(line, expected, (size_t)length);
    }
}

Test(format, framed_lines_are_one_event_each)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        if (!has_fields(kind))
            continue;
        const bool host = sbfota_message(kind)->sender == SBFOTA_SENDER_HOST;
        const struct sbfota_event event = {.kind = (uint8_t)kind, .value = 1};
        struct sbfota_event parsed[EVENTS_MAX];
        char line[128];
        const ptrdiff_t length =
            sbfota_format(&event, NULL, SBFOTA_FORMAT_FRAMED, line, sizeof line);
        cr_assert_eq(line[0] == '\r' && line[1] == '\n', !host);
        cr_assert_eq(line[length - 1], host ? '\r' : '\n');
        parse_all(line, (size_t)length, sizeof line, parsed);
        cr_assert_eq(parsed[0].kind, kind);
        cr_assert_eq(parsed[0].lead, host ? 0 : 2);
    }
}

Test(format, never_writes_past_the_capacity_and_says_the_length)
{
    static const char text[] = "some other line";
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_event event = {.kind = (uint8_t)kind,
                                           .value = -12345,
                                           .length = sizeof text - 1,
                                           .flags = SBFOTA_FLAG_OUT_OF_RANGE};
        char whole[128];
        const ptrdiff_t length =
            sbfota_format(&event, text, SBFOTA_FORMAT_FRAMED, whole, sizeof whole);
        if (length < 0)
            continue;
        for (size_t capacity = 0; capacity < (size_t)length + 3; capacity++) {
            char part[128];
            memset(part, '#', sizeof part);
            cr_assert_eq(sbfota_format(&event, text, SBFOTA_FORMAT_FRAMED,
                                       capacity == 0 ? NULL : part, capacity),
                         length);
            const size_t written = capacity < (size_t)length ? capacity : (size_t)length;
            cr_assert_arr_eq(part, whole, written);
            for (size_t i = capacity; i < sizeof part; i++)
                cr_assert_eq(part[i], '#', "kind %u, capacity %zu", kind, capacity);
        }
    }
}

Test(format, errors_are_told_apart)
{
    char line[64];
    const struct sbfota_event none = {.kind = SBFOTA_NONE}, blank = {.kind = SBFOTA_BLANK},
                              overlong = {.kind = SBFOTA_OVERLONG}, other = {.kind = SBFOTA_OTHER},
                              strange = {.kind = SBFOTA_KIND_COUNT},
                              odd = {.kind = SBFOTA_START, .flags = SBFOTA_FLAG_NONCANONICAL};
    cr_assert_eq(sbfota_format(&none, "x", 0, line, sizeof line), SBFOTA_FORMAT_NO_TEXT);
    cr_assert_eq(sbfota_format(&blank, "x", 0, line, sizeof line), SBFOTA_FORMAT_NO_TEXT);
    cr_assert_eq(sbfota_format(&overlong, "x", 0, line, sizeof line), SBFOTA_FORMAT_NO_TEXT);
    cr_assert_eq(sbfota_format(&other, NULL, 0, line, sizeof line), SBFOTA_FORMAT_NEEDS_TEXT);
    cr_assert_eq(sbfota_format(&odd, NULL, SBFOTA_FORMAT_OWN, line, sizeof line),
                 SBFOTA_FORMAT_NEEDS_TEXT);
    cr_assert_eq(sbfota_format(&strange, "x", 0, line, sizeof line), SBFOTA_FORMAT_NO_KIND);
    cr_assert_eq(sbfota_format(&odd, NULL, SBFOTA_FORMAT_CANONICAL, line, sizeof line), 23);
}

Test(format, canonical_form_of_an_error_text)
{
    static const char text[] = "+CME ERROR:SIM busy";
    struct sbfota_event event;
    char line[64];
    sbfota_decode_line(text, sizeof text - 1, &event);
    cr_assert_eq(sbfota_format(&event, text, SBFOTA_FORMAT_CANONICAL, line, sizeof line), 20);
    cr_assert_arr_eq(line, "+CME ERROR: SIM busy", 20);
}

/* A blank behind the colon must not make an overlong line of the longest ones. */
Test(format, canonical_form_of_the_longest_error_texts)
{
    for (size_t length = SBFOTA_LINE_MAX - 3; length <= SBFOTA_LINE_MAX; length++) {
        struct sbfota_event event, again;
        char text[SBFOTA_LINE_MAX], line[SBFOTA_LINE_MAX + 8];
        memset(text, 'x', sizeof text);
        memcpy(text, "+CME ERROR:", 11);
        sbfota_decode_line(text, length, &event);
        const ptrdiff_t written =
            sbfota_format(&event, text, SBFOTA_FORMAT_CANONICAL, line, sizeof line);
        cr_assert_eq(written, (ptrdiff_t)(length < SBFOTA_LINE_MAX ? length + 1 : length));
        sbfota_decode_line(line, (size_t)written, &again);
        cr_assert_eq(again.kind, SBFOTA_CME_ERROR, "%zu", length);
        cr_assert_eq(again.extent, event.extent, "%zu", length);
    }
}

/* No host should send such a command; what a log holds is given back. */
Test(format, commands_outside_their_range_are_refused_unless_they_are_flagged)
{
    static const struct {
        unsigned kind;
        int32_t value;
        ptrdiff_t expected;
    } cases[] = {
        {SBFOTA_SET_DELAY, 0, 27},
        {SBFOTA_SET_DELAY, 60, 28},
        {SBFOTA_SET_DELAY, 61, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_SET_DELAY, 70000, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_SET_DELAY, -1, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_SET_DELAY, INT32_MIN, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_ACCEPT, 1, 28},
        {SBFOTA_ACCEPT, 0, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_ACCEPT, 2, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_ACCEPT, 100000000, SBFOTA_FORMAT_OUT_OF_RANGE},
        {SBFOTA_QUERY_DELAY, 70000, 25}, /* it has no number */
        {SBFOTA_UPDATING, 101, 31},      /* a module's: there is no one to stop */
        {SBFOTA_DELAY, 61, 27},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (unsigned style = 0; style < 4; style++) {
            struct sbfota_event event = {.kind = (uint8_t)cases[i].kind, .value = cases[i].value};
            char line[96], again[96];
            memset(line, '#', sizeof line);
            for (size_t capacity = 0; capacity <= sizeof line; capacity += sizeof line / 2) {
                const ptrdiff_t length = sbfota_format(&event, NULL, style, line, capacity);
                const unsigned more = !(style & SBFOTA_FORMAT_FRAMED) ? 0
                                      : cases[i].kind == SBFOTA_SET_DELAY ||
                                              cases[i].kind == SBFOTA_ACCEPT ||
                                              cases[i].kind == SBFOTA_QUERY_DELAY
                                          ? 1
                                          : 4;
                cr_expect_eq(length, cases[i].expected + (cases[i].expected > 0 ? more : 0),
                             "case %zu, style %u, capacity %zu: %td", i, style, capacity, length);
            }
            if (cases[i].expected > 0)
                continue;
            cr_expect_eq(line[0], '#', "written though it was refused");
            event.flags = SBFOTA_FLAG_OUT_OF_RANGE;
            const ptrdiff_t length = sbfota_format(&event, NULL, style, line, sizeof line);
            struct sbfota_event parsed;
            cr_assert_gt(length, 0);
            sbfota_decode_line(line, (size_t)length, &parsed);
            cr_expect_eq(parsed.value, event.value);
            cr_expect_eq(sbfota_format(&parsed, NULL, style, again, sizeof again), length);
            cr_expect_arr_eq(line, again, (size_t)length);
        }
    }
}

Test(format, texts_that_no_line_can_have_are_refused)
{
    static const struct {
        unsigned kind;
        int32_t value;
        uint32_t extent;
        uint64_t length;
        bool is_good;
    } cases[] = {
        {SBFOTA_CME_ERROR, 12, 8, 20, true},
        {SBFOTA_CME_ERROR, 0, 20, 20, true},
        {SBFOTA_CME_ERROR, 19, 1, 20, true},
        {SBFOTA_CME_ERROR, 13, 8, 20, false},
        {SBFOTA_CME_ERROR, 1000, 5, 2, false},
        {SBFOTA_CME_ERROR, 0, 21, 20, false},
        {SBFOTA_CME_ERROR, 20, 1, 20, false},
        {SBFOTA_CME_ERROR, -1, 1, 20, false},
        {SBFOTA_CME_ERROR, -1, 2, 20, false},
        {SBFOTA_CME_ERROR, INT32_MIN, 1, 20, false},
        {SBFOTA_CME_ERROR, INT32_MAX, UINT32_MAX, 20, false},
        {SBFOTA_CME_ERROR, 1, UINT32_MAX, 20, false},
        {SBFOTA_CME_ERROR, 0, 1, UINT64_MAX, false},
        {SBFOTA_OTHER, 0, 0, 256, true},
        {SBFOTA_OTHER, -1, UINT32_MAX, 256, true}, /* of no meaning there */
        {SBFOTA_OTHER, 0, 0, 257, false},
        {SBFOTA_OTHER, 0, 0, 1ULL << 32, false},
        {SBFOTA_OTHER, 0, 0, UINT64_MAX, false},
        {SBFOTA_UNKNOWN, 0, 0, 257, false},
        {SBFOTA_MALFORMED, 1000, 0, 257, false},
    };
    static const char text[SBFOTA_LINE_MAX] = "+CME ERROR: SIM busy";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (unsigned style = 0; style < 4; style++) {
            const struct sbfota_event event = {.kind = (uint8_t)cases[i].kind,
                                               .value = cases[i].value,
                                               .extent = cases[i].extent,
                                               .length = cases[i].length};
            char line[SBFOTA_LINE_MAX + 4];
            const ptrdiff_t length = sbfota_format(&event, text, style, line, sizeof line);
            cr_expect_eq(length >= 0, cases[i].is_good, "case %zu, style %u: %td", i, style,
                         length);
            cr_expect(length >= 0 || length == SBFOTA_FORMAT_BAD_TEXT);
        }
    }
}

/* Any struct whatever: under the sanitizers this also shows that nothing is read behind the text,
 * which is as long as the event says, or as a line can be. */
Test(format, any_event_is_written_or_refused)
{
    static const uint8_t odd[] = {0, 1, 0x7f, 0x80, 0xff};
    unsigned random = 7;
    for (unsigned round = 0; round < 300000; round++) {
        struct sbfota_event event;
        unsigned char bytes[sizeof event];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = next_random(&random) % 3 ? odd[next_random(&random) % sizeof odd]
                                                : (uint8_t)next_random(&random);
        memcpy(&event, bytes, sizeof event);
        if (next_random(&random) % 4)
            event.kind %= SBFOTA_KIND_COUNT + 1;
        if (next_random(&random) % 2)
            event.length %= SBFOTA_LINE_MAX + 2;
        if (next_random(&random) % 2)
            event.value = (int32_t)(next_random(&random) % 300) - 20;
        if (next_random(&random) % 2)
            event.extent %= 300;
        const size_t there =
            event.length < SBFOTA_LINE_MAX ? (size_t)event.length : SBFOTA_LINE_MAX;
        const size_t room = next_random(&random) % 300;
        char *const text = malloc(there + 1), *const buffer = malloc(room + 1);
        cr_assert(text != NULL && buffer != NULL);
        memset(text, 'x', there + 1);
        const char *const given = next_random(&random) % 4 ? text + 1 : NULL;
        const unsigned style = next_random(&random) % 8;
        const ptrdiff_t length = sbfota_format(&event, given, style, buffer, room);
        cr_assert(length >= SBFOTA_FORMAT_OUT_OF_RANGE && length <= SBFOTA_LINE_MAX + 4, "%td",
                  length);
        cr_assert_eq(sbfota_format(&event, given, style, NULL, 0), length);
        free(text);
        free(buffer);
    }
}
