/* SPDX-License-Identifier: MIT
 *
 * PCRE2 with its JIT compiler: one pattern of all messages, an alternative each, made from the catalogue. The mark that
 * a match passed says which alternative it was. Matched against lines from a line buffer, as a stream has to be, and
 * against a whole stream in memory, each match where the last one ended. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

#include <sbfota/texts.h>

#include "peers/line_buffer.h"

/* A kind as the one character of its alternative's mark. */
enum {
    MARK_BASE = '@'
};

struct pattern {
    char text[4096];
    size_t length;
};

static void append(struct pattern *pattern, const char *text)
{
    const size_t length = strlen(text);
    memcpy(pattern->text + pattern->length, text, length + 1);
    pattern->length += length;
}

static const char *value_pattern(unsigned argument)
{
    switch ((enum sbfota_argument)argument) {
    case SBFOTA_ARGUMENT_NONE:
    case SBFOTA_ARGUMENT_TEXT: break;
    case SBFOTA_ARGUMENT_SECONDS:
    case SBFOTA_ARGUMENT_PARA:
    case SBFOTA_ARGUMENT_CME_CODE:
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: return "(?<value>-?[0-9]++)";
    case SBFOTA_ARGUMENT_PERCENT: return "(?<value>[0-9]++)%?+";
    case SBFOTA_ARGUMENT_RANGE: return "\\((?<value>[0-9]++)(?:[-,](?<upper>[0-9]++))?+\\)";
    }
    return "";
}

static const char *keyword_pattern(unsigned kind)
{
    if (kind == SBFOTA_POLLING_TIME)
        return "polling[_ ]time";
    if (kind == SBFOTA_RANGE)
        return "sbfota_(?:delay|accept)";
    return sbfota_message(kind)->keyword;
}

/* What stands in quotes, and the value. */
static void append_fields(struct pattern *pattern, unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    append(pattern, "\"");
    append(pattern, keyword_pattern(kind));
    append(pattern, "\"");
    if (message->stage[0] != '\0') {
        append(pattern, ", ?+\"");
        append(pattern, message->stage);
        append(pattern, "\"");
    }
    if (message->argument != SBFOTA_ARGUMENT_NONE)
        append(pattern, ", ?+");
}

/* The messages of a family behind what they begin with. */
static void append_family(struct pattern *pattern, enum sbfota_family family, const char *head)
{
    append(pattern, "|");
    append(pattern, head);
    append(pattern, "(?");
    const char *separator = "|"; /* the groups of all alternatives have the same numbers */
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        if (message->family != family)
            continue;
        append(pattern, separator);
        if (family == SBFOTA_FAMILY_WORD)
            append(pattern, message->keyword);
        else if (family == SBFOTA_FAMILY_URC || family == SBFOTA_FAMILY_RESPONSE ||
                 family == SBFOTA_FAMILY_COMMAND)
            append_fields(pattern, kind);
        append(pattern, value_pattern(message->argument));
        char end[] = "[ \\t]*+(?>[\\r\\n]++|\\z)(*MARK:?)";
        end[sizeof end - 3] = (char)(MARK_BASE + kind);
        append(pattern, end);
        separator = "|";
    }
    append(pattern, ")");
}

static void append_urcs(struct pattern *pattern)
{
    append_family(pattern, SBFOTA_FAMILY_URC, "\\+QIND: \"SBFOTA\", ?+");
}

static pcre2_code *compile(const struct pattern *pattern, uint32_t options)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *const code = pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length,
                                           options | PCRE2_DUPNAMES, &error, &at, NULL);
    if (code == NULL || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0)
        fprintf(stderr, "PCRE2: error %d at %zu of %s\n", error, at, pattern->text);
    return code;
}

/* Every line is a match. */
static pcre2_code *compile_lines(void)
{
    struct pattern pattern = {.length = 0};
    append(&pattern, "[\\r\\n]*+(?"); /* only before the first line */
    append_urcs(&pattern);
    append_family(&pattern, SBFOTA_FAMILY_WORD, "");
    append_family(&pattern, SBFOTA_FAMILY_CME, "\\+CME ERROR: ");
    append_family(&pattern, SBFOTA_FAMILY_RESPONSE, "\\+QCFGEXT: ");
    append_family(&pattern, SBFOTA_FAMILY_COMMAND, "(?:AT|at)\\+QCFGEXT=");
    append_family(&pattern, SBFOTA_FAMILY_TEST, "(?:AT|at)\\+QCFGEXT=\\?");
    append(&pattern, "|[^\\r\\n]++[\\r\\n]*+)"); /* another's line */
    return compile(&pattern, PCRE2_ANCHORED);
}

/* URCs are matches, wherever they begin in a line that they end. */
static pcre2_code *compile_urcs(void)
{
    struct pattern pattern = {.length = 0};
    append(&pattern, "(?");
    append_urcs(&pattern);
    append(&pattern, ")");
    return compile(&pattern, 0);
}

/* The number of a group; 0 if it took no part. */
static int32_t group_number(const char *bytes, const PCRE2_SIZE *group)
{
    if (group[0] == PCRE2_UNSET)
        return 0;
    const char *at = bytes + group[0];
    const char *const end = bytes + group[1];
    const bool negative = at < end && *at == '-';
    int32_t number = 0;
    for (at += negative; at < end; at++)
        number = number * 10 + (*at - '0');
    return negative ? -number : number;
}

/* A program has use for one of the two patterns. */
static pcre2_code *code;
static pcre2_match_data *match_data;

static bool prepare(pcre2_code *compile_code(void))
{
    if (code == NULL) {
        code = compile_code();
        match_data = code == NULL ? NULL : pcre2_match_data_create_from_pattern(code, NULL);
    }
    return match_data != NULL;
}

/* Decode the match at `at` or behind it; returns where it ends. */
static size_t match_next(const char *bytes, size_t length, size_t at, struct tally *tally)
{
    const int count = pcre2_jit_match(code, (PCRE2_SPTR)bytes, length, at, 0, match_data, NULL);
    if (count <= 0)
        return length;
    const PCRE2_SIZE *const groups = pcre2_get_ovector_pointer(match_data);
    const PCRE2_SPTR mark = pcre2_get_mark(match_data);
    const unsigned kind = mark == NULL ? SBFOTA_OTHER : (unsigned)(mark[0] - MARK_BASE);
    const int32_t value = count > 1 ? group_number(bytes, groups + 2) : 0;
    int32_t upper = 0;
    if (kind == SBFOTA_RANGE)
        upper = count > 2 ? group_number(bytes, groups + 4) : value;
    tally_add(tally, kind, (int64_t)value + upper);
    return groups[1];
}

static void decode_line(const char *line, size_t length, struct tally *tally)
{
    match_next(line, length, 0, tally);
}

size_t decode_pcre2_lines(const struct input *input, struct tally *tally)
{
    return prepare(compile_lines) ? buffer_lines(input, tally, decode_line) : 0;
}

size_t decode_pcre2_whole(const struct input *input, struct tally *tally)
{
    for (size_t at = 0; prepare(compile_lines) && at < input->length;)
        at = match_next(input->bytes, input->length, at, tally);
    return input->length;
}

size_t find_pcre2_urcs(const struct input *input, struct tally *tally)
{
    for (size_t at = 0; prepare(compile_urcs) && at < input->length;)
        at = match_next(input->bytes, input->length, at, tally);
    return input->length;
}
