/* SPDX-License-Identifier: MIT
 *
 * Writes what follows from the catalogues: the public enumerations, the reference page, the fuzz dictionary; by catalogue_fields.c what
 * follows from those of fields.
 *
 *     catalogue header|reference|dictionary|manual|tables|events|sessions|keys > FILE
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "catalogue_rows.h"
#include "session_words.h"

enum {
    GREATEST_NUMBER = 61 /* above that are marks of src/codec/registers.h */
};

/* The line as the manual would print it, as long as there is room. `value` is the argument's place holder, or "" for
 * none. */
static void write_line(const struct messages_row *row, const char *value, char *line, size_t room)
{
    const bool is_cme = strcmp(row->family, "CME") == 0;
    const bool is_bare = strcmp(row->family, "WORD") == 0 || strcmp(row->family, "TEST") == 0 || is_cme;
    const char *const head = strcmp(row->family, "URC") == 0        ? "+QIND: \"SBFOTA\","
                             : strcmp(row->family, "RESPONSE") == 0 ? "+QCFGEXT: "
                             : strcmp(row->family, "COMMAND") == 0  ? "AT+QCFGEXT="
                             : strcmp(row->family, "TEST") == 0     ? "AT+QCFGEXT=?"
                             : is_cme                               ? "+CME ERROR: "
                                                                    : "";
    const char *const quote = is_bare ? "" : "\"";
    size_t length = (size_t)snprintf(line, room, "%s%s%s%s", head, quote, row->keyword, quote);
    if (row->stage[0] != '\0')
        length += (size_t)snprintf(line + length, room - length, ",\"%s\"", row->stage);
    if (value[0] != '\0')
        snprintf(line + length, room - length, is_cme ? "%s" : ",%s", value);
}

static const char *place_holder(const struct messages_row *row)
{
    static const char *const holders[][2] = {
        {"SECONDS", "<time>"},      {"PERCENT", "<percent>%"},    {"PARA", "<para>"},
        {"RANGE", "(<min>-<max>)"}, {"POLLING_CODE", "<err>"},    {"HTTP_CODE", "<HTTP_err>"},
        {"CME_CODE", "<err>"},      {"UPDATE_CODE", "<update_err>"},
    };
    for (size_t i = 0; i < COUNT(holders); i++)
        if (strcmp(row->argument, holders[i][0]) == 0)
            return holders[i][1];
    return "";
}

enum {
    LINE_ROOM = 256,
    COLUMN = 110 /* the last that comments reach */
};

/* One enumerator a line, its comment behind it, in columns; a comment that is too long goes on below. */
static void print_entry(const char *name, const char *value, const char *comment, int width)
{
    int column = printf("    %s%s%s", name, value, value[0] != '\0' ? "," : "");
    column += printf("%*s/**< ", column < width ? width - column : 1, "");
    const int indent = column;
    while (*comment != '\0') {
        const size_t word = strcspn(comment, " ");
        if (column > indent && column + 1 + (int)word > COLUMN)
            column = printf("\n%*s", indent, "") - 1;
        else if (column > indent)
            column += printf(" ");
        column += printf("%.*s", (int)word, comment);
        comment += word + (comment[word] == ' ');
    }
    puts(" */");
}

static void print_number(const char *stem, const char *id, int number, const char *comment, int width)
{
    char name[64], value[16];
    snprintf(name, sizeof name, "SBFOTA_%s%s", stem, id);
    snprintf(value, sizeof value, " = %d", number);
    print_entry(name, value, comment, width);
}

static const struct messages_row *find_number(int number)
{
    for EACH(row, messages)
        if (row->number == number)
            return row;
    return NULL;
}

