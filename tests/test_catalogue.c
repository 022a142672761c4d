/* SPDX-License-Identifier: MIT
 *
 * Each row of the catalogues stands everywhere: enumeration, names, formatter, machine, reference page, dictionary. */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "support.h"

struct message_row {
    unsigned kind;
    const char *name, *keyword, *stage;
    long min, max;
    unsigned family, argument, sender;
    const char *section;
};
static const struct message_row message_rows[] = {
#define SBFOTA_MESSAGE(id, number, name, family, keyword, stage, argument, min, max, sender, \
                       section, summary)                                                     \
    {SBFOTA_##id,                                                                            \
     name,                                                                                   \
     keyword,                                                                                \
     stage,                                                                                  \
     min,                                                                                    \
     max,                                                                                    \
     SBFOTA_FAMILY_##family,                                                                 \
     SBFOTA_ARGUMENT_##argument,                                                             \
     SBFOTA_SENDER_##sender,                                                                 \
     section},
#include "messages.def"
#undef SBFOTA_MESSAGE
};

struct code_row {
    enum sbfota_code_table table;
    int32_t value;
    const char *name, *text;
    unsigned aftermath;
};
static const struct code_row code_rows[] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) \
    {SBFOTA_CODE_TABLE_##table, value, name, text, SBFOTA_AFTERMATH_##aftermath},
#include "codes.def"
#undef SBFOTA_CODE
};

enum {
    MESSAGE_ROWS = sizeof message_rows / sizeof message_rows[0],
    CODE_ROWS = sizeof code_rows / sizeof code_rows[0]
};

/* A generated file, as one string. */
static char *read_generated(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/gen/%s", SBFOTA_SOURCE_DIR, name);
    FILE *const file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    char *const text = calloc(1, 1 << 16);
    cr_assert_gt(fread(text, 1, (1 << 16) - 1, file), (size_t)0);
    fclose(file);
    return text;
}

/* Numbers that were once given: bindings and what is saved rest on them. A new row is added here. */
static const struct {
    unsigned kind, number;
} numbers[] = {
    {SBFOTA_POLLING_TIME, 1}, {SBFOTA_POLLING_ERROR, 2}, {SBFOTA_HTTP_START, 3},
    {SBFOTA_DOWNLOADING, 4},  {SBFOTA_HTTP_END, 5},      {SBFOTA_UPDATE_TIMEOUT, 6},
    {SBFOTA_START, 7},        {SBFOTA_UPDATING, 8},      {SBFOTA_RESTORE, 9},
    {SBFOTA_END, 10},         {SBFOTA_RESUME, 11},       {SBFOTA_REPORT_START, 12},
    {SBFOTA_REPORT_END, 13},  {SBFOTA_RDY, 14},          {SBFOTA_APP_RDY, 15},
    {SBFOTA_OK, 16},          {SBFOTA_ERROR, 17},        {SBFOTA_CME_ERROR, 18},
    {SBFOTA_DELAY, 19},       {SBFOTA_RANGE, 20},        {SBFOTA_QUERY_DELAY, 21},
    {SBFOTA_SET_DELAY, 22},   {SBFOTA_ACCEPT, 23},       {SBFOTA_TEST_QCFGEXT, 24},
    {SBFOTA_UNKNOWN, 25},     {SBFOTA_MALFORMED, 26},    {SBFOTA_OVERLONG, 27},
    {SBFOTA_OTHER, 28},       {SBFOTA_BLANK, 29},
};
static const unsigned reason_numbers[] = {
    SBFOTA_REASON_MISSING_FIELD, SBFOTA_REASON_EXTRA_FIELD,   SBFOTA_REASON_NOT_A_NUMBER,
    SBFOTA_REASON_NOT_A_RANGE,   SBFOTA_REASON_TRAILING_TEXT, SBFOTA_REASON_UNBALANCED_QUOTE,
    SBFOTA_REASON_NOT_QUOTED,    SBFOTA_REASON_GLUED,         SBFOTA_REASON_UNKNOWN_KEYWORD,
};

Test(catalogue, numbers_once_given_stay)
{
    cr_assert_eq(sizeof numbers / sizeof numbers[0], (size_t)MESSAGE_ROWS,
                 "a message has no row in numbers[]");
    for (size_t i = 0; i < MESSAGE_ROWS; i++) {
        cr_expect_eq(numbers[i].number, i + 1);
        cr_expect_eq(numbers[i].kind, numbers[i].number, "%s",
                     sbfota_message(numbers[i].kind)->name);
    }
    cr_assert_eq(sizeof reason_numbers / sizeof reason_numbers[0], (size_t)SBFOTA_REASON_COUNT - 1);
    for (unsigned i = 0; i < SBFOTA_REASON_COUNT - 1; i++)
        cr_expect_eq(reason_numbers[i], i + 1);
}

