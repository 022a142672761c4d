/* SPDX-License-Identifier: MIT
 *
 * Writes the tables of the formatter's fast way, src/codec/whole_text.h, from the catalogues: each message in each of its
 * spellings, up to its number.
 *
 *     templates > FILE
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heads.h"

struct message_row {
    const char *id, *family, *keyword, *stage, *argument;
    long min, max;
    const char *sender;
};
static const struct message_row messages[] = {
#define SBFOTA_MESSAGE(id, number, name, family, keyword, stage, argument, min, max, sender, section, summary) \
    {#id, #family, keyword, stage, #argument, min, max, #sender},
#include "messages.def"
#undef SBFOTA_MESSAGE
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum {
    HEAD_ROOM = 68, /* of whole_text.h, each with SBFOTA_ before it */
    LEAST_SHORT = -9,
    SHORT_COUNT = 1009
};

/* Of enum sbfota_spelling, which the public header has. */
enum {
    BLANK_1 = 1,
    NO_PERCENT = 8,
    BLANK_KEYWORD = 16,
    LOWER_AT = 32
};

static bool is(const struct message_row *row, const char *family)
{
    return strcmp(row->family, family) == 0;
}

static bool has_argument(const struct message_row *row, const char *argument)
{
    return strcmp(row->argument, argument) == 0;
}

static bool is_host(const struct message_row *row)
{
    return strcmp(row->sender, "HOST") == 0;
}

static bool is_polling_time(const struct message_row *row)
{
    return strcmp(row->id, "POLLING_TIME") == 0;
}

/* How many commas of a message may have a blank behind them: those have the lowest bits of a spelling. */
static unsigned commas(const struct message_row *row)
{
    const bool is_quoted = is(row, "URC") || is(row, "RESPONSE") || is(row, "COMMAND");
    return is(row, "URC") + (row->stage[0] != '\0') + (is_quoted && !has_argument(row, "NONE"));
}

/* What else spells it. */
static unsigned other_bit(const struct message_row *row)
{
    return is_host(row)                   ? LOWER_AT
           : is_polling_time(row)         ? BLANK_KEYWORD
           : has_argument(row, "PERCENT") ? NO_PERCENT
                                          : 0;
}

/* A head while it is written. */
struct head {
    char text[256];
    size_t length;
    unsigned spelling;
    unsigned blank; /* the bit of the next comma */
};

static void put(struct head *head, const char *text)
{
    head->length += (size_t)snprintf(head->text + head->length, sizeof head->text - head->length, "%s", text);
}

static void put_comma(struct head *head)
{
    put(head, head->spelling & head->blank ? ", " : ",");
    head->blank <<= 1;
}

static void put_quoted(struct head *head, const char *word)
{
    put(head, "\"");
    put(head, word);
    put(head, "\"");
}

/* All of a message that stands before its number, or before what ends it. */
static void put_head(struct head *head, const struct message_row *row, const char *keyword)
{
    if (is_host(row))
        put(head, head->spelling & LOWER_AT ? "at" SBFOTA_HEAD_COMMAND : "AT" SBFOTA_HEAD_COMMAND);
    else
        put(head, "\r\n");
    if (is(row, "URC")) {
        put(head, SBFOTA_HEAD_URC);
        put_comma(head);
    } else if (is(row, "RESPONSE")) {
        put(head, SBFOTA_HEAD_RESPONSE);
    } else if (is(row, "CME")) {
        put(head, SBFOTA_HEAD_CME);
        return;
    } else if (is(row, "WORD")) {
        put(head, keyword);
        return;
    } else if (is(row, "TEST")) {
        put(head, "?");
        return;
    }
    put_quoted(head, head->spelling & BLANK_KEYWORD ? "polling time" : keyword);
    if (row->stage[0] != '\0') {
        put_comma(head);
        put_quoted(head, row->stage);
    }
    if (!has_argument(row, "NONE"))
        put_comma(head);
    if (has_argument(row, "RANGE"))
        put(head, "(");
}

