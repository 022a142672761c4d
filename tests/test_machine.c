/* SPDX-License-Identifier: MIT
 *
 * The compiled machine, state by state: what holds in each of its states holds for inputs of any length. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <sbfota/texts.h>

#include "codec/registers.h"
#include "stride.h"
#include "transitions.inc"

enum {
    STATE_NUMBERS = 65536,
    ACCESS_MAX = 96
};

typedef size_t parse_function(struct sbfota_parser *parser, const void *bytes, size_t length,
                              struct sbfota_event *event);

/* The style that is not linked, under another name: see CMakeLists.txt. */
parse_function other_parse;

/* The shortest bytes that lead to each state of the machine, in the order in which they are found. */
struct access {
    unsigned char bytes[ACCESS_MAX];
    size_t length;
    unsigned state;
};
static struct access accesses[STATES];
static size_t access_count;

/* Which transition each byte takes. */
static uint16_t by_byte[STATES][256];

static void spread_bytes(void)
{
    unsigned byte = 0;
    for (size_t i = 0; i < sizeof byte_ranges / sizeof byte_ranges[0]; i++) {
        while (byte <= byte_ranges[i].last)
            by_byte[byte_ranges[i].state][byte++] = byte_ranges[i].transition;
        byte %= 256;
    }
}

static void explore(void)
{
    bool found[STATES] = {[START] = true};
    spread_bytes();
    accesses[0].state = START;
    access_count = 1;
    for (size_t next = 0; next < access_count; next++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            struct access longer = accesses[next];
            longer.state = transitions[by_byte[longer.state][byte]].target;
            if (found[longer.state])
                continue;
            found[longer.state] = true;
            cr_assert_lt(longer.length, (size_t)ACCESS_MAX);
            longer.bytes[longer.length++] = (unsigned char)byte;
            accesses[access_count++] = longer;
        }
    }
    cr_assert_eq(access_count, (size_t)STATES);
}

static void feed(parse_function *parse, struct sbfota_parser *parser, const void *bytes,
                 size_t length)
{
    struct sbfota_event event;
    for (const unsigned char *next = bytes; length > 0;) {
        const size_t used = parse(parser, next, length, &event);
        next += used;
        length -= used;
    }
}

static struct sbfota_parser style_in(parse_function *parse, const struct access *access)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    feed(parse, &parser, access->bytes, access->length);
    return parser;
}

static struct sbfota_parser parser_in(const struct access *access)
{
    return style_in(sbfota_parse, access);
}

TestSuite(machine, .init = explore);

/* A parser of a style, and which of its numbers stands for which state of the machine. */
struct style {
    parse_function *parse;
    unsigned number_of[STATES];
    struct sbfota_parser parser;
    struct sbfota_event event;
};

static void number_states(struct style *style)
{
    static bool used[STATE_NUMBERS];
    memset(used, 0, sizeof used);
    for (size_t i = 0; i < access_count; i++) {
        const unsigned number = style_in(style->parse, &accesses[i]).state;
        cr_assert_not(used[number], "two states have the number %u", number);
        used[number] = true;
        style->number_of[accesses[i].state] = number;
    }
}

static void take(struct style *style, const struct access *access, unsigned byte)
{
    const unsigned char input = (unsigned char)byte;
    const struct transition *const transition = &transitions[by_byte[access->state][byte]];
    style->parser = style_in(style->parse, access);
    cr_assert_eq(style->parse(&style->parser, &input, 1, &style->event), (size_t)1);
    cr_assert_eq(style->parser.state, style->number_of[transition->target], "state %u, byte %u",
                 access->state, byte);
    cr_assert_eq(style->event.kind != SBFOTA_NONE, transition->delivers, "state %u, byte %u",
                 access->state, byte);
}

static void expect_same(struct style *one, struct style *other, unsigned state, unsigned byte)
{
    one->parser.state = other->parser.state = 0;
    cr_assert_arr_eq(&one->parser, &other->parser, sizeof one->parser, "state %u, byte %u", state,
                     byte);
    cr_assert_eq(one->event.kind, other->event.kind, "state %u, byte %u", state, byte);
    if (one->event.kind != SBFOTA_NONE)
        cr_assert_arr_eq(&one->event, &other->event, sizeof one->event, "state %u, byte %u", state,
                         byte);
}

Test(machine, both_styles_take_every_transition_alike)
{
    static struct style linked = {.parse = sbfota_parse};
    static struct style other = {.parse = other_parse};
    static bool taken[TRANSITIONS];
    unsigned taken_count = 0;
    number_states(&linked);
    number_states(&other);
    for (size_t i = 0; i < access_count; i++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            const unsigned transition = by_byte[accesses[i].state][byte];
            take(&linked, &accesses[i], byte);
            take(&other, &accesses[i], byte);
            expect_same(&linked, &other, accesses[i].state, byte);
            taken_count += !taken[transition];
            taken[transition] = true;
        }
    }
    printf("transitions: %u/%u, by %u pairs of state and byte\n", taken_count, TRANSITIONS,
           STATES * 256);
    cr_assert_eq(taken_count, TRANSITIONS);
}

