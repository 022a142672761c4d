/* SPDX-License-Identifier: MIT
 *
 * A line buffer and sscanf: what most code for such modules does, at its best: one sscanf for nearly every line, chosen
 * by the line's first bytes, and a look whether it took the whole line. */
#include <stdio.h>

#include "peers/keywords.h"
#include "peers/line_buffer.h"

static struct keyword keywords[KEYWORDS_MAX];
static size_t keyword_count;

static void decode_report(const char *line, struct tally *tally)
{
    char stage[16] = "";
    int value = 0;
    int end = 0;
    const int found = sscanf(line, "+QIND: \"SBFOTA\", \"report_result\", \"%15[^\"]\"%n, %d%n",
                             stage, &end, &value, &end);
    if (found < 1 || line[end] != '\0')
        return;
    if (strcmp(stage, "start") == 0)
        tally_add(tally, SBFOTA_REPORT_START, 0);
    else if (strcmp(stage, "end") == 0 && found == 2)
        tally_add(tally, SBFOTA_REPORT_END, value);
}

static void decode_urc(const char *line, struct tally *tally)
{
    char word[64];
    int value = 0;
    int end = 0;
    const int found =
        sscanf(line, "+QIND: \"SBFOTA\", \"%63[^\"]\"%n, %d%n", word, &end, &value, &end);
    if (found < 1)
        return;
    for (size_t i = 0; i < keyword_count; i++) {
        const struct keyword *const keyword = &keywords[i];
        if (strcmp(word, keyword->text) != 0)
            continue;
        if (keyword->stage[0] != '\0')
            decode_report(line, tally);
        else if (keyword->has_value == (found == 2) &&
                 (line[end] == '\0' || strcmp(line + end, "%") == 0))
            tally_add(tally, keyword->kind, value);
        return;
    }
}

static void decode_answer(const char *line, struct tally *tally)
{
    char word[32];
    int value = 0;
    int upper = 0;
    int end = 0;
    if (strchr(line, '(') == NULL) {
        if (sscanf(line, "+QCFGEXT: \"%31[^\"]\", %d%n", word, &value, &end) == 2 &&
            line[end] == '\0')
            tally_add(tally, SBFOTA_DELAY, value);
        return;
    }
    const int found =
        sscanf(line, "+QCFGEXT: \"%31[^\"]\", (%d%n%*1[-,]%d%n", word, &value, &end, &upper, &end);
    if (found >= 2 && strcmp(line + end, ")") == 0)
        tally_add(tally, SBFOTA_RANGE, (int64_t)value + (found == 3 ? upper : value));
}

static void decode_command(const char *line, struct tally *tally)
{
    char word[32];
    int value = 0;
    int end = 0;
    const int found =
        sscanf(line, "%*2[ATat]+QCFGEXT=\"%31[^\"]\"%n, %d%n", word, &end, &value, &end);
    if (found < 1) {
        if (strcmp(line + 10, "=?") == 0)
            tally_add(tally, SBFOTA_TEST_QCFGEXT, 0);
    } else if (line[end] == '\0') {
        if (strcmp(word, "sbfota_accept") == 0)
            tally_add(tally, SBFOTA_ACCEPT, value);
        else
            tally_add(tally, found == 1 ? SBFOTA_QUERY_DELAY : SBFOTA_SET_DELAY, value);
    }
}

static void decode_error(const char *line, struct tally *tally)
{
    int value = 0;
    int end = 0;
    if (sscanf(line, "+CME ERROR: %d%n", &value, &end) == 1 && line[end] == '\0')
        tally_add(tally, SBFOTA_CME_ERROR, value);
}

static void decode_line(const char *line, size_t length, struct tally *tally)
{
    if (length >= 8 && memcmp(line, "+QIND: \"", 8) == 0)
        decode_urc(line, tally);
    else if (length >= 8 && memcmp(line, "+QCFGEXT", 8) == 0)
        decode_answer(line, tally);
    else if (length >= 10 && memcmp(line + 2, "+QCFGEXT", 8) == 0)
        decode_command(line, tally);
    else if (line[0] == '+')
        decode_error(line, tally);
    else
        tally_add(tally, kind_of_word(line), 0);
}

size_t decode_sscanf(const struct input *input, struct tally *tally)
{
    if (keyword_count == 0)
        keyword_count = keywords_of_urcs(keywords);
    return buffer_lines(input, tally, decode_line);
}
