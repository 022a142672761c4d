/* SPDX-License-Identifier: MIT
 *
 * A line buffer, strncmp and strtol: a decoder by hand, with some care for speed. */
#include <stdlib.h>

#include "peers/keywords.h"
#include "peers/line_buffer.h"

static struct keyword keywords[KEYWORDS_MAX];
static size_t keyword_count;

/* Behind a comma and the blank that may follow it; NULL if there is none. */
static const char *next_field(const char *at)
{
    if (*at != ',')
        return NULL;
    return at[1] == ' ' ? at + 2 : at + 1;
}

/* Behind `"word"`, or NULL. */
static const char *match_quoted(const char *at, const char *word, size_t length)
{
    if (at[0] != '"' || strncmp(at + 1, word, length) != 0 || at[length + 1] != '"')
        return NULL;
    return at + length + 2;
}

/* Behind the number in the field that begins at `comma`, or NULL. */
static const char *read_number(const char *comma, long *number)
{
    const char *const field = next_field(comma);
    char *end;
    if (field == NULL)
        return NULL;
    *number = strtol(field, &end, 10);
    return end == field ? NULL : end;
}

static void tally_number(struct tally *tally, unsigned kind, const char *comma)
{
    long number = 0;
    const char *const end = read_number(comma, &number);
    if (end != NULL && (*end == '\0' || strcmp(end, "%") == 0))
        tally_add(tally, kind, number);
}

static const char *match_stage(const char *comma, const char *stage)
{
    const char *const field = next_field(comma);
    return field == NULL ? NULL : match_quoted(field, stage, strlen(stage));
}

static void decode_urc(const char *at, struct tally *tally)
{
    for (size_t i = 0; i < keyword_count; i++) {
        const struct keyword *const keyword = &keywords[i];
        const char *behind = match_quoted(at, keyword->text, keyword->length);
        if (behind != NULL && keyword->stage[0] != '\0')
            behind = match_stage(behind, keyword->stage);
        if (behind == NULL)
            continue;
        if (keyword->has_value)
            tally_number(tally, keyword->kind, behind);
        else if (*behind == '\0')
            tally_add(tally, keyword->kind, 0);
        return;
    }
}

static void decode_range(const char *at, struct tally *tally)
{
    char *end;
    const long lower = strtol(at, &end, 10);
    long upper = lower;
    if (*end == '-' || *end == ',')
        upper = strtol(end + 1, &end, 10);
    if (strcmp(end, ")") == 0)
        tally_add(tally, SBFOTA_RANGE, lower + upper);
}

static void decode_answer(const char *at, struct tally *tally)
{
    const char *behind = match_quoted(at, "sbfota_delay", 12);
    if (behind == NULL)
        behind = match_quoted(at, "sbfota_accept", 13);
    const char *const field = behind == NULL ? NULL : next_field(behind);
    if (field != NULL && *field == '(')
        decode_range(field + 1, tally);
    else if (field != NULL)
        tally_number(tally, SBFOTA_DELAY, behind);
}

static void decode_command(const char *at, struct tally *tally)
{
    const char *behind = match_quoted(at, "sbfota_delay", 12);
    if (behind != NULL && *behind == '\0')
        tally_add(tally, SBFOTA_QUERY_DELAY, 0);
    else if (behind != NULL)
        tally_number(tally, SBFOTA_SET_DELAY, behind);
    else if ((behind = match_quoted(at, "sbfota_accept", 13)) != NULL)
        tally_number(tally, SBFOTA_ACCEPT, behind);
    else if (strcmp(at, "?") == 0)
        tally_add(tally, SBFOTA_TEST_QCFGEXT, 0);
}

static void decode_error(const char *at, struct tally *tally)
{
    char *end;
    const long number = strtol(at, &end, 10);
    if (end != at && *end == '\0')
        tally_add(tally, SBFOTA_CME_ERROR, number);
}

static void decode_line(const char *line, size_t length, struct tally *tally)
{
    (void)length;
    const char *field;
    if (strncmp(line, "+QIND: \"SBFOTA\"", 15) == 0 && (field = next_field(line + 15)) != NULL)
        decode_urc(field, tally);
    else if (strncmp(line, "+QCFGEXT: ", 10) == 0)
        decode_answer(line + 10, tally);
    else if (strncmp(line, "AT+QCFGEXT=", 11) == 0 || strncmp(line, "at+QCFGEXT=", 11) == 0)
        decode_command(line + 11, tally);
    else if (strncmp(line, "+CME ERROR: ", 12) == 0)
        decode_error(line + 12, tally);
    else
        tally_add(tally, kind_of_word(line), 0);
}

size_t decode_strtol(const struct input *input, struct tally *tally)
{
    if (keyword_count == 0)
        keyword_count = keywords_of_urcs(keywords);
    return buffer_lines(input, tally, decode_line);
}