/* Numbers are from 1 on, each once: they count the rows of tables. */
static bool are_numbers_sound(void)
{
    for (int number = 1; number <= (int)COUNT(messages); number++)
        if (find_number(number) == NULL || number > GREATEST_NUMBER) {
            fprintf(stderr, "messages.def: no message has the number %d, or there are more than %d\n", number,
                    GREATEST_NUMBER);
            return false;
        }
    for EACH(row, reasons)
        if (row->number != (int)(row - reasons) + 1) {
            fprintf(stderr, "reasons.def: the number of %s is not the next\n", row->id);
            return false;
        }
    for (int i = 0; i < SESSION_ENUMS; i++)
        for (const struct session_word *word = session_enums[i].words; word->name != NULL; word++)
            if (word->number != (int)(word - session_enums[i].words)) {
                fprintf(stderr, "%s: the number of %s is not the next\n", session_enums[i].file, word->id);
                return false;
            }
    return true;
}

static void print_kinds(void)
{
    puts("/** What a line is. The numbers stay as they are. */\nenum sbfota_kind {");
    print_number("", "NONE", 0, "no event", 31);
    for (int number = 1; number <= (int)COUNT(messages); number++) {
        const struct messages_row *const row = find_number(number);
        char line[LINE_ROOM], comment[2 * LINE_ROOM];
        write_line(row, place_holder(row), line, sizeof line);
        if (strcmp(row->family, "LINE") == 0)
            snprintf(comment, sizeof comment, "%s (source: %s)", row->summary, row->section);
        else
            snprintf(comment, sizeof comment, "`%s`: %s (source: %s)", line, row->summary, row->section);
        print_number("", row->id, number, comment, 31);
    }
    print_entry("SBFOTA_KIND_COUNT", "", "one more than the last", 31);
    puts("};\n");
}

static void print_reasons(void)
{
    puts("/** Why a line is malformed or unknown. */\nenum sbfota_reason {");
    print_number("REASON_", "NONE", 0, "it is neither", 42);
    for EACH(row, reasons)
        print_number("REASON_", row->id, row->number, row->summary, 42);
    print_entry("SBFOTA_REASON_COUNT", "", "one more than the last", 42);
    puts("};\n");
}

static void print_flags(void)
{
    puts("/** What is odd about an event that stands all the same: bits of sbfota_event.flags. */\nenum sbfota_flag {");
    for EACH(row, flags) {
        char name[64], value[16];
        snprintf(name, sizeof name, "SBFOTA_FLAG_%s", row->id);
        snprintf(value, sizeof value, " = 1 << %d", row->bit);
        print_entry(name, value, row->summary, 39);
    }
    puts("};\n");
}

static void print_session_enum(const struct session_enum *what)
{
    enum { WIDTH = 46 };
    char name[64], value[32], comment[4 * LINE_ROOM];
    int count = 0;
    printf("/** %s */\nenum sbfota_%s {\n", what->meaning, what->tag);
    for (const struct session_word *word = what->words; word->name != NULL; word++, count++) {
        snprintf(name, sizeof name, "SBFOTA_%s_%s", what->stem, word->id);
        snprintf(value, sizeof value, what->is_set ? " = 1 << %d" : " = %d", word->number);
        snprintf(comment, sizeof comment, "%s%s%s", word->summary, word->detail[0] == '\0' ? "" : ". ", word->detail);
        if (word->section[0] != '\0')
            snprintf(comment + strlen(comment), sizeof comment - strlen(comment), " (source: %s)", word->section);
        print_entry(name, value, comment, WIDTH);
    }
    snprintf(name, sizeof name, "SBFOTA_%s_%s", what->stem, what->is_set ? "ALL" : "COUNT");
    snprintf(value, sizeof value, " = (1 << %d) - 1", count);
    print_entry(name, what->is_set ? value : "", what->is_set ? "all of them" : "one more than the last", WIDTH);
    puts("};\n");
}

