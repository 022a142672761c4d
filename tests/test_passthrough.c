/* SPDX-License-Identifier: MIT
 *
 * For a stack that listens behind the parser: payload, and texts of lines that come in pieces. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <sbfota/passthrough.h>

#include "support.h"

#define URC "\r\n+QIND: \"SBFOTA\",\"START\"\r\n"

enum {
    STREAM_MOST = 4096,
    PIECES_MOST = 600
};

/* What a stream holds that announces payload: its events, pieces of payload joined. */
struct told {
    char text[STREAM_MOST];
    size_t length;
};

static void tell(struct told *told, const char *text, size_t length)
{
    cr_assert_lt(told->length + length, (size_t)STREAM_MOST);
    memcpy(told->text + told->length, text, length);
    told->length += length;
}

/* The begin of an event's name is enough. */
static void tell_name(struct told *told, unsigned kind)
{
    const char *const name = sbfota_message(kind)->name;
    tell(told, name, strlen(name) < 3 ? strlen(name) : 3);
    tell(told, ":", 1);
}

/* "+QIRD: n", as a stack would read it. */
static uint32_t announced(const char *text, size_t length)
{
    char line[32] = "";
    if (length < 7 || length >= sizeof line || memcmp(text, "+QIRD: ", 7) != 0)
        return 0;
    memcpy(line, text, length);
    return (uint32_t)strtoul(line + 7, NULL, 10);
}

static void expect_tiled(const struct sbfota_event *event, uint64_t *at, const char *stream,
                         const char *text)
{
    cr_assert_eq(event->offset, *at + event->lead);
    *at += event->lead + event->length + (event->ending != SBFOTA_ENDING_NONE);
    cr_assert_not_null(text);
    cr_assert_arr_eq(text, stream + event->offset, (size_t)event->length);
}

/* Feed a stream in pieces; each stands alone in memory. Lines are told as "kind:text|", payload as
 * it is between brackets. */
static void pump(const char *stream, size_t length, const size_t *pieces, size_t piece_count,
                 struct told *told)
{
    struct sbfota_parser parser;
    struct sbfota_payload payload;
    struct sbfota_line_buffer buffer;
    struct sbfota_event event;
    char room[SBFOTA_LINE_MAX];
    uint64_t tiled = 0;
    size_t at = 0;
    uint32_t left = 0;
    sbfota_parser_init(&parser);
    sbfota_payload_init(&payload);
    sbfota_line_buffer_init(&buffer, room, sizeof room);
    told->length = 0;
    for (size_t i = 0; at < length; i++) {
        size_t given = i < piece_count ? pieces[i] : length - at;
        given = given < length - at ? given : length - at;
        char *const copy = malloc(given + 1);
        cr_assert_not_null(copy);
        memcpy(copy, stream + at, given);
        at += given;
        for (const char *next = copy; next < copy + given;) {
            const size_t rest = (size_t)(copy + given - next);
            const size_t used = sbfota_payload_parse(&payload, &parser, next, rest, &event);
            const char *const text = sbfota_line_buffer_take(&buffer, next, used, &event);
            cr_assert(used > 0 && used <= rest);
            next += used;
            if (event.kind == SBFOTA_NONE) {
                cr_assert_null(text);
                cr_assert_eq(next, copy + given);
                continue;
            }
            expect_tiled(&event, &tiled, stream, text);
            if (left > 0) {
                cr_assert_eq(event.kind, SBFOTA_OTHER);
                cr_assert_eq(event.ending, SBFOTA_ENDING_NONE);
                cr_assert_leq(event.length, left);
                left -= (uint32_t)event.length;
                tell(told, text, (size_t)event.length);
                tell(told, "]", left == 0);
                continue;
            }
            tell_name(told, event.kind);
            tell(told, text, (size_t)event.length);
            tell(told, "|", 1);
            left = announced(text, (size_t)event.length);
            sbfota_payload_begin(&payload, &event, left);
            tell(told, "[", left > 0);
        }
        free(copy);
    }
    if (sbfota_finish(&parser, &event)) {
        const char *const text = sbfota_line_buffer_take(&buffer, NULL, 0, &event);
        expect_tiled(&event, &tiled, stream, text);
        if (event.kind != SBFOTA_BLANK)
            tell_name(told, event.kind);
        tell(told, text, (size_t)event.length);
    }
    cr_assert_eq(tiled, length);
}