Test(machine, every_line_end_leads_back_to_a_lines_start_and_only_it_delivers)
{
    const struct sbfota_parser start = parser_in(&accesses[0]);
    for (size_t i = 0; i < access_count; i++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            struct sbfota_parser parser = parser_in(&accesses[i]);
            const bool at_start = parser.state == start.state;
            const bool line_end = byte == '\n' || byte == '\r';
            const unsigned char input = (unsigned char)byte;
            struct sbfota_event event;
            cr_assert_eq(sbfota_parse(&parser, &input, 1, &event), (size_t)1);
            cr_assert_eq(event.kind != SBFOTA_NONE, line_end && !at_start, "state %zu, byte %u", i,
                         byte);
            if (line_end)
                cr_assert_eq(parser.state, start.state, "state %zu, byte %u", i, byte);
            else
                cr_assert_neq(parser.state, start.state, "state %zu, byte %u", i, byte);
        }
    }
}

Test(machine, two_bytes_together_are_two_bytes_apart_in_every_state)
{
    for (size_t i = 0; i < access_count; i++) {
        const struct sbfota_parser there = parser_in(&accesses[i]);
        for (unsigned pair = 0; pair < 65536; pair += (pair % 256 > 127 ? 17U : 1U) * STRIDE) {
            const unsigned char bytes[3] = {(unsigned char)(pair / 256), (unsigned char)pair, '\n'};
            struct sbfota_parser together = there;
            struct sbfota_parser apart = there;
            struct sbfota_event whole[3], single[3];
            size_t whole_count, single_count = 0;
            sbfota_parse_batch(&together, bytes, 3, whole, 3, &whole_count);
            for (size_t j = 0; j < 3; j++) {
                sbfota_parse(&apart, &bytes[j], 1, &single[single_count]);
                single_count += single[single_count].kind != SBFOTA_NONE;
            }
            cr_assert_eq(whole_count, single_count, "state %zu, pair %04x", i, pair);
            cr_assert_arr_eq(whole, single, whole_count * sizeof whole[0], "state %zu, pair %04x",
                             i, pair);
            cr_assert_eq(together.state, apart.state, "state %zu, pair %04x", i, pair);
        }
    }
}

/* Keywords are compared at once where they come whole: the same byte by byte, and cut at any place. */
Test(machine, the_way_to_every_state_is_the_same_cut_anywhere)
{
    for (size_t i = 0; i < access_count; i++) {
        for (size_t cut = 0; cut <= accesses[i].length; cut++) {
            struct sbfota_parser parser;
            sbfota_parser_init(&parser);
            feed(sbfota_parse, &parser, accesses[i].bytes, cut);
            feed(sbfota_parse, &parser, accesses[i].bytes + cut, accesses[i].length - cut);
            const struct sbfota_parser whole = parser_in(&accesses[i]);
            cr_assert_eq(parser.state, whole.state, "state %zu, cut %zu", i, cut);
            cr_assert_eq(parser.kind, whole.kind, "state %zu, cut %zu", i, cut);
            cr_assert_eq(parser.spelling, whole.spelling, "state %zu, cut %zu", i, cut);
        }
    }
}

/* A damaged struct: what the kind register may hold, and what the line is then. */
Test(machine, any_kind_is_a_line)
{
    for (unsigned kind = 0; kind < 256; kind++) {
        struct sbfota_parser parser;
        struct sbfota_event event;
        unsigned expected = SBFOTA_OTHER;
        if (kind >= SBFOTA_KIND_FAILED)
            expected = kind == (SBFOTA_KIND_FAILED | SBFOTA_REASON_UNKNOWN_KEYWORD)
                           ? SBFOTA_UNKNOWN
                           : SBFOTA_MALFORMED;
        else if (kind == SBFOTA_KIND_CME_TEXT)
            expected = SBFOTA_CME_ERROR;
        else if (kind == SBFOTA_KIND_ACCEPT_RANGE)
            expected = SBFOTA_RANGE;
        else if (sbfota_message(kind) != NULL && sbfota_message(kind)->family != SBFOTA_FAMILY_LINE)
            expected = kind;
        sbfota_parser_init(&parser);
        cr_assert_eq(sbfota_parse(&parser, "x", 1, &event), (size_t)1);
        parser.kind = (uint8_t)kind;
        cr_assert_eq(sbfota_parse(&parser, "\n", 1, &event), (size_t)1);
        cr_assert_eq(event.kind, expected, "kind %u gives %u", kind, event.kind);
        cr_assert_eq(parser.kind, SBFOTA_OTHER);
    }
}

/* A damaged struct: under the sanitizers this also shows that no table is read outside. */
Test(machine, any_state_number_is_whole_again_behind_the_next_line_end)
{
    for (unsigned state = 0; state < STATE_NUMBERS; state += state < STATES ? 1U : STRIDE) {
        for (unsigned byte = 0; byte < 256; byte += state % 7 + 1) {
            const unsigned char bytes[] = {
                (unsigned char)byte, '"', '+', '5', '\n', 'O', 'K', '\r'};
            struct sbfota_parser parser;
            struct sbfota_event events[4];
            size_t count;
            sbfota_parser_init(&parser);
            parser.state = (uint16_t)state;
            sbfota_parse_batch(&parser, bytes, sizeof bytes, events, 4, &count);
            cr_assert_geq(count, (size_t)1);
            cr_assert_eq(events[count - 1].kind, SBFOTA_OK, "state %u, byte %u", state, byte);
        }
    }
}
