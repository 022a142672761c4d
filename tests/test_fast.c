/* SPDX-License-Identifier: MIT
 *
 * The fast ways of the goto-driven parser (src/codec/whole_line.h) and of both styles' batches:
 * they see more than one byte at once, and must give the very events that the machine gives when
 * the bytes come one by one. */
#include <limits.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "stride.h"
#include "support.h"

enum {
    LINE_ROOM = 512,
    STREAM_ROOM = 1 << 16,
    PADDING = 512 /* the fast ways want more bytes behind a line than one of ours has */
};

/* Lines one behind another, judged whenever the room is used up. */
struct stream {
    char bytes[STREAM_ROOM + PADDING];
    size_t length;
    size_t lines;
    unsigned random;
    struct sbfota_event expected[STREAM_ROOM + PADDING];
    struct sbfota_event events[STREAM_ROOM + PADDING];
};

static struct stream *new_stream(void)
{
    struct stream *const stream = calloc(1, sizeof *stream);
    cr_assert_not_null(stream);
    return stream;
}

/* The events of bytes that come one by one: the machine's, since no fast way has room. */
static size_t parse_slowly(struct stream *stream, struct sbfota_parser *parser)
{
    size_t count = 0;
    for (size_t at = 0; at < stream->length; at++) {
        const size_t used = sbfota_parse(parser, stream->bytes + at, 1, &stream->expected[count]);
        cr_assert_eq(used, (size_t)1);
        count += stream->expected[count].kind != SBFOTA_NONE;
    }
    return count;
}

/* Pieces of `longest` bytes, or of any length up to it. */
static size_t piece_of(struct stream *stream, size_t at, size_t longest, bool is_any)
{
    const size_t piece = is_any ? 1 + next_random(&stream->random) % longest : longest;
    return piece < stream->length - at ? piece : stream->length - at;
}

static size_t parse_pieces(struct stream *stream, struct sbfota_parser *parser, size_t longest,
                           bool is_any)
{
    size_t count = 0;
    for (size_t at = 0; at < stream->length;) {
        const size_t end = at + piece_of(stream, at, longest, is_any);
        while (at < end) {
            at += sbfota_parse(parser, stream->bytes + at, end - at, &stream->events[count]);
            count += stream->events[count].kind != SBFOTA_NONE;
        }
    }
    return count;
}

static size_t parse_batches(struct stream *stream, struct sbfota_parser *parser, size_t longest,
                            bool is_any)
{
    size_t count = 0;
    for (size_t at = 0; at < stream->length;) {
        const size_t end = at + piece_of(stream, at, longest, is_any);
        while (at < end) {
            const size_t capacity = is_any ? 1 + next_random(&stream->random) % 9 : stream->length;
            size_t found;
            const size_t used = sbfota_parse_batch(parser, stream->bytes + at, end - at,
                                                   &stream->events[count], capacity, &found);
            cr_assert(found == capacity || used == end - at, "stopped before its time");
            at += used;
            count += found;
        }
    }
    return count;
}

static void expect_same(const struct stream *stream, size_t count, size_t expected_count,
                        const char *what)
{
    const size_t shared = count < expected_count ? count : expected_count;
    for (size_t i = 0; i < shared; i++) {
        const struct sbfota_event *const expected = &stream->expected[i];
        char want[DESCRIPTION_MAX], got[DESCRIPTION_MAX];
        if (memcmp(expected, &stream->events[i], sizeof *expected) == 0)
            continue;
        cr_assert_fail("%s: \"%.*s\" is %s, lead %u, not %s, lead %u at %llu", what,
                       (int)expected->length,
                       stream->bytes + expected->offset - stream->expected[0].offset +
                           stream->expected[0].lead,
                       describe(expected, want), expected->lead, describe(&stream->events[i], got),
                       stream->events[i].lead, (unsigned long long)stream->events[i].offset);
    }
    cr_assert_eq(count, expected_count, "%s: %zu events, not %zu", what, count, expected_count);
}