static const struct {
    const char *name, *stream, *expected;
} streams[] = {
    {"a_urc_in_payload_is_none", "\r\n+QIRD: 27\r\n" URC "\r\nOK\r\n",
     "oth:+QIRD: 27|[" URC "]ok:OK|"},
    {"the_line_feed_of_the_line_is_not_payload", "+QIRD: 3\r\nabc\r\nOK\r\n",
     "oth:+QIRD: 3|[abc]ok:OK|"},
    {"a_second_line_feed_is", "+QIRD: 3\r\n\nbc\r\nOK\r\n", "oth:+QIRD: 3|[\nbc]ok:OK|"},
    {"behind_a_line_feed_all_is", "+QIRD: 3\n\nbc\r\nOK\r\n", "oth:+QIRD: 3|[\nbc]ok:OK|"},
    {"behind_a_bare_carriage_return", "+QIRD: 3\rabcOK\r\n", "oth:+QIRD: 3|[abc]ok:OK|"},
    {"a_urc_behind_it_is_one", "+QIRD: 4\r\n+QIN" URC,
     "oth:+QIRD: 4|[+QIN]sta:+QIND: \"SBFOTA\",\"START\"|"},
    {"half_a_urc_in_it", "+QIRD: 10\r\n\r\n+QIND: \"SBFOTA\",\"END\",0\r\n",
     "oth:+QIRD: 10|[\r\n+QIND: \"]oth:SBFOTA\",\"END\",0|"},
    {"none_is_announced", "+QIRD: 0\r\n" URC, "oth:+QIRD: 0|sta:+QIND: \"SBFOTA\",\"START\"|"},
    {"one_behind_another", "+QIRD: 2\r\nab\r\n+QIRD: 1\r\n\r\r\nOK\r",
     "oth:+QIRD: 2|[ab]oth:+QIRD: 1|[\r]ok:OK|"},
    {"the_input_ends_in_it", "+QIRD: 9\r\nabc", "oth:+QIRD: 9|[abc"},
    {"the_input_ends_before_it", "+QIRD: 9\r\n", "oth:+QIRD: 9|["},
    {"zeros", "+QIRD: 2\r\nxx\r\nOK\r\nRDY", "oth:+QIRD: 2|[xx]ok:OK|rdy:RDY"},
};

Test(payload, is_no_line_however_it_is_cut)
{
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        const char *const stream = streams[i].stream;
        const size_t length = strlen(stream);
        for (size_t first = 0; first <= length; first++) {
            for (size_t second = 0; second <= length - first; second++) {
                const size_t pieces[] = {first, second};
                struct told told;
                pump(stream, length, pieces, 2, &told);
                cr_assert(told.length == strlen(streams[i].expected) &&
                              memcmp(told.text, streams[i].expected, told.length) == 0,
                          "%s, cut at %zu and %zu: %.*s", streams[i].name, first, second,
                          (int)told.length, told.text);
            }
        }
        size_t ones[PIECES_MOST];
        for (size_t at = 0; at < PIECES_MOST; at++)
            ones[at] = 1;
        struct told told;
        pump(stream, length, ones, PIECES_MOST, &told);
        cr_assert_eq(told.length, strlen(streams[i].expected), "%s, byte by byte", streams[i].name);
        cr_assert_arr_eq(told.text, streams[i].expected, told.length);
    }
}

