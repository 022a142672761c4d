/* SPDX-License-Identifier: MIT
 *
 * Streams: cut anywhere, anything between anything, nothing lost. The first tests bear the names of what other stacks do
 * wrong. */
#include <stdlib.h>

#include <criterion/criterion.h>

#include "stride.h"
#include "support.h"

#define URC "+QIND: \"SBFOTA\""
#define START "\r\n" URC ",\"START\"\r\n"

/* The events of a stream as one text, "a; b; c". */
static void expect_stream(const char *stream, size_t length, const char *expected)
{
    struct sbfota_event events[EVENTS_MAX];
    for (size_t piece = 1; piece <= length + 1; piece++) {
        char got[EVENTS_MAX * 64] = "";
        const size_t count = parse_all(stream, length, piece, events);
        for (size_t i = 0; i < count; i++) {
            char text[DESCRIPTION_MAX];
            if (events[i].kind == SBFOTA_BLANK)
                continue;
            strcat(strcat(got, got[0] == '\0' ? "" : "; "), describe(&events[i], text));
        }
        cr_assert_str_eq(got, expected, "in pieces of %zu: expected %s, got %s", piece, expected,
                         got);
    }
}
#define EXPECT_STREAM(stream, expected) expect_stream((stream), sizeof(stream) - 1, (expected))

Test(failures_of_others, app_rdy_and_urc_in_one_read)
{
    EXPECT_STREAM("\r\nAPP RDY\r\n" START, "app_rdy; start");
}

Test(failures_of_others, okay_is_not_ok)
{
    EXPECT_STREAM("\r\nOKAY\r\n\r\nRDYNESS\r\n\r\nOK\r\n", "other; other; ok");
}

Test(failures_of_others, tail_of_overlong_line_is_not_a_line)
{
    char stream[800];
    memset(stream, 'x', sizeof stream);
    for (size_t at = 300; at < 600; at++) {
        memset(stream, 'x', sizeof stream);
        memcpy(stream + at, URC ",\"START\"\r\n", 25);
        memcpy(stream + at + 25, START, sizeof START - 1);
        struct sbfota_event events[EVENTS_MAX];
        cr_assert_eq(parse_all(stream, at + 25 + sizeof START - 1, 64, events), (size_t)3);
        cr_assert_eq(events[0].kind, SBFOTA_OVERLONG);
        cr_assert_eq(events[0].length, at + 23);
        cr_assert_eq(events[1].kind, SBFOTA_START);
    }
}

Test(failures_of_others, integer_that_wraps_is_out_of_range)
{
    EXPECT_STREAM("\r\n" URC ",\"UPDATING\",4294967306%\r\n",
                  "updating 2147483647 !out_of_range !overflow");
}

Test(failures_of_others, quote_does_not_swallow_the_stream)
{
    EXPECT_STREAM("\r\n" URC ",\"STAR\r\n" START, "malformed 21 /unbalanced_quote; start");
    EXPECT_STREAM("\r\n+QIND: \"csq\r\n" START, "other; start");
}

Test(failures_of_others, sbfota_is_not_fota)
{
    EXPECT_STREAM("\r\n+QIND: \"FOTA\",\"START\"\r\n" START, "other; start");
}

Test(failures_of_others, percent_sign_is_part_of_the_number)
{
    EXPECT_STREAM("\r\n" URC ",\"UPDATING\",10%\r\n\r\n" URC ",\"UPDATING\",10%x\r\n",
                  "updating 10; malformed 30 /trailing_text");
}

Test(failures_of_others, urc_inside_a_commands_answer)
{
    EXPECT_STREAM("AT+QCFGEXT=\"sbfota_delay\"\r" START
                  "\r\n+QCFGEXT: \"sbfota_delay\",30\r\n" START "\r\nOK\r\n",
                  "query_delay; start; delay 30; start; ok");
}

Test(line_ends, each_of_the_four)
{
    EXPECT_STREAM("OK\r\n" URC ",\"START\"\n" URC ",\"START\"\rERROR\r\r\nRDY",
                  "ok; start; start; error; rdy");
    EXPECT_STREAM("AT+QCFGEXT=\"sbfota_delay\",30\r\r\nOK\r\n", "set_delay 30; ok");
    EXPECT_STREAM("\n\r\n\rOK\n\r\n\rRDY\n\r", "ok; rdy");
}