static void judge(struct stream *stream)
{
    struct sbfota_parser slow, fast;
    memset(stream->bytes + stream->length, 'x', PADDING - 1);
    stream->bytes[stream->length + PADDING - 1] = '\n';
    stream->length += PADDING;
    sbfota_parser_init(&slow);
    const size_t count = parse_slowly(stream, &slow);

    static const struct {
        const char *what;
        size_t (*parse)(struct stream *, struct sbfota_parser *, size_t, bool);
        size_t longest;
        bool is_any;
    } ways[] = {
        {"whole, a line a call", parse_pieces, STREAM_ROOM + PADDING, false},
        {"whole, in a batch", parse_batches, STREAM_ROOM + PADDING, false},
        {"pieces, a line a call", parse_pieces, 300, true},
        {"pieces, in batches", parse_batches, 1000, true},
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        sbfota_parser_init(&fast);
        expect_same(stream, ways[i].parse(stream, &fast, ways[i].longest, ways[i].is_any), count,
                    ways[i].what);
        cr_assert_eq(fast.offset, slow.offset);
        cr_assert_eq(fast.state, slow.state);
        cr_assert_eq(fast.text, slow.text);
    }
    stream->length = 0;
}

static void end_stream(struct stream *stream, size_t least_lines)
{
    judge(stream);
    cr_assert_geq(stream->lines, least_lines, "only %zu lines were tried", stream->lines);
    free(stream);
}

static void add(struct stream *stream, const char *bytes, size_t length)
{
    memcpy(stream->bytes + stream->length, bytes, length);
    stream->length += length;
}

static void add_line(struct stream *stream, const char *lead, const char *line, size_t length,
                     const char *ending)
{
    if (stream->lines++ % STRIDE != 0)
        return;
    if (stream->length + LINE_ROOM > STREAM_ROOM)
        judge(stream);
    add(stream, lead, strlen(lead));
    add(stream, line, length);
    add(stream, ending, strlen(ending));
}

/* What is done with each line that is made. */
typedef void line_function(struct stream *stream, const char *line, size_t length);

static const char *const endings[] = {"\n", "\r", "\r\n", "\r\r\n", "\n\r"};
static const char *const leads[] = {"",       "\r\n",     "\n",         "\r",
                                    "\r\r\n", "\r\n\r\n", "\n\n\n\n\n", "\r\r\r\n\r\n"};
enum {
    ENDINGS = sizeof endings / sizeof endings[0],
    LEADS = sizeof leads / sizeof leads[0]
};

static void frame_every_way(struct stream *stream, const char *line, size_t length)
{
    for (size_t lead = 0; lead < LEADS; lead++)
        for (size_t ending = 0; ending < ENDINGS; ending++)
            add_line(stream, leads[lead], line, length, endings[ending]);
}

/* Bytes that mean something somewhere, and some that do not. */
static const char odd_bytes[] = "\r\n\t +-,\"%()?=:0195_aAtTqQsSdDzX.\x7f\x80\xff";

static void add_mutation(struct stream *stream, const char *line, size_t length, size_t at,
                         size_t removed, const char *byte)
{
    char mutated[LINE_ROOM];
    const size_t added = byte != NULL;
    memcpy(mutated, line, at);
    if (added)
        mutated[at] = *byte;
    memcpy(mutated + at + added, line + at + removed, length - at - removed);
    add_line(stream, "", mutated, length + added - removed, stream->lines % 2 ? "\n" : "\r\n");
}

static void mutate(struct stream *stream, const char *line, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        add_mutation(stream, line, length, at, 1, NULL);
        for (size_t i = 0; i < sizeof odd_bytes; i++) {
            add_mutation(stream, line, length, at, 1, &odd_bytes[i]);
            add_mutation(stream, line, length, at, 0, &odd_bytes[i]);
        }
    }
}

/* Each byte replaced by each of the 256. */
static void replace_every_byte(struct stream *stream, const char *line, size_t length)
{
    for (size_t at = 0; at <= length; at++)
        for (int byte = CHAR_MIN; byte <= CHAR_MAX; byte++) {
            const char replacement = (char)byte;
            add_mutation(stream, line, length, at, at < length, &replacement);
        }
}

