/* SPDX-License-Identifier: MIT
 *
 * Writes what follows from the catalogues: the public enumerations, the reference page, the fuzz dictionary.
 *
 *     catalogue header|reference|dictionary > FILE
 */
#include <stdio.h>
#include <string.h>

struct message_row {
    const char *id, *name, *family, *keyword, *stage, *argument;
    long min, max;
    const char *sender, *section, *summary;
};
static const struct message_row messages[] = {
#define SBFOTA_MESSAGE(id, name, family, keyword, stage, argument, min, max, sender, section, summary) \
    {#id, name, #family, keyword, stage, #argument, min, max, #sender, section, summary},
#include "messages.def"
#undef SBFOTA_MESSAGE
};

struct code_row {
    const char *table;
    long value;
    const char *name, *text, *aftermath, *section;
};
static const struct code_row codes[] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) {#table, value, name, text, #aftermath, section},
#include "codes.def"
#undef SBFOTA_CODE
};

struct reason_row {
    const char *id, *name, *summary;
};
static const struct reason_row reasons[] = {
#define SBFOTA_REASON(id, name, summary) {#id, name, summary},
#include "reasons.def"
#undef SBFOTA_REASON
};

struct flag_row {
    const char *id, *name;
    int bit;
    const char *summary;
};
static const struct flag_row flags[] = {
#define SBFOTA_FLAG(id, name, bit, summary) {#id, name, bit, summary},
#include "flags.def"
#undef SBFOTA_FLAG
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define EACH(row, rows) (const void *end_ = (rows) + COUNT(rows); (const void *)(row) != end_; (row)++)

/* The line as the manual would print it. `value` is the argument's place holder, or "" for none. */
static void print_line(const struct message_row *row, const char *value)
{
    if (strcmp(row->family, "URC") == 0)
        printf("+QIND: \"SBFOTA\",\"%s\"", row->keyword);
    else if (strcmp(row->family, "RESPONSE") == 0)
        printf("+QCFGEXT: \"%s\"", row->keyword);
    else if (strcmp(row->family, "COMMAND") == 0)
        printf("AT+QCFGEXT=\"%s\"", row->keyword);
    else if (strcmp(row->family, "TEST") == 0)
        printf("AT+QCFGEXT=?");
    else if (strcmp(row->family, "CME") == 0)
        printf("+CME ERROR: %s", value);
    else
        printf("%s", row->keyword);
    if (row->stage[0] != '\0')
        printf(",\"%s\"", row->stage);
    if (value[0] != '\0' && strcmp(row->family, "CME") != 0)
        printf(",%s", value);
}

static const char *place_holder(const struct message_row *row)
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

static void print_header(void)
{
    const struct message_row *message = messages;
    const struct code_row *code = codes;
    const struct reason_row *reason = reasons;
    const struct flag_row *flag = flags;

    puts("/* SPDX-License-Identifier: MIT */\n"
         "/** @file The enumerations of the catalogues. Generated from grammar/ (messages, reasons, flags, codes); do not "
         "edit. */\n"
         "/* clang-format off */\n"
         "#ifndef SBFOTA_CATALOGUE_H\n#define SBFOTA_CATALOGUE_H\n");
    puts("/** What a line is. */\nenum sbfota_kind {\n    SBFOTA_NONE = 0, /**< no event */");
    for EACH(message, messages) {
        printf("    /** ");
        if (strcmp(message->family, "LINE") != 0) {
            printf("`");
            print_line(message, place_holder(message));
            printf("`: ");
        }
        printf("%s (source: %s). */\n    SBFOTA_%s = %d,\n", message->summary, message->section, message->id,
               (int)(message - messages) + 1);
    }
    puts("    SBFOTA_KIND_COUNT /**< one more than the last */\n};\n");

    puts("/** Why a line is malformed or unknown. */\nenum sbfota_reason {\n"
         "    SBFOTA_REASON_NONE = 0, /**< it is neither */");
    for EACH(reason, reasons)
        printf("    SBFOTA_REASON_%s = %d, /**< %s */\n", reason->id, (int)(reason - reasons) + 1, reason->summary);
    puts("    SBFOTA_REASON_COUNT /**< one more than the last */\n};\n");

    puts("/** What is odd about an event that stands all the same: bits of sbfota_event.flags. */\nenum sbfota_flag {");
    for EACH(flag, flags)
        printf("    SBFOTA_FLAG_%s = 1 << %d%s /**< %s */\n", flag->id, flag->bit,
               flag + 1 == flags + COUNT(flags) ? "" : ",", flag->summary);
    puts("};\n");

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
    size_t count = 0;
    for EACH(code, codes)
        count++;
    printf("/** How many codes the tables have together. */\n#define SBFOTA_CODE_COUNT %zu\n\n#endif\n", count);
}

static void print_range(const struct message_row *row)
{
    if (row->min != 0 || row->max != 0)
        printf("%ld to %ld", row->min, row->max);
}

static void print_reference(void)
{
    const struct message_row *message = messages;
    const struct code_row *code = codes;
    const struct reason_row *reason = reasons;
    const struct flag_row *flag = flags;

    puts("# Reference\n\nGenerated from the catalogues in `grammar/`; do not edit. Sections are those of Quectel's *BG96 "
         "SoftBank DFOTA Application Note*, version 1.0.\n\n## Messages\n\n"
         "| event | line | range | from | section | meaning |\n|---|---|---|---|---|---|");
    for EACH(message, messages) {
        printf("| `%s` | ", message->name);
        if (strcmp(message->family, "LINE") != 0) {
            printf("`");
            print_line(message, place_holder(message));
            printf("`");
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
    const struct message_row *message = messages;
    const struct code_row *code = codes;

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
    if (strcmp(what, "header") == 0)
        print_header();
    else if (strcmp(what, "reference") == 0)
        print_reference();
    else if (strcmp(what, "dictionary") == 0)
        print_dictionary();
    else
        return fputs("usage: catalogue header|reference|dictionary\n", stderr), 2;
    return ferror(stdout) ? 1 : 0;
}
