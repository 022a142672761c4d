/* SPDX-License-Identifier: MIT */
#include "second.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <sbfota/texts.h>

#include "fuzz.h"

/* A pattern, compiled when it is first asked for. It is matched at a place, not searched for. */
struct pattern {
    const char *text;
    pcre2_code *code;
};

/* Where the decoder is in a line. */
struct look {
    const char *line;
    size_t length;
    size_t at;    /* next byte */
    size_t begin; /* of the group of the last match */
    size_t end;
    bool irregular; /* a spelling that the note never prints */
    unsigned spelling;
    struct sbfota_event *event;
};

/* Match at look->at and go on behind it. The first group is kept. */
static bool take(struct look *look, struct pattern *pattern)
{
    static pcre2_match_data *match;
    int error = 0;
    PCRE2_SIZE where = 0;
    if (match == NULL)
        match = pcre2_match_data_create(8, NULL);
    if (pattern->code == NULL) {
        pattern->code = pcre2_compile((PCRE2_SPTR)pattern->text, PCRE2_ZERO_TERMINATED,
                                      PCRE2_ANCHORED | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY, &error,
                                      &where, NULL);
        CHECK(pattern->code != NULL);
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    }
    const int groups =
        pcre2_match(pattern->code, (PCRE2_SPTR)look->line, look->length, look->at, 0, match, NULL);
    CHECK(groups > 0 || groups == PCRE2_ERROR_NOMATCH);
    if (groups <= 0)
        return false;
    const PCRE2_SIZE *const places = pcre2_get_ovector_pointer(match);
#ifdef FUZZ_MEMORY_SANITIZER
    __msan_unpoison(places, 2 * (size_t)groups * sizeof *places);
#endif
    look->at = places[1];
    look->begin = groups > 1 ? places[2] : places[1];
    look->end = groups > 1 ? places[3] : places[1];
    return true;
}

/* Each use has a pattern of its own, which lives as long as the program. */
#define PATTERN(name, regex) static struct pattern name = {regex, NULL}

static size_t group_length(const struct look *look)
{
    return look->end - look->begin;
}

static const char *group(const struct look *look)
{
    return look->line + look->begin;
}

static bool group_is(const struct look *look, const char *text)
{
    return group_length(look) == strlen(text) && memcmp(group(look), text, strlen(text)) == 0;
}

static void become(struct look *look, unsigned kind)
{
    look->event->kind = (uint8_t)kind;
}

/* It is malformed, here. */
static void fail(struct look *look, unsigned reason)
{
    struct sbfota_event *const event = look->event;
    event->kind = SBFOTA_MALFORMED;
    event->detail = (uint8_t)reason;
    event->value = (int32_t)look->at;
}

static bool at_end(const struct look *look)
{
    return look->at == look->length;
}

static bool at_byte(const struct look *look, char byte)
{
    return !at_end(look) && look->line[look->at] == byte;
}

/* Blanks where the note prints none. */
static void skip_stray(struct look *look)
{
    PATTERN(blanks, "[ \\t]+");
    if (take(look, &blanks))
        look->irregular = true;
}

/* What must be the end of a message. */
static bool take_end(struct look *look)
{
    skip_stray(look);
    if (at_end(look))
        return true;
    fail(look, at_byte(look, ',') ? SBFOTA_REASON_EXTRA_FIELD : SBFOTA_REASON_TRAILING_TEXT);
    return false;
}

/* The comma before a field, and what may stand behind it. */
static bool take_comma(struct look *look, unsigned blank)
{
    PATTERN(comma, ",([ \\t]*)");
    skip_stray(look);
    if (!take(look, &comma)) {
        fail(look, at_end(look) ? SBFOTA_REASON_MISSING_FIELD : SBFOTA_REASON_TRAILING_TEXT);
        return false;
    }
    const bool spaced = group_length(look) > 0 && group(look)[0] == ' ';
    look->spelling |= spaced ? blank : 0;
    look->irregular = look->irregular || group_length(look) > (spaced ? 1U : 0U);
    return true;
}

/* The number that the group of the last match is, saturated. */
static int32_t read_number(struct look *look)
{
    const char *next = group(look);
    const char *const end = look->line + look->end;
    const bool negative = *next == '-';
    const int64_t limit = negative ? (int64_t)INT32_MAX + 1 : INT32_MAX;
    int64_t number = 0;
    look->irregular = look->irregular || *next == '+';
    next += *next == '+' || negative;
    look->irregular = look->irregular || (*next == '0' && (end - next > 1 || negative));
    for (; next < end; next++)
        number = number > limit ? number : number * 10 + (*next - '0');
    if (number > limit) {
        number = limit;
        look->event->flags |= SBFOTA_FLAG_OVERFLOW;
    }
    return (int32_t)(negative ? -number : number);
}