/* An event's line, unless another set of spellings has given it already. */
static void make_line(struct stream *stream, const struct sbfota_event *event, line_function *use)
{
    struct sbfota_event less = *event;
    char line[LINE_ROOM], other[LINE_ROOM];
    const ptrdiff_t length = sbfota_format(event, NULL, SBFOTA_FORMAT_OWN, line, sizeof line);
    cr_assert(length > 0 && length < LINE_ROOM / 2);
    for (unsigned bit = 1; bit < 0x100; bit <<= 1) {
        less.spelling = (uint8_t)(event->spelling & ~bit);
        if (less.spelling != event->spelling &&
            sbfota_format(&less, NULL, SBFOTA_FORMAT_OWN, other, sizeof other) == length &&
            memcmp(line, other, (size_t)length) == 0)
            return;
    }
    use(stream, line, (size_t)length);
}

static void make_spellings(struct stream *stream, struct sbfota_event event, line_function *use)
{
    for (unsigned spelling = 0; spelling < 256; spelling++) {
        event.spelling = (uint8_t)spelling;
        event.detail = 0;
        make_line(stream, &event, use);
        event.detail = SBFOTA_PARAMETER_ACCEPT;
        if (event.kind == SBFOTA_RANGE)
            make_line(stream, &event, use);
    }
}

/* Every message with these numbers, in every spelling. */
static void make_messages(struct stream *stream, const int32_t *values, size_t count,
                          line_function *use)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        if (message->family == SBFOTA_FAMILY_LINE)
            continue;
        for (size_t i = 0; i < count; i++) {
            struct sbfota_event event = {
                .kind = (uint8_t)kind, .value = values[i], .flags = SBFOTA_FLAG_OUT_OF_RANGE};
            if (kind == SBFOTA_RANGE)
                event.extent = (uint32_t)values[count - 1 - i];
            make_spellings(stream, event, use);
            if (message->argument == SBFOTA_ARGUMENT_NONE)
                break;
        }
    }
}
#define MAKE_MESSAGES(stream, values, use) \
    make_messages((stream), (values), sizeof(values) / sizeof(values)[0], (use))

Test(fast, every_message_however_framed)
{
    static const int32_t values[] = {
        0,        1,         5,         9,          10,        59,        60,           61,
        99,       100,       101,       504,        700,       701,       880,          999,
        1000,     9999,      10000,     99999,      100000,    999999,    1295999,      1296000,
        1296001,  9999999,   10000000,  99999999,   12345678,  1 << 30,   -1,           -2,
        -4,       -5,        -9,        -10,        -99,       -1023,     -1024,        -999999,
        -9999999, -10000000, 999999999, 1000000000, INT32_MAX, INT32_MIN, INT32_MIN + 1};
    struct stream *const stream = new_stream();
    MAKE_MESSAGES(stream, values, frame_every_way);
    end_stream(stream, 100000);
}

/* The least and the greatest of each range, and of each code table what stands in it and around
 * it. */
Test(fast, every_number_of_a_few_digits)
{
    struct stream *const stream = new_stream();
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        if (message->family == SBFOTA_FAMILY_LINE || message->argument == SBFOTA_ARGUMENT_NONE)
            continue;
        for (int32_t value = -1100; value < 2200; value++) {
            const struct sbfota_event event = {
                .kind = (uint8_t)kind, .value = value, .flags = SBFOTA_FLAG_OUT_OF_RANGE};
            char line[LINE_ROOM];
            const ptrdiff_t length =
                sbfota_format(&event, NULL, SBFOTA_FORMAT_CANONICAL, line, sizeof line);
            add_line(stream, "\r\n", line, (size_t)length, "\r\n");
        }
    }
    end_stream(stream, 40000);
}

Test(fast, every_byte_at_every_place)
{
    struct stream *const stream = new_stream();
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_event event = {
            .kind = (uint8_t)kind, .value = 60, .flags = SBFOTA_FLAG_OUT_OF_RANGE};
        if (sbfota_message(kind)->family != SBFOTA_FAMILY_LINE)
            make_line(stream, &event, replace_every_byte);
    }
    end_stream(stream, 150000);
}

Test(fast, odd_bytes_in_every_spelling)
{
    static const int32_t values[] = {0, -3, 701};
    struct stream *const stream = new_stream();
    MAKE_MESSAGES(stream, values, mutate);
    end_stream(stream, 300000);
}

