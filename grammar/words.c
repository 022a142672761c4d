/* SPDX-License-Identifier: MIT
 *
 * Writes the tables of the parser's fast way, src/codec/whole_line.h, from the catalogues.
 *
 *     words > FILE
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heads.h"

struct message_row {
    const char *id, *family, *keyword, *stage, *argument;
    long min, max;
};
static const struct message_row messages[] = {
#define SBFOTA_MESSAGE(id, number, name, family, keyword, stage, argument, min, max, sender, section, summary) \
    {#id, #family, keyword, stage, #argument, min, max},
#include "messages.def"
#undef SBFOTA_MESSAGE
};

struct code_row {
    const char *table;
    long value;
};
static const struct code_row codes[] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) {#table, value},
#include "codes.def"
#undef SBFOTA_CODE
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum {
    HASH_BITS = 5,
    HASH_BYTES = 5, /* what the shortest keyword fills with its quote and its comma */
    PLACES = 1 << HASH_BITS,
    CODES_KNOWN = 1024 /* from the least code of a table on */
};

/* The code tables that an argument may name, in the order of the rows of sbfota_codes_known. */
static const char *const code_tables[] = {"POLLING", "HTTP", "UPDATE"};

static int table_of(const struct message_row *row)
{
    for (size_t i = 0; row != NULL && i < COUNT(code_tables); i++)
        if (strncmp(row->argument, code_tables[i], strlen(code_tables[i])) == 0)
            return (int)i + 1;
    return 0;
}

static bool is(const struct message_row *row, const char *family)
{
    return strcmp(row->family, family) == 0;
}

static bool is_alone(const struct message_row *row)
{
    return strcmp(row->argument, "NONE") == 0;
}

/* Ranges are left to the machine. */
static bool is_taken(const struct message_row *row)
{
    return !is(row, "LINE") && strcmp(row->argument, "RANGE") != 0;
}

static bool is_second_stage(const struct message_row *row)
{
    return row->stage[0] != '\0' && row > messages && strcmp(row[-1].keyword, row->keyword) == 0;
}

/* Eight bytes of a text as a little-endian machine loads them; 0 behind its end. */
static uint64_t load_text(const char *text)
{
    uint64_t loaded = 0;
    for (size_t i = 0; i < 8 && i < strlen(text); i++)
        loaded |= (uint64_t)(unsigned char)text[i] << 8 * i;
    return loaded;
}

/* A keyword of a URC with what must follow it: its closing quote, and a comma if there is a field behind. */
struct keyword {
    char text[64];
    const struct message_row *row;
    bool is_alias;
};

static size_t collect_keywords(struct keyword *keywords)
{
    size_t count = 0;
    for (const struct message_row *row = messages; row < messages + COUNT(messages); row++) {
        if (!is(row, "URC") || is_second_stage(row))
            continue;
        const char *const comma = is_alone(row) && row->stage[0] == '\0' ? "" : ",";
        keywords[count].row = row;
        snprintf(keywords[count++].text, sizeof keywords[0].text, "%s\"%s", row->keyword, comma);
        if (strcmp(row->id, "POLLING_TIME") != 0)
            continue;
        keywords[count] = (struct keyword){"polling time\",", row, true};
        count++;
    }
    return count;
}

static unsigned place_of(const struct keyword *keyword, uint64_t factor)
{
    return (unsigned)((load_text(keyword->text) << 8 * (8 - HASH_BYTES)) * factor >> (64 - HASH_BITS));
}

/* How many keywords have the place of another that begins otherwise? */
static size_t count_clashes(const struct keyword *keywords, size_t count, uint64_t factor)
{
    size_t clashes = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            clashes += place_of(&keywords[i], factor) == place_of(&keywords[j], factor) &&
                       memcmp(keywords[i].text, keywords[j].text, HASH_BYTES) != 0;
    return clashes;
}

/* A factor that gives each beginning a place of its own: the first of a sequence that does. */
static uint64_t find_factor(const struct keyword *keywords, size_t count)
{
    uint64_t factor = 1;
    for (unsigned tries = 0; tries < 10000000; tries++) {
        factor = factor * 6364136223846793005U + 1442695040888963407U;
        if (count_clashes(keywords, count, factor | 1) == 0)
            return factor | 1;
    }
    fputs("no factor tells the keywords apart: raise HASH_BITS\n", stderr);
    exit(1);
}

static long least_code(int table)
{
    for (size_t i = 0; i < COUNT(codes); i++)
        if (strcmp(codes[i].table, code_tables[table - 1]) == 0)
            return codes[i].value;
    return 0;
}

static void print_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++)
        printf(*text == '"' ? "\\%c" : "%c", *text);
    putchar('"');
}

