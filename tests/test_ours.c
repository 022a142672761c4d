/* SPDX-License-Identifier: MIT
 *
 * "Is this line ours?" against the parser, on every beginning of every message and every byte behind it. */
#include <ctype.h>

#include <criterion/criterion.h>

#include "stride.h"
#include "support.h"

static const char *const lines[] = {
    "+QIND: \"SBFOTA\",\"END\",0",
    "+QIND:\t\"SBFOTA\",\"x\"",
    "+QIND:\"SBFOTA\"",
    "+QCFGEXT: \"sbfota_delay\",30",
    "+QCFGEXT:\t\"sbfota_accept\",(1)",
    "AT+QCFGEXT=\"sbfota_delay\"",
    "AT+QCFGEXT=\"sbfota_accept\",1",
    "AT+QCFGEXT=?",
    "RDY",
    "APP RDY",
    "+CME ERROR: 3",
    "OK",
};

/* What the parser says, as far as the first bytes decide it. */
static bool parser_says(const struct sbfota_event *event, const char *line)
{
    switch (event->kind) {
    case SBFOTA_NONE:
    case SBFOTA_OTHER:
    case SBFOTA_BLANK:
    case SBFOTA_OK:
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR: return false;
    case SBFOTA_MALFORMED: return line[1] != 'C';
    }
    return true;
}

static void check(const char *line, size_t length, const char *ending)
{
    static const char *const leads[] = {"", "", "", "\r\n", "\n", "\r", "\n\r\n"};
    static unsigned turn;
    const char *const lead = leads[turn++ % (sizeof leads / sizeof leads[0])];
    char whole[128];
    struct sbfota_event event;
    const size_t begin = strlen(lead);
    memcpy(whole, lead, begin);
    memcpy(whole + begin, line, length);
    memcpy(whole + begin + length, ending, strlen(ending) + 1);
    length += begin + strlen(ending);
    sbfota_decode_line(whole, length, &event);
    cr_expect_eq(sbfota_is_ours(whole, length), parser_says(&event, whole + begin), "%s", whole);
}

Test(ours, every_beginning_and_every_byte_behind_it)
{
    static const char *const endings[] = {"",    "\n", "\r\n", "\"",
                                          " \n", "\t", "\"\r", "\r\nOK\r\n"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (unsigned mixed = 0; mixed < 3; mixed++) {
            char line[128];
            const size_t length = strlen(lines[i]);
            bool in_quotes = false;
            for (size_t at = 0; at < length; at++) {
                in_quotes ^= lines[i][at] == '"';
                line[at] = lines[i][at];
                if (!in_quotes && lines[i][0] != 'R' && lines[i][1] != 'P' && at % 3 < mixed &&
                    lines[i][1] != 'C')
                    line[at] = (char)tolower((unsigned char)line[at]);
            }
            for (size_t cut = 0; cut <= length; cut++) {
                const char kept = line[cut];
                for (unsigned byte = 1 + (unsigned)(cut % STRIDE); byte < 256; byte += STRIDE) {
                    if (byte == '\r' || byte == '\n')
                        continue;
                    line[cut] = (char)byte;
                    for (size_t j = 0; j < sizeof endings / sizeof endings[0]; j++)
                        check(line, cut + 1, endings[j]);
                }
                line[cut] = kept;
                for (size_t j = 0; j < sizeof endings / sizeof endings[0]; j++)
                    check(line, cut, endings[j]);
            }
        }
    }
}

Test(ours, line_ends_around_the_line)
{
    static const struct {
        const char *line;
        bool is_ours;
    } cases[] = {
        {"\r\n+QIND: \"SBFOTA\",\"START\"\r\n", true},
        {"\n\n\nRDY", true},
        {"\r\nRDY\r\nOK\r\n", true},
        {"\rAT+QCFGEXT=?\r", true},
        {"\r\nRDYNESS\r\n", false},
        {"\r\n RDY\r\n", false},
        {"\r\nOK\r\nRDY\r\n", false},
        {"R\nDY", false},
        {"\r\n", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(sbfota_is_ours(cases[i].line, strlen(cases[i].line)), cases[i].is_ours, "%s",
                     cases[i].line);
    cr_expect_not(sbfota_is_ours(NULL, 0));
}