/* Any bytes, whatever they look like. */
Test(payload, of_any_bytes_and_any_length_is_given_as_it_is)
{
    static const char alphabet[] = "\r\n+QIND: \"SBFOTA\",\"END\",0%AT\x80\0";
    unsigned random = 3;
    for (unsigned round = 0; round < 4000; round++) {
        char stream[STREAM_MOST / 2];
        const size_t length = 1 + next_random(&random) % 700;
        const size_t head = (size_t)snprintf(stream, sizeof stream, "\r\n+QIRD: %zu\r\n", length);
        size_t pieces[PIECES_MOST];
        struct told told;
        for (size_t i = 0; i < length; i++)
            stream[head + i] = alphabet[next_random(&random) % sizeof alphabet];
        memcpy(stream + head + length, "\r\nRDY\r\n", 7);
        for (size_t i = 0; i < PIECES_MOST; i++)
            pieces[i] = next_random(&random) % (round % 2 ? 9 : 300);
        pump(stream, head + length + 7, pieces, PIECES_MOST, &told);
        const char *const begin = memchr(told.text, '[', told.length);
        cr_assert_not_null(begin);
        cr_assert_arr_eq(begin + 1, stream + head, length);
        cr_assert_arr_eq(begin + 1 + length, "]rdy:RDY|", 9);
    }
}

Test(payload, in_the_middle_of_a_line_waits_for_its_end)
{
    static const char bytes[] = "D\r\nxyz\r\nOK\r\n";
    struct sbfota_parser parser;
    struct sbfota_payload payload;
    struct sbfota_event event, line = {.ending = SBFOTA_ENDING_LF};
    sbfota_parser_init(&parser);
    sbfota_payload_init(&payload);
    sbfota_parse(&parser, "OL", 2, &event);
    sbfota_payload_begin(&payload, &line, 4);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, NULL, 0, &event), (size_t)0);
    cr_assert_eq(event.kind, SBFOTA_NONE);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, bytes, 12, &event), (size_t)2);
    cr_assert_eq(event.length, (uint64_t)3);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, bytes + 2, 10, &event), (size_t)4);
    cr_assert_eq(event.length, (uint64_t)4);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, bytes + 6, 6, &event), (size_t)5);
    cr_assert_eq(event.kind, SBFOTA_OK);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, NULL, 0, &event), (size_t)0);
    cr_assert_eq(event.kind, SBFOTA_NONE);
}

/* As many line ends as one event may stand for, and the one of the line before. */
Test(payload, behind_the_longest_run_of_line_ends)
{
    enum {
        RUN = 65534
    };
    char *const ends = malloc(RUN);
    struct sbfota_parser parser;
    struct sbfota_payload payload;
    struct sbfota_event event, line = {.ending = SBFOTA_ENDING_CR};
    cr_assert_not_null(ends);
    memset(ends, '\n', RUN);
    sbfota_parser_init(&parser);
    sbfota_payload_init(&payload);
    sbfota_payload_begin(&payload, &line, 1);
    cr_assert_eq(sbfota_parse(&parser, ends, RUN, &event), (size_t)RUN);
    cr_assert_eq(sbfota_payload_parse(&payload, &parser, "\nx", 2, &event), (size_t)1);
    cr_assert_eq(event.lead, RUN);
    cr_assert_eq(event.offset, (uint64_t)RUN);
    free(ends);
}

/* A line with its ends, in pieces: it is whole in the buffer, or was too long. */
Test(line_buffer, lines_of_every_length_cut_anywhere)
{
    for (size_t length = 1; length <= 270; length += length < 6 || length > 240 ? 1 : 11) {
        char line[300];
        memset(line, 'x', sizeof line);
        memcpy(line, "\r\n", 2);
        memcpy(line + 2 + length, "\r\nOK\r\n", 6);
        for (size_t cut = 0; cut <= length + 4; cut++) {
            for (size_t capacity = 0; capacity <= 64; capacity += 16) {
                struct sbfota_parser parser;
                struct sbfota_line_buffer buffer;
                struct sbfota_event event;
                char room[64];
                const bool is_torn = cut > 2 && cut <= length + 2;
                sbfota_parser_init(&parser);
                sbfota_line_buffer_init(&buffer, capacity == 0 ? NULL : room, capacity);
                size_t used = sbfota_parse(&parser, line, cut, &event);
                const char *text = sbfota_line_buffer_take(&buffer, line, used, &event);
                if (event.kind == SBFOTA_NONE) {
                    cr_assert_null(text);
                    used += sbfota_parse(&parser, line + cut, length + 8 - cut, &event);
                    text = sbfota_line_buffer_take(&buffer, line + cut, used - cut, &event);
                }
                cr_assert_eq(event.length, length);
                cr_assert_eq(text != NULL, !is_torn || length <= capacity,
                             "length %zu, cut %zu, capacity %zu", length, cut, capacity);
                if (text != NULL)
                    cr_assert_arr_eq(text, line + 2, length);
                /* The next line is whole whatever became of this one. */
                const char *const next = line + used;
                used = sbfota_parse(&parser, next, length + 8 - used, &event);
                text = sbfota_line_buffer_take(&buffer, next, used, &event);
                cr_assert_eq(event.kind, SBFOTA_OK);
                cr_assert_arr_eq(text, "OK", 2);
            }
        }
    }
}