static void print_cases(const struct keyword *keywords, size_t count)
{
    const uint64_t factor = find_factor(keywords, count);
    printf("/* The place of a keyword of a URC follows from its first bytes. */\n"
           "#define SBFOTA_KEYWORD_PLACE(bytes) (((bytes) << %d) * 0x%llxU >> %d)\n\n"
           "/* By place: the keywords, each with its closing quote and the comma that it needs. */\n"
           "#define SBFOTA_KEYWORD_CASES(KEYWORD, ALIAS, STAGED)  \\\n",
           8 * (8 - HASH_BYTES), (unsigned long long)factor, 64 - HASH_BITS);
    for (unsigned place = 0; place < PLACES; place++) {
        bool is_empty = true;
        for (size_t i = 0; i < count; i++) {
            if (place_of(&keywords[i], factor) != place)
                continue;
            if (is_empty)
                printf("    case %u: \\\n", place);
            is_empty = false;
            printf("        %s(", keywords[i].is_alias                ? "ALIAS"
                                  : keywords[i].row->stage[0] != '\0' ? "STAGED"
                                                                      : "KEYWORD");
            print_string(keywords[i].text);
            printf(", %s)  \\\n", keywords[i].row->id);
        }
        if (!is_empty)
            puts("        break;  \\");
    }
    puts("");
}

/* What the note says of a message's argument. */
static void print_row(const struct message_row *row)
{
    const int table = table_of(row);
    printf("static const struct sbfota_argument_row sbfota_%s = {", row->id);
    if (table != 0)
        printf("%ld, %d, ", least_code(table), CODES_KNOWN - 1);
    else if (row->max != 0)
        printf("%ld, %ld, ", row->min, row->max - row->min);
    else
        printf("0, UINT32_MAX, ");
    printf("SBFOTA_%s, %s, %d, %d, %d, %d};\n", row->id,
           table != 0 ? "SBFOTA_FLAG_UNKNOWN_CODE" : "SBFOTA_FLAG_OUT_OF_RANGE", table, !is_alone(row),
           strcmp(row->argument, "PERCENT") == 0, is(row, "CME"));
}

/* How a line that is not a URC begins, and the second field of one that is: SBFOTA_BEGIN_<ID>. */
static void print_beginning(const struct message_row *row)
{
    const char *const comma = is_alone(row) ? "" : ",";
    char text[128];
    if (is(row, "TEST"))
        snprintf(text, sizeof text, "AT" SBFOTA_HEAD_COMMAND "?");
    else if (is(row, "CME"))
        snprintf(text, sizeof text, SBFOTA_HEAD_CME);
    else if (is(row, "URC"))
        snprintf(text, sizeof text, "\"%s\"%s", row->stage, comma);
    else
        snprintf(text, sizeof text, "%s\"%s\"%s", is(row, "COMMAND") ? "AT" SBFOTA_HEAD_COMMAND : SBFOTA_HEAD_RESPONSE,
                 row->keyword, comma);
    printf("#define SBFOTA_BEGIN_%s ", row->id);
    print_string(text);
    puts("");
}

static void print_codes_known(void)
{
    puts("/* By code table, a bit for each number from its least code on. */");
    printf("static const uint32_t sbfota_codes_known[%zu][%d] = {\n", COUNT(code_tables), CODES_KNOWN / 32);
    for (int table = 1; table <= (int)COUNT(code_tables); table++) {
        uint32_t known[CODES_KNOWN / 32] = {0};
        for (size_t i = 0; i < COUNT(codes); i++)
            if (strcmp(codes[i].table, code_tables[table - 1]) == 0) {
                const unsigned long above = (unsigned long)(codes[i].value - least_code(table));
                if (above >= CODES_KNOWN)
                    exit(1);
                known[above / 32] |= UINT32_C(1) << above % 32;
            }
        printf("    {");
        for (unsigned i = 0; i < CODES_KNOWN / 32; i++)
            printf("%s0x%lx", i == 0 ? "" : ", ", (unsigned long)known[i]);
        puts("},");
    }
    puts("};");
}

static void print_bare_words(void)
{
    puts("/* The bare words. */\n#define SBFOTA_BARE_WORDS(WORD)  \\");
    for (const struct message_row *row = messages; row < messages + COUNT(messages); row++)
        if (is(row, "WORD"))
            printf("    WORD(\"%s\", %s)  \\\n", row->keyword, row->id);
    puts("");
}

int main(void)
{
    struct keyword keywords[PLACES] = {0};
    const size_t count = collect_keywords(keywords);

    puts("/* Generated by grammar/words.c from the catalogues; do not edit. */\n");
    print_codes_known();
    puts("");
    for (const struct message_row *row = messages; row < messages + COUNT(messages); row++)
        if (is_taken(row))
            print_row(row);
    printf("\n#define SBFOTA_BEGIN_URC ");
    print_string(SBFOTA_HEAD_URC ",");
    puts("");
    for (const struct message_row *row = messages; row < messages + COUNT(messages); row++)
        if (is_taken(row) && !is(row, "WORD") && (!is(row, "URC") || row->stage[0] != '\0'))
            print_beginning(row);
    puts("");
    print_bare_words();
    print_cases(keywords, count);
    return ferror(stdout) ? 1 : 0;
}