/* What a message's number is held against. */
static void check_number(struct look *look)
{
    struct sbfota_event *const event = look->event;
    const struct sbfota_message_row *const message = sbfota_message(event->kind);
    const enum sbfota_code_table table = sbfota_table_of_kind(event->kind);
    if (table != SBFOTA_CODE_TABLE_NONE) {
        if (sbfota_code(table, event->value) == NULL)
            event->flags |= SBFOTA_FLAG_UNKNOWN_CODE;
    } else if (message->max > message->min) {
        if (event->value < message->min || event->value > message->max)
            event->flags |= SBFOTA_FLAG_OUT_OF_RANGE;
    } else if (message->max != 0 && event->value != message->max) {
        event->flags |= SBFOTA_FLAG_OUT_OF_RANGE;
    }
}

static bool take_number(struct look *look)
{
    PATTERN(digits, "([+-]?[0-9]+)");
    PATTERN(sign, "[+-]");
    if (take(look, &digits)) {
        look->event->value = read_number(look);
        return true;
    }
    const bool missing = at_end(look) || at_byte(look, ',');
    take(look, &sign);
    fail(look, missing ? SBFOTA_REASON_MISSING_FIELD : SBFOTA_REASON_NOT_A_NUMBER);
    return false;
}

/* A number, its comma before it, and the end. */
static void take_integer(struct look *look, unsigned kind, unsigned blank)
{
    if (!take_comma(look, blank) || !take_number(look) || !take_end(look))
        return;
    become(look, kind);
    check_number(look);
}

static void take_percent(struct look *look, unsigned kind)
{
    PATTERN(percent, "%");
    if (!take_comma(look, SBFOTA_SPELLING_BLANK_2) || !take_number(look))
        return;
    skip_stray(look);
    if (!take(look, &percent) && at_end(look))
        look->spelling |= SBFOTA_SPELLING_NO_PERCENT;
    if (!take_end(look))
        return;
    become(look, kind);
    check_number(look);
}

static void take_nothing(struct look *look, unsigned kind)
{
    if (take_end(look))
        become(look, kind);
}

/* A keyword in quotes: false, with the verdict, if there is none. */
static bool take_keyword(struct look *look)
{
    PATTERN(keyword, "\"([^\"]+)\"");
    PATTERN(empty, "\"(?=\")");
    PATTERN(open, "\"[^\"]*$");
    if (take(look, &keyword))
        return true;
    if (take(look, &empty) || at_end(look) || at_byte(look, ','))
        fail(look, SBFOTA_REASON_MISSING_FIELD);
    else if (take(look, &open))
        fail(look, SBFOTA_REASON_UNBALANCED_QUOTE);
    else
        fail(look, SBFOTA_REASON_NOT_QUOTED);
    return false;
}

static void become_unknown(struct look *look)
{
    struct sbfota_event *const event = look->event;
    event->kind = SBFOTA_UNKNOWN;
    event->detail = SBFOTA_REASON_UNKNOWN_KEYWORD;
    event->value = (int32_t)look->begin;
    event->extent = (uint32_t)group_length(look);
}

static void take_report(struct look *look)
{
    if (!take_comma(look, SBFOTA_SPELLING_BLANK_2) || !take_keyword(look))
        return;
    if (group_is(look, "start"))
        take_nothing(look, SBFOTA_REPORT_START);
    else if (group_is(look, "end"))
        take_integer(look, SBFOTA_REPORT_END, SBFOTA_SPELLING_BLANK_3);
    else
        become_unknown(look);
}

static bool is_resume(struct look *look)
{
    struct look inner = *look;
    PATTERN(resume, "Last up(?:date|grade) was not finished, ?continue up(?:date|grade)$");
    inner.line = group(look);
    inner.length = group_length(look);
    inner.at = 0;
    if (!take(&inner, &resume))
        return false;
    look->irregular =
        look->irregular || !group_is(look, "Last update was not finished, continue update");
    return true;
}

/* The URC with the keyword of the last match, and no other; or NONE. */
static unsigned find_plain(const struct look *look)
{
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const row = sbfota_message(kind);
        if (row != NULL && row->family == SBFOTA_FAMILY_URC && row->stage[0] == '\0' &&
            kind != SBFOTA_RESUME && group_is(look, row->keyword))
            return kind;
    }
    return SBFOTA_NONE;
}