Test(catalogue, messages_have_their_rows)
{
    cr_assert_eq(MESSAGE_ROWS + 1, SBFOTA_KIND_COUNT);
    for (unsigned i = 0; i < MESSAGE_ROWS; i++) {
        const struct message_row *const row = &message_rows[i];
        const struct sbfota_message_row *const message = sbfota_message(row->kind);
        cr_assert_str_eq(message->name, row->name);
        cr_assert_str_eq(message->keyword, row->keyword);
        cr_assert_str_eq(message->stage, row->stage);
        cr_assert_str_eq(message->section, row->section);
        cr_assert_eq(message->min, row->min);
        cr_assert_eq(message->max, row->max);
        cr_assert_eq(message->family, row->family);
        cr_assert_eq(message->argument, row->argument);
        cr_assert_eq(message->sender, row->sender);
        cr_assert_eq(sbfota_kind_from_name(row->name, strlen(row->name)), row->kind);
    }
    cr_assert_null(sbfota_message(SBFOTA_NONE));
    cr_assert_null(sbfota_message(SBFOTA_KIND_COUNT));
    cr_assert_eq(sbfota_kind_from_name("updatin", 7), SBFOTA_NONE);
    cr_assert_eq(sbfota_kind_from_name("updatingx", 9), SBFOTA_NONE);
    cr_assert_eq(sbfota_kind_from_name("updatingx", 8), SBFOTA_UPDATING);
}

Test(catalogue, messages_have_their_place_in_the_machine)
{
    for (unsigned i = 0; i < MESSAGE_ROWS; i++) {
        const struct message_row *const row = &message_rows[i];
        if (row->family == SBFOTA_FAMILY_LINE)
            continue;
        const struct sbfota_event event = {
            .kind = (uint8_t)row->kind, .value = 1, .extent = row->kind == SBFOTA_RANGE};
        struct sbfota_event parsed;
        char line[128];
        const ptrdiff_t length = sbfota_format(&event, NULL, 0, line, sizeof line);
        cr_assert_gt(length, 0, "%s", row->name);
        sbfota_decode_line(line, (size_t)length, &parsed);
        cr_assert_eq(parsed.kind, row->kind, "%s: %.*s", row->name, (int)length, line);
    }
}

/* The range of the row is the one that the parser checks. */
Test(catalogue, ranges_are_the_parsers)
{
    for (unsigned i = 0; i < MESSAGE_ROWS; i++) {
        const struct message_row *const row = &message_rows[i];
        if (row->max == 0)
            continue;
        const long values[] = {row->min - 1, row->min, row->max, row->max + 1};
        for (size_t j = 0; j < 4; j++) {
            const struct sbfota_event event = {.kind = (uint8_t)row->kind,
                                               .value = (int32_t)values[j],
                                               .flags = SBFOTA_FLAG_OUT_OF_RANGE};
            struct sbfota_event parsed;
            char line[128];
            const ptrdiff_t length = sbfota_format(&event, NULL, 0, line, sizeof line);
            sbfota_decode_line(line, (size_t)length, &parsed);
            cr_assert_eq((parsed.flags & SBFOTA_FLAG_OUT_OF_RANGE) != 0, j == 0 || j == 3, "%s %ld",
                         row->name, values[j]);
        }
    }
}

Test(catalogue, codes_are_31_and_7_and_4_and_found_both_ways)
{
    size_t counts[4] = {0};
    cr_assert_eq(CODE_ROWS, SBFOTA_CODE_COUNT);
    for (size_t i = 0; i < CODE_ROWS; i++) {
        const struct code_row *const row = &code_rows[i];
        const struct sbfota_code_row *const code = sbfota_code(row->table, row->value);
        counts[row->table]++;
        cr_assert_eq(code, sbfota_code_at(i));
        cr_assert_str_eq(code->name, row->name);
        cr_assert_str_eq(code->text, row->text);
        cr_assert_eq(code->aftermath, row->aftermath);
        cr_assert_eq(sbfota_code_from_name(row->table, row->name, strlen(row->name)), code);
        cr_assert_eq(sbfota_code_from_name(row->table, row->text, strlen(row->text)), code);
        if (i > 0 && code_rows[i - 1].table == row->table)
            cr_assert_lt(code_rows[i - 1].value, row->value, "%s is out of order", row->name);
    }
    cr_assert_eq(counts[SBFOTA_CODE_TABLE_POLLING], (size_t)4);
    cr_assert_eq(counts[SBFOTA_CODE_TABLE_HTTP], (size_t)31);
    cr_assert_eq(counts[SBFOTA_CODE_TABLE_UPDATE], (size_t)7);
    cr_assert_null(sbfota_code_at(SBFOTA_CODE_COUNT));
    cr_assert_null(sbfota_code(SBFOTA_CODE_TABLE_HTTP, 705));
    cr_assert_null(sbfota_code_from_name(SBFOTA_CODE_TABLE_HTTP, "roaming", 7));
}

/* The tables that the parser checks with are those of the texts. */
Test(catalogue, parser_knows_the_codes_of_the_tables)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const enum sbfota_code_table table = sbfota_table_of_kind(kind);
        for (int32_t value = -20; table != SBFOTA_CODE_TABLE_NONE && value < 1000; value++) {
            const struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
            struct sbfota_event parsed;
            char line[128];
            const ptrdiff_t length = sbfota_format(&event, NULL, 0, line, sizeof line);
            sbfota_decode_line(line, (size_t)length, &parsed);
            cr_assert_eq((parsed.flags & SBFOTA_FLAG_UNKNOWN_CODE) == 0,
                         sbfota_code(table, value) != NULL, "%d", value);
        }
    }
}

