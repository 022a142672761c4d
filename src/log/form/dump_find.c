/* SPDX-License-Identifier: MIT
 *
 * Search for SBFOTA in digits. */
#include <string.h>

#include "log/prefix/dump.h"

enum {
    LETTERS = 6,
    SHARE = 3, /* letters that one of two rows has at least */
    APART = 3  /* bytes between letters, at most, but for 0x */
};

/* The letters in hexadecimal, decimal and octal digits and as od -c has them, in words also the last first; in words of two bytes,
 * where one of them may be shared with another byte; and in base64, wherever in its four letters a byte may begin. No words are
 * behind NULL. Letters stand for both cases of themselves. */
static const char *const spellings[][LETTERS] = {
    {"53", "42", "46", "4f", "54", "41"},
    {"73", "62", "66", "6f", "74", "61"},
    {"41", "54", "4f", "46", "42", "53"},
    {"61", "74", "6f", "66", "62", "73"},
    {"83", "66", "70", "79", "84", "65"},
    {"115", "98", "102", "111", "116", "97"},
    {"123", "102", "106", "117", "124", "101"},
    {"163", "142", "146", "157", "164", "141"},
    {"s", "b", "f", "o", "t", "a"},
    {"4253", "4f46", "4154", NULL, NULL, NULL},
    {"4642", "544f", NULL, NULL, NULL, NULL},
    {"6273", "6f66", "6174", NULL, NULL, NULL},
    {"6662", "746f", NULL, NULL, NULL, NULL},
    {"041123", "047506", "040524", NULL, NULL, NULL},
    {"043102", "052117", NULL, NULL, NULL, NULL},
    {"061163", "067546", "060564", NULL, NULL, NULL},
    {"063142", "072157", NULL, NULL, NULL, NULL},
    {"u0jgt1rb", NULL, NULL, NULL, NULL, NULL},
    {"ncrk9uq", NULL, NULL, NULL, NULL, NULL},
    {"tqkzpve", NULL, NULL, NULL, NULL, NULL},
    {"c2jmb3rh", NULL, NULL, NULL, NULL, NULL},
    {"nizm90y", NULL, NULL, NULL, NULL, NULL},
    {"zymzvdg", NULL, NULL, NULL, NULL, NULL},
};

enum {
    SPELLINGS = sizeof spellings / sizeof *spellings
};

/* Which spellings have a letter that begins with two bytes, of which five bits each tell; a bit a spelling. */
struct filter {
    uint32_t pairs[32 * 32];
};

static unsigned char fold(char byte)
{
    return (unsigned char)byte | 0x20U;
}

static unsigned pair_of(char first, char second)
{
    return (fold(first) % 32U) * 32 + fold(second) % 32U;
}

/* A letter of one byte has a blank behind it. */
static void make_filter(struct filter *filter)
{
    memset(filter, 0, sizeof *filter);
    for (unsigned i = 0; i < SPELLINGS; i++)
        for (unsigned k = 0; k < LETTERS && spellings[i][k] != NULL; k++)
            filter->pairs[pair_of(spellings[i][k][0], spellings[i][k][1])] |= 1U << i;
}

/* Behind what stands between letters. */
static const char *skip_apart(const char *at, const char *end)
{
    for (int i = 0; i < APART && at < end &&
                    (*at == ' ' || *at == '\t' || *at == ',' || *at == ':' || *at == '-');
         i++)
        at++;
    return end - at > 2 && at[0] == '0' && at[1] == 'x' ? at + 2 : at;
}

/* Behind a letter at `at`; NULL if it is another. */
static const char *skip_letter(const char *letter, const char *at, const char *end)
{
    for (; *letter != '\0'; letter++, at++)
        if (at == end || fold(*at) != (unsigned char)*letter)
            return NULL;
    return at;
}

/* Mostly the bytes behind a letter show that none follows. */
static bool may_go_on(const struct filter *filter, unsigned spelling, const char *at,
                      const char *end)
{
    const size_t length = strlen(spellings[spelling][0]);
    if (length == 1 || spellings[spelling][1] == NULL)
        return true;
    if ((size_t)(end - at) < length + 2)
        return false;
    at = skip_apart(at + length, end);
    return end - at > 1 && (filter->pairs[pair_of(at[0], at[1])] >> spelling & 1U) != 0;
}

static bool is_spelled(const char *const letters[LETTERS], const char *begin, const char *end)
{
    for (unsigned first = 0; first < LETTERS && letters[first] != NULL; first++) {
        unsigned count = 0;
        const char *at = begin;
        while (first + count < LETTERS && letters[first + count] != NULL &&
               (at = skip_letter(letters[first + count], skip_apart(at, end), end)) != NULL)
            count++;
        /* Two words are four letters, or three. */
        if (count >= (letters[1] == NULL ? 1 : strlen(letters[0]) > 3 ? 2 : SHARE))
            return true;
    }
    return false;
}

const char *dump_find(const char *begin, const char *end)
{
    struct filter filter;
    make_filter(&filter);
    for (const char *at = begin; end - at > 1; at++) {
        for (uint32_t may = filter.pairs[pair_of(at[0], at[1])]; may != 0; may &= may - 1) {
            const unsigned spelling = (unsigned)__builtin_ctz(may);
            if (!may_go_on(&filter, spelling, at, end) || !is_spelled(spellings[spelling], at, end))
                continue;
            while (at > begin && at[-1] != '\n')
                at--;
            return at;
        }
    }
    return NULL;
}
