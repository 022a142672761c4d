/* SPDX-License-Identifier: MIT
 *
 * The compiled machine, state by state: what holds in each of its states holds for inputs of any length. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <sbfota/sbfota.h>

enum {
    STATES_MAX = 65536,
    ACCESS_MAX = 96
};

/* The shortest bytes that lead to each state, in the order in which they were found. */
struct access {
    unsigned char bytes[ACCESS_MAX];
    size_t length;
};
static struct access accesses[1024];
static size_t access_count;
static bool seen[STATES_MAX];

static void feed(struct sbfota_parser *parser, const void *bytes, size_t length)
{
    struct sbfota_event event;
    for (const unsigned char *next = bytes; length > 0;) {
        const size_t used = sbfota_parse(parser, next, length, &event);
        next += used;
        length -= used;
    }
}

static struct sbfota_parser parser_in(const struct access *access)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    feed(&parser, access->bytes, access->length);
    return parser;
}

static void explore(void)
{
    const struct sbfota_parser start = parser_in(&(struct access){.length = 0});
    seen[start.state] = true;
    access_count = 1;
    for (size_t next = 0; next < access_count; next++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            struct access longer = accesses[next];
            cr_assert_lt(longer.length, (size_t)ACCESS_MAX);
            longer.bytes[longer.length++] = (unsigned char)byte;
            const struct sbfota_parser parser = parser_in(&longer);
            if (!seen[parser.state]) {
                seen[parser.state] = true;
                cr_assert_lt(access_count, sizeof accesses / sizeof accesses[0]);
                accesses[access_count++] = longer;
            }
        }
    }
}

TestSuite(machine, .init = explore);

Test(machine, every_line_end_leads_back_to_a_lines_start_and_only_it_delivers)
{
    const struct sbfota_parser start = parser_in(&accesses[0]);
    cr_assert_gt(access_count, (size_t)300);
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
        for (unsigned pair = 0; pair<65536; pair += pair % 256> 127 ? 17 : 1) {
            const unsigned char bytes[3] = {(unsigned char)(pair / 256), (unsigned char)pair, '\n'};
            struct sbfota_parser together = parser_in(&accesses[i]);
            struct sbfota_parser apart = together;
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
            feed(&parser, accesses[i].bytes, cut);
            feed(&parser, accesses[i].bytes + cut, accesses[i].length - cut);
            const struct sbfota_parser whole = parser_in(&accesses[i]);
            cr_assert_eq(parser.state, whole.state, "state %zu, cut %zu", i, cut);
            cr_assert_eq(parser.kind, whole.kind, "state %zu, cut %zu", i, cut);
            cr_assert_eq(parser.spelling, whole.spelling, "state %zu, cut %zu", i, cut);
        }
    }
}

/* A damaged struct: under the sanitizers this also shows that no table is read outside. */
Test(machine, any_state_number_is_whole_again_behind_the_next_line_end)
{
    for (unsigned state = 0; state < STATES_MAX; state++) {
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