Test(catalogue, reasons_and_flags_have_their_names)
{
#define SBFOTA_REASON(id, number, name, summary)                          \
    cr_assert_str_eq(sbfota_reason_name(SBFOTA_REASON_##id), name);       \
    cr_assert_str_eq(sbfota_reason_summary(SBFOTA_REASON_##id), summary); \
    cr_assert_eq(sbfota_reason_from_name(name, sizeof name - 1), SBFOTA_REASON_##id);
#include "reasons.def"
#undef SBFOTA_REASON
#define SBFOTA_FLAG(id, name, bit, summary)                     \
    cr_assert_eq(SBFOTA_FLAG_##id, 1 << (bit));                 \
    cr_assert_str_eq(sbfota_flag_name(SBFOTA_FLAG_##id), name); \
    cr_assert_str_eq(sbfota_flag_summary(SBFOTA_FLAG_##id), summary);
#include "flags.def"
#undef SBFOTA_FLAG
    cr_assert_null(sbfota_reason_name(SBFOTA_REASON_COUNT));
    cr_assert_null(sbfota_reason_summary(SBFOTA_REASON_COUNT));
    cr_assert_null(sbfota_flag_name(0));
    cr_assert_null(sbfota_flag_name(3));
    cr_assert_null(sbfota_flag_name(0x80));
    cr_assert_null(sbfota_flag_summary(0));
    cr_assert_null(sbfota_flag_summary(3));
    cr_assert_null(sbfota_flag_summary(0x80));
}

Test(catalogue, generated_pages_have_every_row)
{
    char *const reference = read_generated("reference.md");
    char *const dictionary = read_generated("sbfota.dict");
    char wanted[160];
    for (unsigned i = 0; i < MESSAGE_ROWS; i++) {
        snprintf(wanted, sizeof wanted, "| `%s` |", message_rows[i].name);
        cr_expect(strstr(reference, wanted) != NULL, "%s", wanted);
        snprintf(wanted, sizeof wanted, "\"%s\"", message_rows[i].keyword);
        cr_expect(message_rows[i].keyword[0] == '\0' || strstr(dictionary, wanted) != NULL, "%s",
                  wanted);
    }
    for (size_t i = 0; i < CODE_ROWS; i++) {
        snprintf(wanted, sizeof wanted, "| %d | `%s` | %s |", (int)code_rows[i].value,
                 code_rows[i].name, code_rows[i].text);
        cr_expect(strstr(reference, wanted) != NULL, "%s", wanted);
        snprintf(wanted, sizeof wanted, "\"%d\"", (int)code_rows[i].value);
        cr_expect(strstr(dictionary, wanted) != NULL, "%s", wanted);
    }
#define SBFOTA_REASON(id, number, name, summary) \
    cr_expect(strstr(reference, "| `" name "` |") != NULL, "%s", name);
#include "reasons.def"
#undef SBFOTA_REASON
#define SBFOTA_FLAG(id, name, bit, summary) \
    cr_expect(strstr(reference, "| `" name "` |") != NULL, "%s", name);
#include "flags.def"
#undef SBFOTA_FLAG
    free(reference);
    free(dictionary);
}

Test(names, of_nothing_are_nothing)
{
    cr_expect_eq(sbfota_kind_from_name(NULL, 0), SBFOTA_NONE);
    cr_expect_eq(sbfota_reason_from_name(NULL, 0), SBFOTA_REASON_NONE);
    for (int table = SBFOTA_CODE_TABLE_NONE; table <= SBFOTA_CODE_TABLE_UPDATE; table++)
        cr_expect_null(sbfota_code_from_name((enum sbfota_code_table)table, NULL, 0));
    cr_expect_eq(sbfota_table_of_kind(SBFOTA_NONE), SBFOTA_CODE_TABLE_NONE);
    cr_expect_eq(sbfota_table_of_kind(SBFOTA_KIND_COUNT), SBFOTA_CODE_TABLE_NONE);
    cr_expect_null(sbfota_reason_summary(SBFOTA_REASON_COUNT));
    cr_expect_eq(sbfota_reason_from_name("no such reason", 14), SBFOTA_REASON_NONE);
}

/* What bindings ask of the library that is linked. */
Test(version, is_that_of_the_headers)
{
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", SBFOTA_VERSION_MAJOR, SBFOTA_VERSION_MINOR,
             SBFOTA_VERSION_PATCH);
    cr_expect_str_eq(sbfota_version(), version);
    cr_expect_str_eq(sbfota_version(), SBFOTA_VERSION);
    cr_expect_eq(sbfota_parser_size(), sizeof(struct sbfota_parser));
    cr_expect_eq(sbfota_event_size(), sizeof(struct sbfota_event));
    cr_expect_eq(sbfota_message_row_size(), sizeof(struct sbfota_message_row));
    cr_expect_eq(sbfota_code_row_size(), sizeof(struct sbfota_code_row));
}
