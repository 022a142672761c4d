/* SPDX-License-Identifier: MIT
 *
 * From events back to bytes, over every event's whole range. */
#include <criterion/criterion.h>

#include "support.h"

/* Every number that a row's argument may hold, and some beside it. */
static void range_of(const struct sbfota_message *message, int32_t *first, int32_t *last,
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
    const struct sbfota_message *const message = sbfota_message(kind);
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
            const struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
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
        const struct sbfota_event event = {
            .kind = (uint8_t)kind, .value = -12345, .length = sizeof text - 1};
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