static void take_argument(struct look *look, unsigned kind)
{
    const unsigned argument = sbfota_message(kind)->argument;
    if (argument == SBFOTA_ARGUMENT_NONE)
        take_nothing(look, kind);
    else if (argument == SBFOTA_ARGUMENT_PERCENT)
        take_percent(look, kind);
    else
        take_integer(look, kind, SBFOTA_SPELLING_BLANK_2);
}

/* Behind `+QIND: "SBFOTA"`. */
static void take_urc(struct look *look)
{
    if (!take_comma(look, SBFOTA_SPELLING_BLANK_1) || !take_keyword(look))
        return;
    const unsigned plain = find_plain(look);
    if (plain != SBFOTA_NONE) {
        take_argument(look, plain);
        return;
    }
    if (group_is(look, "polling time")) {
        look->spelling |= SBFOTA_SPELLING_BLANK_KEYWORD;
        take_integer(look, SBFOTA_POLLING_TIME, SBFOTA_SPELLING_BLANK_2);
    } else if (group_is(look, "report_result")) {
        take_report(look);
    } else if (is_resume(look)) {
        take_nothing(look, SBFOTA_RESUME);
    } else {
        become_unknown(look);
    }
}

/* The two numbers of a range, its parenthesis before them. */
static void take_range(struct look *look, unsigned parameter)
{
    PATTERN(digits, "([0-9]+)");
    PATTERN(close, "\\)");
    PATTERN(separator, "([-,])");
    struct sbfota_event *const event = look->event;
    skip_stray(look);
    if (!take(look, &digits)) {
        fail(look, at_end(look) ? SBFOTA_REASON_MISSING_FIELD : SBFOTA_REASON_NOT_A_RANGE);
        return;
    }
    event->value = read_number(look);
    event->extent = (uint32_t)event->value;
    skip_stray(look);
    if (take(look, &separator)) {
        look->spelling |= group(look)[0] == ',' ? SBFOTA_SPELLING_RANGE_LIST : 0U;
        skip_stray(look);
        if (!take(look, &digits)) {
            fail(look, at_end(look) ? SBFOTA_REASON_MISSING_FIELD : SBFOTA_REASON_NOT_A_RANGE);
            return;
        }
        event->extent = (uint32_t)read_number(look);
        skip_stray(look);
    } else {
        look->spelling |= SBFOTA_SPELLING_RANGE_SINGLE;
    }
    if (!take(look, &close)) {
        fail(look, at_end(look) ? SBFOTA_REASON_MISSING_FIELD : SBFOTA_REASON_NOT_A_RANGE);
        return;
    }
    if (!take_end(look))
        return;
    become(look, SBFOTA_RANGE);
    event->detail = (uint8_t)parameter;
}

/* Behind `+QCFGEXT: "sbfota_delay"` or its like. */
static void take_answer(struct look *look, bool delay)
{
    PATTERN(open, "\\(");
    if (!take_comma(look, SBFOTA_SPELLING_BLANK_1))
        return;
    if (take(look, &open)) {
        take_range(look, delay ? SBFOTA_PARAMETER_DELAY : SBFOTA_PARAMETER_ACCEPT);
    } else if (!delay) {
        fail(look, at_end(look) || at_byte(look, ',') ? SBFOTA_REASON_MISSING_FIELD
                                                      : SBFOTA_REASON_NOT_A_RANGE);
    } else if (take_number(look) && take_end(look)) {
        become(look, SBFOTA_DELAY);
        check_number(look);
    }
}

static void take_command(struct look *look, bool delay)
{
    PATTERN(nothing, "[ \\t]*$");
    if (delay) {
        struct look query = *look;
        if (take(&query, &nothing)) {
            take_nothing(look, SBFOTA_QUERY_DELAY);
            return;
        }
    }
    take_integer(look, delay ? SBFOTA_SET_DELAY : SBFOTA_ACCEPT, SBFOTA_SPELLING_BLANK_1);
}

static void take_cme(struct look *look)
{
    PATTERN(missing, "(:[ \\t]*|[ \\t]*)$");
    PATTERN(gap, ":([ \\t]*)");
    PATTERN(number, "([0-9]+)[ \\t]*$");
    struct sbfota_event *const event = look->event;
    if (take(look, &missing)) {
        fail(look, SBFOTA_REASON_MISSING_FIELD);
        return;
    }
    if (!take(look, &gap))
        return;
    look->irregular = !group_is(look, " ");
    const size_t begin = look->at;
    become(look, SBFOTA_CME_ERROR);
    if (take(look, &number)) {
        event->value = read_number(look);
        look->irregular = look->irregular || look->end < look->length;
        return;
    }
    event->value = (int32_t)begin;
    event->extent = (uint32_t)(look->length - begin);
}