/* Lines of others: short and long, with plus signs, glued URCs and half ones. */
Test(fast, lines_of_others)
{
    static const char *const parts[] = {
        "x",      "a",   "+",  "++", "\x80", "",  " ",  "AT",         "+CSQ: 20,99",
        "\"",     "at+", "+Q", "\t", "OK",   "R", "E",  "+QIND: ",    "+QIND: \"SBFOTA\"",
        "SBFOTA", "0",   "#",  "\v", "\f",   "A", "=?", "AT+QCFGEXT", "+QIND: \"csq\",31,99",
    };
    enum {
        PARTS = sizeof parts / sizeof parts[0]
    };
    struct stream *const stream = new_stream();
    for (unsigned i = 0; i < 60000; i++) {
        char line[LINE_ROOM] = "";
        const unsigned count = 1 + next_random(&stream->random) % 5;
        size_t length = 0;
        for (unsigned part = 0; part < count; part++) {
            const char *const next = parts[next_random(&stream->random) % PARTS];
            const unsigned times = next_random(&stream->random) % 8 ? 1 : 1 + i % 12;
            for (unsigned j = 0; j < times && length < LINE_ROOM / 4; j++) {
                memcpy(line + length, next, strlen(next));
                length += strlen(next);
            }
        }
        add_line(stream, leads[next_random(&stream->random) % LEADS], line, length,
                 endings[next_random(&stream->random) % ENDINGS]);
    }
    end_stream(stream, 60000);
}

/* Every length around the longest that is still decoded, and every place of a byte that ends or
 * turns the search. */
Test(fast, lines_of_others_of_every_length)
{
    struct stream *const stream = new_stream();
    for (size_t length = 0; length < 300; length++) {
        char line[LINE_ROOM];
        memset(line, 'x', sizeof line);
        add_line(stream, "", line, length, "\n");
        for (size_t at = 0; at < length; at += 1 + length / 24) {
            line[at] = '+';
            add_line(stream, "\r\n", line, length, "\r");
            memcpy(line + at, "+QIND: \"SBFOTA\",\"START\"", 23);
            add_line(stream, "", line, length, "\r\n");
            memset(line + at, 'x', 23);
        }
    }
    end_stream(stream, 5000);
}

/* Runs of line ends of every length, up to what one event holds and past it. */
Test(fast, runs_of_line_ends)
{
    struct stream *const stream = new_stream();
    char run[LINE_ROOM];
    for (size_t pattern = 0; pattern < 4; pattern++)
        for (size_t length = 0; length < 200; length++) {
            for (size_t i = 0; i < length; i++)
                run[i] = pattern == 0 ? '\n' : pattern == 1 ? '\r' : "\r\n\n\r"[(i * pattern) % 4];
            add_line(stream, "", run, length, length % 2 ? "OK\r\n" : "z\n");
        }
    judge(stream);
    end_stream(stream, 800);
}

/* The run that one event holds is full right before a line, and the line comes with more room
 * than it needs. */
Test(fast, longest_runs_of_line_ends)
{
    enum {
        RUN = 65535
    };
    struct stream *const stream = new_stream();
    memset(stream->bytes, '\n', RUN + 16);
    for (size_t length = RUN - 16; length <= RUN + 16; length++) {
        for (size_t cut = length - 16; cut <= length; cut++) {
            struct sbfota_parser parser;
            struct sbfota_event *const events = stream->events;
            char line[PADDING] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nOK\n";
            size_t count = 0;
            sbfota_parser_init(&parser);
            for (size_t at = 0; at < cut; count += events[count].kind != SBFOTA_NONE)
                at += sbfota_parse(&parser, stream->bytes + at, cut - at, &events[count]);
            for (size_t at = 16 - (length - cut); at < 19; count++)
                at += sbfota_parse(&parser, line + at, sizeof line - at, &events[count]);
            cr_assert_eq(count, length < RUN ? (size_t)1 : (size_t)2,
                         "%zu events of %zu line ends cut at %zu, first %u %u", count, length, cut,
                         events[0].kind, events[0].lead);
            cr_assert_eq(events[count - 1].kind, SBFOTA_OK);
            cr_assert_eq(events[count - 1].lead, length % RUN);
        }
    }
    free(stream);
}
