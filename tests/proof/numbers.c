/* SPDX-License-Identifier: MIT
 *
 * Every number that the fast ways of the parser and the formatter take at once (src/codec/whole_line.h, whole_text.h), with both
 * signs: what the formatter writes has the digits that count on from the number before, and what the parser reads is that number. */
#include <stdio.h>
#include <string.h>

#include "proof.h"

enum {
    READ_AT_ONCE = 10000000,     /* numbers of seven digits are, and no longer ones */
    WRITTEN_AT_ONCE = 100000000, /* and of eight */
    STRIDE = 7 /* of the eight, one in so many, which is no divisor of a power of ten */
};

/* A number of eight digits, with zeros before it. */
struct digits {
    char text[8];
};

static void count_on(struct digits *digits, unsigned by)
{
    for (size_t at = sizeof digits->text; by > 0 && at-- > 0; by /= 10) {
        by += (unsigned)(digits->text[at] - '0');
        digits->text[at] = (char)('0' + by % 10);
    }
}

static void try_number(const struct library *library, const struct digits *digits, int32_t value)
{
    static const char head[] = "+QIND: \"SBFOTA\",\"END\",";
    const size_t begin = sizeof head - 1;
    const struct sbfota_event event = {.kind = SBFOTA_END, .value = value};
    struct sbfota_event read;
    struct sbfota_parser parser;
    char line[256] = "";
    size_t zeros = 0;
    while (zeros < 7 && digits->text[zeros] == '0')
        zeros++;
    const size_t length = (size_t)(value < 0) + sizeof digits->text - zeros;
    const char *const number = line + begin + (value < 0);
    if (library->format(&event, NULL, SBFOTA_FORMAT_CANONICAL, line, sizeof line) !=
            (ptrdiff_t)(begin + length) ||
        memcmp(line, head, begin) != 0 || (value < 0 && line[begin] != '-') ||
        memcmp(number, digits->text + zeros, sizeof digits->text - zeros) != 0)
        differ("%ld is written as %.40s", (long)value, line);
    line[begin + length] = '\r';
    library->parser_init(&parser);
    library->parse(&parser, line, sizeof line, &read);
    if (read.kind != SBFOTA_END || read.value != value || read.length != begin + length)
        differ("%ld is read as %ld", (long)value, (long)read.value);
}

void prove_numbers(const struct library *library)
{
    struct digits digits = {"00000000"};
    unsigned long long count = 0;
    for (int32_t value = 0; value < WRITTEN_AT_ONCE;) {
        try_number(library, &digits, value);
        if (value > 0)
            try_number(library, &digits, -value);
        const int32_t step = value < READ_AT_ONCE ? 1 : STRIDE;
        count_on(&digits, (unsigned)step);
        value += step;
        count++;
    }
    printf("%s: %llu numbers, with both signs\n", under_proof, count);
}