/* The enumerations that no catalogue has rows of. */
static void print_fixed(void)
{
    puts("/** How a message's line is built. */\nenum sbfota_family {\n"
         "    SBFOTA_FAMILY_URC = 1,      /**< +QIND: \"SBFOTA\",\"keyword\",... */\n"
         "    SBFOTA_FAMILY_WORD = 2,     /**< the bare keyword */\n"
         "    SBFOTA_FAMILY_CME = 3,      /**< +CME ERROR: ... */\n"
         "    SBFOTA_FAMILY_RESPONSE = 4, /**< +QCFGEXT: \"keyword\",... */\n"
         "    SBFOTA_FAMILY_COMMAND = 5,  /**< AT+QCFGEXT=\"keyword\",... */\n"
         "    SBFOTA_FAMILY_TEST = 6,     /**< AT+QCFGEXT=? */\n"
         "    SBFOTA_FAMILY_LINE = 7      /**< a line that is none of these */\n};\n");
    puts("/** What a message's argument is. */\nenum sbfota_argument {\n"
         "    SBFOTA_ARGUMENT_NONE = 0,         /**< there is none */\n"
         "    SBFOTA_ARGUMENT_SECONDS = 1,      /**< a duration in seconds */\n"
         "    SBFOTA_ARGUMENT_PERCENT = 2,      /**< a share in percent */\n"
         "    SBFOTA_ARGUMENT_PARA = 3,         /**< the parameter of sbfota_accept */\n"
         "    SBFOTA_ARGUMENT_RANGE = 4,        /**< a least and a greatest value */\n"
         "    SBFOTA_ARGUMENT_TEXT = 5,         /**< the line's own text */\n"
         "    SBFOTA_ARGUMENT_CME_CODE = 6,     /**< a number or a text of the module's own */\n"
         "    SBFOTA_ARGUMENT_POLLING_CODE = 7, /**< a code of SBFOTA_CODE_TABLE_POLLING */\n"
         "    SBFOTA_ARGUMENT_HTTP_CODE = 8,    /**< a code of SBFOTA_CODE_TABLE_HTTP */\n"
         "    SBFOTA_ARGUMENT_UPDATE_CODE = 9   /**< a code of SBFOTA_CODE_TABLE_UPDATE */\n};\n");
    puts("/** Who sends a message. */\nenum sbfota_sender {\n    SBFOTA_SENDER_EITHER = 0, /**< not known from the "
         "line */\n    SBFOTA_SENDER_MODULE = 1, /**< the module (TA) */\n    SBFOTA_SENDER_HOST = 2    /**< the host "
         "(TE) */\n};\n");
    puts("/** The code tables. */\nenum sbfota_code_table {\n    SBFOTA_CODE_TABLE_NONE = 0,    /**< no table */\n"
         "    SBFOTA_CODE_TABLE_POLLING = 1, /**< why polling failed (source: 5.2) */\n"
         "    SBFOTA_CODE_TABLE_HTTP = 2,    /**< how the download or the report ended (source: 7, table 1) */\n"
         "    SBFOTA_CODE_TABLE_UPDATE = 3   /**< how the update ended (source: 7, table 2) */\n};\n");
    puts("/** What becomes of polling after a POLLING error (source: 5.2). */\nenum sbfota_aftermath {\n"
         "    SBFOTA_AFTERMATH_NONE = 0,    /**< the code says nothing of polling */\n"
         "    SBFOTA_AFTERMATH_REARMED = 1, /**< the next poll comes in 14 days plus 0 to 24 hours */\n"
         "    SBFOTA_AFTERMATH_STOPPED = 2  /**< the module polls no more */\n};\n");
}

static bool print_header(void)
{
    if (!are_numbers_sound())
        return false;
    puts("/* SPDX-License-Identifier: MIT */\n"
         "/** @file The enumerations of the catalogues. Generated from grammar/ (messages, reasons, flags, codes, what sessions tell); do not "
         "edit. */\n"
         "/* clang-format off */\n"
         "#ifndef SBFOTA_CATALOGUE_H\n#define SBFOTA_CATALOGUE_H\n");
    print_kinds();
    print_reasons();
    print_flags();
    print_fixed();
    for (int i = 0; i < SESSION_ENUMS; i++)
        print_session_enum(&session_enums[i]);
    printf("/** How many codes the tables have together. */\n#define SBFOTA_CODE_COUNT %zu\n\n#endif\n", COUNT(codes));
    return true;
}