Test(line_ends, blank_lines_are_nothing)
{
    EXPECT_STREAM("\r\n\r\n\r\n\n\n\r\rOK\r\n\r\n\r\n", "ok");
    EXPECT_STREAM("\r\n\r\n", "");
}

Test(noise, stays_in_its_line)
{
    EXPECT_STREAM("\0\xff\x80\r\nRDY\r\n", "other; rdy");
    EXPECT_STREAM("+QIN\r\n" START, "other; start");
    EXPECT_STREAM("^boot.rom'v1'!\\nRDY\r\nAPP RDY\r\n", "other; app_rdy");
}

static const char *const lines[] = {
    URC ",\"polling_time\",407",
    URC ", \"POLLING\", -2",
    URC ",\"HTTPSTART\"",
    URC ", \"DOWNLOADING\", 10%",
    URC ",\"HTTPEND\",0",
    URC ", \"UPDATE_TIMEOUT\", 30",
    URC ", \"START\"",
    URC ", \"UPDATING\", 6%",
    URC ",\"RESTORE\",100",
    URC ",\"END\",505",
    URC ", \"Last update was not finished, continue update\"",
    URC ", \"report_result\", \"start\"",
    URC ", \"report_result\", \"end\", 0",
    "RDY",
    "APP RDY",
    "OK",
    "ERROR",
    "+CME ERROR: 3",
    "+CME ERROR: SIM busy",
    "+QCFGEXT: \"sbfota_delay\",30",
    "+QCFGEXT: \"sbfota_delay\",(0-60)",
    "AT+QCFGEXT=\"sbfota_delay\"",
    "AT+QCFGEXT=\"sbfota_delay\",30",
    "at+qcfgext=\"sbfota_accept\",1",
    "AT+QCFGEXT=?",
    "+CSQ: 20,99",
    "AT",
    URC ",\"FAIL\"",
    URC ",\"END\"",
    "x" URC ",\"END\",0",
    "\x80\x81+\"",
};
enum {
    LINES = sizeof lines / sizeof lines[0]
};

/* Events tile the stream, and each says the same of its line as if the line had come alone. */
static void expect_lines(const char *stream, size_t length, const struct sbfota_event *events,
                         size_t count, const size_t *order, size_t expected)
{
    size_t at = 0;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(events[i].offset, at + events[i].lead);
        at += events[i].lead + events[i].length + (events[i].ending != SBFOTA_ENDING_NONE);
        if (events[i].kind == SBFOTA_BLANK)
            continue;
        cr_assert_lt(found, expected);
        struct sbfota_event alone;
        char one[DESCRIPTION_MAX], other[DESCRIPTION_MAX];
        sbfota_decode_line(lines[order[found]], strlen(lines[order[found]]), &alone);
        cr_assert_str_eq(describe(&events[i], one), describe(&alone, other));
        cr_assert_arr_eq(stream + events[i].offset, lines[order[found]], (size_t)events[i].length);
        found++;
    }
    cr_assert_eq(at, length, "gap at the end");
    cr_assert_eq(found, expected);
}

Test(properties, any_line_between_any_others_split_at_every_byte)
{
    for (size_t first = 0; first < LINES; first++) {
        for (size_t second = 0; second < LINES; second++) {
            char stream[512];
            const size_t order[] = {first, second, first};
            const int length = snprintf(stream, sizeof stream, "\r\n%s\r\n%s\n\r\n%s\r",
                                        lines[first], lines[second], lines[first]);
            for (size_t cut = (first + second) % STRIDE; cut <= (size_t)length; cut += STRIDE) {
                struct sbfota_parser parser;
                struct sbfota_event events[8];
                size_t count, more;
                sbfota_parser_init(&parser);
                sbfota_parse_batch(&parser, stream, cut, events, 4, &count);
                sbfota_parse_batch(&parser, stream + cut, (size_t)length - cut, events + count, 4,
                                   &more);
                expect_lines(stream, (size_t)length, events, count + more, order, 3);
            }
        }
    }
}

