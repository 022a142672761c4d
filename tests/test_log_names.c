/* SPDX-License-Identifier: MIT
 *
 * Names that somebody has made up, as many and as long as he likes. */
#include "log/text/names.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct bytes name_of(const char *text)
{
    return (struct bytes){text, strlen(text)};
}

Test(names, one_number_each)
{
    struct names names = {0};
    char text[16];
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "modem-%u", i);
        cr_assert_eq(names_add(&names, name_of(text)), i);
    }
    cr_assert_eq(names_add(&names, name_of("modem-7")), 7);
    cr_assert_eq(names_add(&names, name_of("")), 5000);
    cr_assert_eq(names_find(&names, name_of("modem-4999")), 4999);
    cr_assert_eq(names_find(&names, name_of("modem-5000")), NAME_UNKNOWN);
    cr_assert_eq(names_text(&names, 5000).length, 0);
    names_free(&names);
}

/* The most names that stand in one slot. */
static unsigned longest_chain(const struct names *names)
{
    unsigned longest = 0;
    for (uint32_t slot = 0; slot < names->slot_count; slot++) {
        unsigned length = 0;
        for (uint32_t at = names->slots[slot]; at != 0; at = names->entries[at - 1].next)
            length++;
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* Names that share a slot of one table, as somebody finds them who has its keys, are spread over another one. */
Test(names, what_collides_in_one_table_does_not_in_another)
{
    enum {
        NAMES = 2000
    };
    static const size_t lengths[] = {7, 12, 16, 40};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct names known = {0};
        struct names other = {0};
        char text[48] = "";
        names_add(&known, name_of("any, for its keys"));
        names_add(&other, name_of("any, for its keys"));
        cr_assert_neq(memcmp(known.keys, other.keys, sizeof known.keys), 0);
        for (uint64_t seed = 1; other.count < NAMES; seed++) {
            const uint64_t mixed = seed * 0x9e3779b97f4a7c15U;
            memcpy(text, &mixed, 7);
            memcpy(text + lengths[i] - 7, &mixed, 7);
            const struct bytes name = {text, lengths[i]};
            if ((names_key(&known, name).hash & 255) == 0)
                names_add(&other, name);
        }
        cr_expect_leq(longest_chain(&other), 12, "%zu bytes: %u", lengths[i],
                      longest_chain(&other));
        names_free(&known);
        names_free(&other);
    }
}

/* Whatever the function, if it has no key: products by constants as well as sums. */
Test(names, made_up_names_are_spread)
{
    enum {
        NAMES = 20000
    };
    for (unsigned kind = 0; kind < 4; kind++) {
        struct names names = {0};
        for (uint64_t i = 0; i < NAMES; i++) {
            /* Of the second kind all have one sum under a hash that was once used here. */
            const uint64_t sum = (i + 16) * 0xff51afd7ed558ccdU ^ 0x123456789abcdef0U;
            const uint64_t halves[][2] = {
                {i, i}, {i, sum * 0xf1de83e19937733dU}, {i << 32, i}, {0, i << 48 | i >> 16}};
            names_add(&names, (struct bytes){(const char *)halves[kind], 16});
        }
        cr_expect_eq(names.count, NAMES);
        cr_expect_leq(longest_chain(&names), 16, "kind %u: %u", kind, longest_chain(&names));
        names_free(&names);
    }
}

/* The key is not seen: a name's number is its place in the order of coming. */
Test(names, long_names_and_those_with_the_same_ends_are_told_apart)
{
    struct names names = {0};
    char text[300];
    memset(text, 'a', sizeof text);
    for (unsigned length = 0; length < sizeof text; length++)
        cr_assert_eq(names_add(&names, (struct bytes){text, length}), length);
    for (unsigned i = 8; i < 290; i++) {
        text[i] = 'b';
        cr_assert_eq(names_add(&names, (struct bytes){text, sizeof text}), 300 + i - 8);
        text[i] = 'a';
    }
    for (unsigned length = 0; length < sizeof text; length++)
        cr_assert_eq(names_find(&names, (struct bytes){text, length}), length);
    names_free(&names);
}