static void print_range(const struct messages_row *row)
{
    if (row->min != 0 || row->max != 0)
        printf("%ld to %ld", row->min, row->max);
}

static void print_reference(void)
{

    puts("# Reference\n\nGenerated from the catalogues in `grammar/`; do not edit. Sections are those of Quectel's *BG96 "
         "SoftBank DFOTA Application Note*, version 1.0.\n\n## Messages\n\n"
         "| event | line | range | from | section | meaning |\n|---|---|---|---|---|---|");
    for EACH(message, messages) {
        printf("| `%s` | ", message->name);
        if (strcmp(message->family, "LINE") != 0) {
            char line[LINE_ROOM];
            write_line(message, place_holder(message), line, sizeof line);
            printf("`%s`", line);
        }
        printf(" | ");
        print_range(message);
        printf(" | %s | %s | %s |\n",
               strcmp(message->sender, "HOST") == 0     ? "host"
               : strcmp(message->sender, "MODULE") == 0 ? "module"
                                                        : "either",
               message->section, message->summary);
    }
    puts("\n## Codes\n\n| table | code | name | meaning | afterwards | section |\n|---|---|---|---|---|---|");
    for EACH(code, codes)
        printf("| %s | %ld | `%s` | %s | %s | %s |\n",
               strcmp(code->table, "HTTP") == 0     ? "`HTTP_err`"
               : strcmp(code->table, "UPDATE") == 0 ? "`update_err`"
                                                    : "POLLING `err`",
               code->value, code->name, code->text,
               strcmp(code->aftermath, "STOPPED") == 0   ? "polling stops"
               : strcmp(code->aftermath, "REARMED") == 0 ? "next timer: 14 days plus 0 to 24 h"
                                                         : "",
               code->section);
    puts("\n## Reasons of `malformed` and `sbfota_unknown`\n\n| reason | meaning |\n|---|---|");
    for EACH(reason, reasons)
        printf("| `%s` | %s |\n", reason->name, reason->summary);
    puts("\n## Flags\n\n| flag | meaning |\n|---|---|");
    for EACH(flag, flags)
        printf("| `%s` | %s |\n", flag->name, flag->summary);
}

static void print_quoted(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++)
        printf(*text == '"' ? "\\%c" : "%c", *text);
    puts("\"");
}

static void print_dictionary(void)
{
    static const char *const pieces[] = {"+QIND: \"SBFOTA\"", "+QCFGEXT: ", "AT+QCFGEXT=", "at+qcfgext=", "+CME ERROR: ",
                                         ", ", ",\"", "\",", "\"", "%", "(0-60)", "polling time", "2147483648",
                                         "Last upgrade was not finished,continue upgrade", "-", "+", "0"};

    puts("# Generated from the catalogues in grammar/; do not edit.");
    for (size_t i = 0; i < COUNT(pieces); i++)
        print_quoted(pieces[i]);
    puts("\"\\x0d\\x0a\"\n\"\\x0d\\x0d\\x0a\"\n\"\\x0a\"\n\"\\x0d\"\n\"\\x09\"");
    for EACH(message, messages) {
        if (message->keyword[0] != '\0')
            print_quoted(message->keyword);
        if (message->stage[0] != '\0')
            print_quoted(message->stage);
    }
    for EACH(code, codes)
        printf("\"%ld\"\n", code->value);
}

int main(int argc, char **argv)
{
    const char *what = argc == 2 ? argv[1] : "";
    if (strcmp(what, "header") == 0 && !print_header())
        return 1;
    else if (strcmp(what, "header") == 0)
        return ferror(stdout) ? 1 : 0;
    else if (strcmp(what, "reference") == 0)
        print_reference();
    else if (strcmp(what, "dictionary") == 0)
        print_dictionary();
    else if (!print_fields(what))
        return fputs("usage: catalogue header|reference|dictionary|manual|tables|events|sessions|keys\n", stderr), 2;
    return ferror(stdout) ? 1 : 0;
}