Test(properties, batches_give_what_single_events_give)
{
    char stream[8192] = "";
    for (size_t i = 0; i < LINES; i++)
        strcat(strcat(strcat(stream, i % 3 == 0 ? "\r\n" : "\n"), lines[i]),
               i % 5 == 0 ? "\r" : "\r\n");
    const size_t length = strlen(stream);
    struct sbfota_event single[EVENTS_MAX], batch[EVENTS_MAX];
    const size_t expected = parse_all(stream, length, length, single);
    for (size_t capacity = 1; capacity < 40; capacity++) {
        for (size_t piece = 1; piece < length; piece += 1 + piece / 3) {
            struct sbfota_parser parser;
            size_t found = 0;
            sbfota_parser_init(&parser);
            for (size_t at = 0; at < length;) {
                const size_t end = at + piece < length ? at + piece : length;
                size_t count;
                at += sbfota_parse_batch(
                    &parser, stream + at, end - at, batch + found,
                    capacity < EVENTS_MAX - found ? capacity : EVENTS_MAX - found, &count);
                found += count;
            }
            found += sbfota_finish(&parser, &batch[found]);
            cr_assert_eq(found, expected);
            cr_assert_arr_eq(batch, single, found * sizeof single[0]);
        }
    }
}

/* A byte lost, doubled or changed anywhere harms its own line only. */
Test(properties, near_misses_leave_the_neighbours_alone)
{
    static const char bytes[] = "\0\"+,% \t0A\x80\xff-)";
    for (size_t i = 0; i < LINES; i++) {
        const size_t length = strlen(lines[i]);
        for (size_t at = 0; at <= length; at++) {
            for (size_t change = 0; change < 2 * sizeof bytes + 1; change++) {
                char stream[400];
                size_t used =
                    (size_t)snprintf(stream, sizeof stream, "RDY\r\n%.*s", (int)at, lines[i]);
                if (change < 2 * sizeof bytes)
                    stream[used++] = bytes[change / 2];
                const size_t skipped = at < length && change % 2 == 0;
                memcpy(stream + used, lines[i] + at + skipped, length - at - skipped);
                used += length - at - skipped;
                memcpy(stream + used, "\r\nAPP RDY\r\n", 11);
                struct sbfota_event events[EVENTS_MAX];
                const size_t count = parse_all(stream, used + 11, sizeof stream, events);
                cr_assert_eq(count, (size_t)(used == 5 ? 3 : 4));
                cr_assert_eq(events[0].kind, SBFOTA_RDY);
                cr_assert_eq(events[count - 2].kind, SBFOTA_APP_RDY);
                char again[512];
                cr_assert_eq(sbfota_format(&events[1], stream + events[1].offset, SBFOTA_FORMAT_OWN,
                                           again, sizeof again),
                             (ptrdiff_t)events[1].length);
                cr_assert_arr_eq(again, stream + events[1].offset, (size_t)events[1].length);
            }
        }
    }
}

Test(properties, garbage_is_tiled)
{
    static const char alphabet[] = "\r\n+QIND: \"SBFOTA\",\"END\",0%AT\x80";
    unsigned state = 1;
    for (unsigned round = 0; round < 20000; round++) {
        unsigned char bytes[200];
        struct sbfota_event events[EVENTS_MAX * 4];
        struct sbfota_parser parser;
        const size_t length = next_random(&state) % sizeof bytes;
        size_t count;
        for (size_t i = 0; i < length; i++)
            bytes[i] =
                (unsigned char)(round % 2
                                    ? next_random(&state)
                                    : (unsigned)alphabet[next_random(&state) % (sizeof alphabet)]);
        sbfota_parser_init(&parser);
        cr_assert_eq(sbfota_parse_batch(&parser, bytes, length, events, EVENTS_MAX * 4 - 1, &count),
                     length);
        count += sbfota_finish(&parser, &events[count]);
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            cr_assert_eq(events[i].offset, at + events[i].lead);
            at += events[i].lead + events[i].length + (events[i].ending != SBFOTA_ENDING_NONE);
        }
        cr_assert_eq(at, length);
    }
}

Test(limits, line_of_256_bytes_is_decoded_and_one_of_257_is_overlong)
{
    char line[300];
    struct sbfota_event event;
    memset(line, ' ', sizeof line);
    memcpy(line, "OK", 2);
    sbfota_decode_line(line, 256, &event);
    cr_assert_eq(event.kind, SBFOTA_OK);
    sbfota_decode_line(line, 257, &event);
    cr_assert_eq(event.kind, SBFOTA_OVERLONG);
    cr_assert_eq(event.length, 257U);
}