static void print_template(const struct message_row *row, const char *keyword, unsigned spelling)
{
    struct head head = {.spelling = spelling, .blank = BLANK_1};
    put_head(&head, row, keyword);
    if (head.length > HEAD_ROOM - 1) {
        fputs("a head is too long: raise HEAD_ROOM\n", stderr);
        exit(1);
    }
    printf("    {\"");
    for (size_t i = 0; i < head.length; i++)
        printf(head.text[i] == '\r' ? "\\r" : head.text[i] == '\n' ? "\\n" : head.text[i] == '"' ? "\\\"" : "%c",
               head.text[i]);
    const bool has_percent = has_argument(row, "PERCENT") && !(spelling & NO_PERCENT);
    const char *const closing = has_percent ? "%" : has_argument(row, "RANGE") ? ")" : "";
    const unsigned line_end = is_host(row) ? 1 : 2;
    printf("\", %s, \"%s\\r%s\", %zu, %zu, %u, %u},\n", has_argument(row, "NONE") ? "0" : "UINT32_MAX", closing,
           is_host(row) ? "" : "\\n", head.length, strlen(closing) + line_end, is_host(row) ? 0 : 2, line_end);
}

/* A message's templates in the order of their spellings. Returns how many there are. */
static unsigned print_spellings(const struct message_row *row, const char *keyword)
{
    const unsigned spellings = 1U << commas(row);
    for (unsigned spelling = 0; spelling < spellings; spelling++)
        print_template(row, keyword, spelling);
    if (other_bit(row) == 0)
        return spellings;
    for (unsigned spelling = 0; spelling < spellings; spelling++)
        print_template(row, keyword, spelling | other_bit(row));
    return 2 * spellings;
}

/* The keyword of the range that is not the one in the catalogue. */
static const char *accept_keyword(void)
{
    for (size_t i = 0; i < COUNT(messages); i++)
        if (strcmp(messages[i].id, "ACCEPT") == 0)
            return messages[i].keyword;
    exit(1);
}

static void print_form(const struct message_row *row, unsigned first)
{
    const bool is_command = is_host(row) && row->max != 0;
    const long sure_least = is_command ? row->min : 0;
    const long sure_count = is_command ? row->max - row->min + 1 : is(row, "CME") ? LEAST_SHORT + SHORT_COUNT : 0;
    if (sure_least < 0 || sure_least + sure_count > LEAST_SHORT + SHORT_COUNT) {
        fprintf(stderr, "the range of %s is too long for the fast way\n", row->id);
        exit(1);
    }
    printf("    [SBFOTA_%s] = {%s, %ld, %ld, %u, %u, %u},\n", row->id,
           has_argument(row, "RANGE") || sure_count > 0 ? "0" : "SBFOTA_SHORT_COUNT", sure_count, sure_least, first,
           (1U << commas(row)) - 1, other_bit(row));
}

/* The short numbers: the text in the first three bytes of a little-endian word, its length in the last. */
static void print_numbers(int least, int count)
{
    puts("/* The text of each number from SBFOTA_LEAST_SHORT on, and in the highest byte its length. */");
    printf("static const uint32_t sbfota_short_numbers[SBFOTA_SHORT_COUNT] = {");
    for (int i = 0; i < count; i++) {
        char text[16];
        const int length = snprintf(text, sizeof text, "%d", least + i);
        unsigned long word = (unsigned long)length << 24;
        for (int at = 0; at < length; at++)
            word |= (unsigned long)(unsigned char)text[at] << 8 * at;
        printf("%s0x%lx,", i % 10 == 0 ? "\n    " : " ", word);
    }
    puts("\n};");
}

int main(void)
{
    unsigned first[COUNT(messages)];
    unsigned count = 0;

    puts("/* Generated by grammar/templates.c from the catalogues; do not edit. */\n");
    puts("/* Each message in each spelling. */");
    puts("static const struct sbfota_template sbfota_templates[] = {");
    for (size_t i = 0; i < COUNT(messages); i++) {
        const struct message_row *const row = &messages[i];
        first[i] = count;
        if (is(row, "LINE"))
            continue;
        count += print_spellings(row, row->keyword);
        if (has_argument(row, "RANGE"))
            count += print_spellings(row, accept_keyword());
    }
    puts("};\n");
    puts("/* By kind, or what may stand for one: where its templates begin, and which bits of a spelling choose among them. */");
    puts("static const struct sbfota_text_form sbfota_text_forms[256] = {");
    for (size_t i = 0; i < COUNT(messages); i++)
        if (!is(&messages[i], "LINE"))
            print_form(&messages[i], first[i]);
    puts("};\n");
    print_numbers(LEAST_SHORT, SHORT_COUNT);
    return ferror(stdout) ? 1 : 0;
}
