/* SPDX-License-Identifier: MIT
 *
 * The formatter's fast way (src/codec/whole_text.h) wants room for the longest message. With
 * just as much room as the text needs, the careful way writes it: both must write the same. */
#include <stdlib.h>

#include <criterion/criterion.h>

#include "support.h"

enum {
    ROOM = 256
};

/* Format into memory of its own, so that a sanitizer sees what is written past it. */
static ptrdiff_t format(const struct sbfota_event *event, unsigned style, char **text,
                        size_t capacity)
{
    *text = malloc(capacity + 1);
    cr_assert_not_null(*text);
    memset(*text, '#', capacity + 1);
    const ptrdiff_t length = sbfota_format(event, NULL, style, *text, capacity);
    cr_assert_eq((*text)[capacity], '#', "kind %u: written past %zu bytes", event->kind, capacity);
    return length;
}

static void expect_same(const struct sbfota_event *event, unsigned style, size_t capacity)
{
    char *roomy, *exact;
    const ptrdiff_t length = format(event, style, &roomy, capacity);
    const ptrdiff_t expected = sbfota_format(event, NULL, style, NULL, 0);
    cr_assert_eq(length, expected, "kind %u, value %d, spelling %02x, style %u: %td, not %td",
                 event->kind, (int)event->value, event->spelling, style, length, expected);
    if (expected > 0) {
        const size_t written = (size_t)expected < capacity ? (size_t)expected : capacity;
        cr_assert_eq(format(event, style, &exact, (size_t)expected), expected);
        cr_assert_arr_eq(roomy, exact, written, "kind %u, value %d, spelling %02x, style %u: %.*s",
                         event->kind, (int)event->value, event->spelling, style, (int)expected,
                         roomy);
        free(exact);
    }
    free(roomy);
}

Test(fast_format, every_message_in_every_spelling_and_style)
{
    static const int32_t values[] = {0, 1, 60, 999, 1000, 1296000, 99999999, 100000000, -1, -10};
    for (unsigned kind = 0; kind < 256; kind++)
        for (unsigned spelling = 0; spelling < 256; spelling++)
            for (unsigned style = 0; style < 4; style++)
                for (size_t i = 0; i < sizeof values / sizeof values[0]; i += 1 + kind / 32) {
                    struct sbfota_event event = {.kind = (uint8_t)kind,
                                                 .value = values[i],
                                                 .spelling = (uint8_t)spelling,
                                                 .detail = spelling & 1};
                    expect_same(&event, style, ROOM);
                    event.flags = SBFOTA_FLAG_OUT_OF_RANGE;
                    expect_same(&event, style, ROOM);
                    event.extent = (uint32_t)values[9 - i];
                    expect_same(&event, style, ROOM);
                }
}

Test(fast_format, every_number)
{
    static const int32_t around[] = {
        0,        1000,     10000, 99999, 100000,    1000000,        1296000,        9999999,
        10000000, 99999999, -9,    -99,   -99999999, INT32_MIN + 50, INT32_MAX - 50, 123456789};
    static const uint8_t kinds[] = {SBFOTA_POLLING_ERROR, SBFOTA_UPDATING, SBFOTA_CME_ERROR,
                                    SBFOTA_SET_DELAY,     SBFOTA_RANGE,    SBFOTA_START};
    for (size_t kind = 0; kind < sizeof kinds; kind++)
        for (size_t i = 0; i < sizeof around / sizeof around[0]; i++)
            for (int32_t value = around[i] - 50; value <= around[i] + 50 && value < INT32_MAX;
                 value++) {
                struct sbfota_event event = {.kind = kinds[kind], .value = value};
                expect_same(&event, SBFOTA_FORMAT_FRAMED, ROOM);
                event.extent = (uint32_t)value;
                expect_same(&event, SBFOTA_FORMAT_CANONICAL, ROOM);
            }
}

Test(fast_format, every_capacity)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++)
        for (unsigned spelling = 0; spelling < 8; spelling++)
            for (size_t capacity = 1; capacity < 128; capacity++) {
                const struct sbfota_event event = {.kind = (uint8_t)kind,
                                                   .value = kind % 2 ? -99999999 : 99999999,
                                                   .extent = kind == SBFOTA_RANGE ? 99999999 : 0,
                                                   .detail = SBFOTA_PARAMETER_ACCEPT,
                                                   .spelling = (uint8_t)spelling};
                expect_same(&event, SBFOTA_FORMAT_OWN | SBFOTA_FORMAT_FRAMED, capacity);
                expect_same(&event, SBFOTA_FORMAT_OWN, capacity);
            }
}

/* Flags and numbers that belong to other kinds change nothing, or the same. */
Test(fast_format, odd_events)
{
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++)
        for (unsigned flags = 0; flags < 16; flags++)
            for (unsigned style = 0; style < 4; style++) {
                struct sbfota_event event = {
                    .kind = (uint8_t)kind, .value = 5, .flags = (uint8_t)flags, .spelling = 0xff};
                expect_same(&event, style, ROOM);
                event.extent = UINT32_MAX;
                event.detail = 0xff;
                if (kind != SBFOTA_CME_ERROR)
                    expect_same(&event, style, ROOM);
            }
}