Test(limits, runs_of_line_ends_are_counted_whatever_the_pieces)
{
    enum {
        RUN = 200000
    };
    char *const stream = malloc(RUN + 2);
    cr_assert_not_null(stream);
    memset(stream, '\n', RUN);
    memcpy(stream + RUN, "OK", 2);
    for (size_t piece = 1; piece <= RUN + 2; piece = piece * 3 + 1) {
        struct sbfota_event events[EVENTS_MAX];
        cr_assert_eq(parse_all(stream, RUN + 2, piece, events), (size_t)4);
        for (size_t i = 0; i < 3; i++) {
            cr_assert_eq(events[i].kind, SBFOTA_BLANK);
            cr_assert_eq(events[i].lead, 65535);
        }
        cr_assert_eq(events[3].kind, SBFOTA_OK);
        cr_assert_eq(events[3].lead, RUN - 3 * 65535);
    }
    free(stream);
}

/* The stream offset goes on past 4 GiB. Setting it is for tests only: the fields are private. */
Test(limits, offsets_past_4_gib)
{
    const char stream[] = "x\r\n+QIND: \"SBFOTA\",\"UPDATING\",+x\r\n";
    struct sbfota_parser parser;
    struct sbfota_event events[4];
    size_t count;
    sbfota_parser_init(&parser);
    parser.offset = parser.text = 0xfffffffeU;
    sbfota_parse_batch(&parser, stream, sizeof stream - 1, events, 4, &count);
    cr_assert_eq(count, (size_t)2);
    cr_assert_eq(events[1].offset, 0xfffffffeULL + 3);
    cr_assert_eq(events[1].length, 29U);
    cr_assert_eq(events[1].value, 28);
}

Test(limits, structs_are_small)
{
    cr_assert_leq(sizeof(struct sbfota_parser), (size_t)32);
    cr_assert_leq(sizeof(struct sbfota_event), (size_t)32);
}

Test(entry_points, decode_line_takes_the_line_and_its_ends)
{
    static const struct {
        const char *bytes;
        size_t taken;
        enum sbfota_kind kind;
    } cases[] = {
        {"OK", 2, SBFOTA_OK},         {"OK\r\n", 4, SBFOTA_OK},  {"\r\nOK\r\n", 6, SBFOTA_OK},
        {"OK\r\r\n\n", 6, SBFOTA_OK}, {"OK\nRDY", 3, SBFOTA_OK}, {"", 0, SBFOTA_NONE},
        {"\r\n", 2, SBFOTA_BLANK},    {"OKAY", 4, SBFOTA_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sbfota_event event;
        cr_expect_eq(sbfota_decode_line(cases[i].bytes, strlen(cases[i].bytes), &event),
                     cases[i].taken, "case %zu", i);
        cr_expect_eq(event.kind, cases[i].kind, "case %zu", i);
    }
}

Test(entry_points, decode_tail_is_the_line_without_its_prefix)
{
    for (size_t i = 0; i < LINES; i++) {
        const size_t length = strlen(lines[i]);
        struct sbfota_event whole, tail;
        sbfota_decode_line(lines[i], length, &whole);
        for (size_t prefix = 0; prefix <= length; prefix++) {
            cr_assert_eq(
                sbfota_decode_tail(lines[i], prefix, lines[i] + prefix, length - prefix, &tail),
                length - prefix);
            cr_assert_arr_eq(&whole, &tail, sizeof whole, "%s, prefix of %zu", lines[i], prefix);
        }
    }
}

Test(entry_points, is_ours_says_what_decoding_says)
{
    static const char *const more[] = {"+QIND: \"SBFOTAX\",\"START\"",
                                       "RDYNESS",
                                       "APP RDYX",
                                       "+QIND: \"SBFOTA",
                                       "+QCFGEXT: \"sbfota_foo\",1",
                                       "R",
                                       "",
                                       "AT+QCFGEXT?",
                                       "RDY\r\n",
                                       "+QIND",
                                       "OKAY"};
    for (size_t i = 0; i < LINES + sizeof more / sizeof more[0]; i++) {
        const char *const line = i < LINES ? lines[i] : more[i - LINES];
        struct sbfota_event event;
        sbfota_decode_line(line, strlen(line), &event);
        const bool ours = event.kind != SBFOTA_OTHER && event.kind != SBFOTA_NONE &&
                          event.kind != SBFOTA_OK && event.kind != SBFOTA_ERROR &&
                          event.kind != SBFOTA_CME_ERROR && event.detail != SBFOTA_REASON_GLUED;
        cr_expect_eq(sbfota_is_ours(line, strlen(line)), ours, "%s", line);
    }
}