Test(line_buffer, gives_the_last_line_of_the_input)
{
    struct sbfota_parser parser;
    struct sbfota_line_buffer buffer;
    struct sbfota_event event;
    char room[8];
    sbfota_parser_init(&parser);
    sbfota_line_buffer_init(&buffer, room, sizeof room);
    cr_assert_eq(sbfota_parse(&parser, "\nRDY", 4, &event), (size_t)4);
    cr_assert_null(sbfota_line_buffer_take(&buffer, "\nRDY", 4, &event));
    cr_assert(sbfota_finish(&parser, &event));
    cr_assert_arr_eq(sbfota_line_buffer_take(&buffer, NULL, 0, &event), "RDY", 3);
    cr_assert_eq(sbfota_parse(&parser, "\r\n", 2, &event), (size_t)2);
    cr_assert_null(sbfota_line_buffer_take(&buffer, "\r\n", 2, &event));
    cr_assert(sbfota_finish(&parser, &event));
    cr_assert_eq(event.kind, SBFOTA_BLANK);
    cr_assert_not_null(sbfota_line_buffer_take(&buffer, NULL, 0, &event));
    cr_assert_not(sbfota_finish(&parser, &event));
    cr_assert_null(sbfota_line_buffer_take(&buffer, NULL, 0, &event));
}

/* A caller that has left out a call: no text rather than another's. */
Test(line_buffer, gives_no_text_of_which_it_was_not_shown_all)
{
    static const struct sbfota_event ended = {
        .kind = SBFOTA_OTHER, .length = 5, .ending = SBFOTA_ENDING_LF};
    struct sbfota_line_buffer buffer;
    char room[8];
    sbfota_line_buffer_init(&buffer, room, sizeof room);
    cr_assert_null(sbfota_line_buffer_take(&buffer, NULL, 0, &ended), "no bytes at all");
    cr_assert_null(sbfota_line_buffer_take(&buffer, "lo\n", 3, &ended), "not its begin");
    cr_assert_arr_eq(sbfota_line_buffer_take(&buffer, "hello\n", 6, &ended), "hello", 5);
}

/* A line of more bytes than a size_t counts is too long, too. */
Test(line_buffer, its_length_stays_at_the_top)
{
    static const struct sbfota_event none = {.kind = SBFOTA_NONE};
    static const struct sbfota_event ended = {.kind = SBFOTA_OVERLONG, .length = SIZE_MAX};
    struct sbfota_line_buffer buffer;
    char room[8];
    sbfota_line_buffer_init(&buffer, room, sizeof room);
    cr_assert_null(sbfota_line_buffer_take(&buffer, "x", 1, &none));
    buffer.length = SIZE_MAX - 1;
    cr_assert_null(sbfota_line_buffer_take(&buffer, "xyz", 3, &none));
    cr_assert_eq(buffer.length, SIZE_MAX);
    cr_assert_null(sbfota_line_buffer_take(&buffer, NULL, 0, &ended));
}

Test(passthrough, structs_are_small)
{
    cr_assert_leq(sizeof(struct sbfota_payload), (size_t)8);
    cr_assert_leq(sizeof(struct sbfota_line_buffer), 3 * sizeof(void *));
}