/* The heads of messages with fields, up to the quote behind the first keyword. The case of letters
 * outside quotes does not matter, but that is not canonical. */
static bool take_head(struct look *look, struct pattern *head, const char *canonical)
{
    if (!take(look, head))
        return false;
    look->irregular = look->irregular || !group_is(look, canonical);
    return true;
}

/* The quote behind a keyword: it may only be missing at the end of the line. */
static bool take_quote(struct look *look)
{
    PATTERN(quote, "\"");
    PATTERN(blanks, "[ \\t]*$");
    if (take(look, &quote))
        return true;
    if (take(look, &blanks))
        fail(look, SBFOTA_REASON_UNBALANCED_QUOTE);
    return false;
}

/* How the name of a command is spelled. */
static void take_at(struct look *look)
{
    if (memcmp(group(look), "at", 2) == 0)
        look->spelling |= SBFOTA_SPELLING_LOWER_AT;
    else
        look->irregular = memcmp(group(look), "AT", 2) != 0;
    look->irregular = look->irregular || memcmp(group(look) + 2, "+QCFGEXT", 8) != 0;
}

/* One of the words that are a line, which has matched. */
static void take_word(struct look *look)
{
    static const struct {
        const char *word;
        unsigned kind;
    } words[] = {{"OK", SBFOTA_OK},
                 {"ERROR", SBFOTA_ERROR},
                 {"RDY", SBFOTA_RDY},
                 {"APP RDY", SBFOTA_APP_RDY}};
    for (size_t i = 0; i < 4; i++)
        if (group_is(look, words[i].word))
            become(look, words[i].kind);
    look->irregular = look->end < look->length;
}

static void take_line(struct look *look)
{
    PATTERN(hidden, ".+?(\\+(?i:QIND):[ \\t]*\"SBFOTA\")");
    PATTERN(host, "(?i:AT)");
    PATTERN(word, "(OK|ERROR|RDY|APP RDY)[ \\t]*$");
    PATTERN(cme, "\\+CME ERROR");
    PATTERN(urc, "(\\+(?i:QIND):[ \\t]*)\"SBFOTA");
    PATTERN(answer, "(\\+(?i:QCFGEXT):[ \\t]*)\"sbfota_(?=delay|accept)");
    PATTERN(test, "((?i:AT\\+QCFGEXT))=\\?");
    PATTERN(command, "((?i:AT\\+QCFGEXT))=\"sbfota_(?=delay|accept)");
    PATTERN(keyword, "(delay|accept)");
    struct look start = *look;

    if (take(look, &hidden)) {
        look->at = look->begin;
        if (!take(&start, &host))
            fail(look, SBFOTA_REASON_GLUED);
        return;
    }
    if (take(look, &word)) {
        take_word(look);
    } else if (take(look, &cme)) {
        take_cme(look);
    } else if (take_head(look, &urc, "+QIND: ")) {
        if (take_quote(look))
            take_urc(look);
    } else if (take_head(look, &answer, "+QCFGEXT: ")) {
        take(look, &keyword);
        const bool delay = group_is(look, "delay");
        if (take_quote(look))
            take_answer(look, delay);
    } else if (take(look, &test)) {
        take_at(look);
        take_nothing(look, SBFOTA_TEST_QCFGEXT);
    } else if (take(look, &command)) {
        take_at(look);
        take(look, &keyword);
        const bool delay = group_is(look, "delay");
        if (take_quote(look))
            take_command(look, delay);
    }
}

void second_decode(const void *line, size_t length, struct sbfota_event *event)
{
    struct look look = {.line = line, .length = length, .event = event};
    memset(event, 0, sizeof *event);
    event->length = length;
    event->kind = length > SBFOTA_LINE_MAX ? SBFOTA_OVERLONG : SBFOTA_OTHER;
    if (event->kind == SBFOTA_OVERLONG)
        return;
    take_line(&look);
    if (sbfota_message(event->kind)->family != SBFOTA_FAMILY_LINE) {
        event->spelling = (uint8_t)look.spelling;
        event->flags |= look.irregular ? SBFOTA_FLAG_NONCANONICAL : 0;
        return;
    }
    event->flags = 0; /* of a number that came before the fault */
    if (event->kind == SBFOTA_MALFORMED)
        event->extent = 0;
}
