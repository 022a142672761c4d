/* SPDX-License-Identifier: MIT
 *
 * Writes what describes the fields of records, from event_fields.def, attempt_fields.def and modem_fields.def, and their words: the manual page, the tables of the
 * documentation, JSON Schemas, the keys of JSON. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "catalogue_rows.h"
#include "session_words.h"

struct field {
    const char *name, *type, *need, *where, *meaning, *section;
};

static const struct field events[] = {
#define EVENT_FIELD(id, type, need, where, meaning, section) {#id, #type, #need, #where, meaning, section},
#include "event_fields.def"
#undef EVENT_FIELD
};

static const struct field attempts[] = {
#define RECORD_FIELD(id, type, need, where, meaning, section) {#id, #type, #need, #where, meaning, section},
#include "attempt_fields.def"
#undef RECORD_FIELD
};

static const struct field modems[] = {
#define RECORD_FIELD(id, type, need, where, meaning, section) {#id, #type, #need, #where, meaning, section},
#include "modem_fields.def"
#undef RECORD_FIELD
};

/* What a type is in JSON, and as a column. */
static const struct {
    const char *type, *json, *schema, *column;
} types[] = {
    {"INT32", "number", "\"type\": \"integer\"", "int32"},
    {"INT64", "number", "\"type\": \"integer\"", "int64"},
    {"BOOL", "true or false", "\"type\": \"boolean\"", "bool"},
    {"TIME", "string", "\"type\": \"string\"", "timestamp, microseconds, UTC"},
    {"WORD", "string", "\"type\": \"string\"", "dictionary<int8, utf8>"},
    {"WORDS", "list of strings", "", "list<utf8>"},
    {"NAME", "string", "\"type\": \"string\"", "dictionary<int32, utf8>"},
    {"TEXT", "string", "\"type\": \"string\"", "utf8"},
    {"SECONDS", "number", "\"type\": \"number\"", ""},
};

static size_t find_type(const struct field *field)
{
    size_t type = 0;
    while (type + 1 < COUNT(types) && strcmp(types[type].type, field->type) != 0)
        type++;
    return type;
}

static int is_row(const struct field *field)
{
    return strcmp(field->where, "COLUMNS") != 0;
}

static int is_column(const struct field *field)
{
    return strcmp(field->where, "ROWS") != 0;
}

static void print_table(const char *title, const struct field *fields, size_t count)
{
    printf("## %s\n\n| field | JSON Lines and CSV | Arrow and Parquet | meaning | section |\n|---|---|---|---|---|\n", title);
    for (size_t i = 0; i < count; i++)
        printf("| `%s` | %s%s | %s | %s | %s |\n", fields[i].name, is_row(&fields[i]) ? types[find_type(&fields[i])].json : "",
               is_row(&fields[i]) && strcmp(fields[i].need, "ALWAYS") == 0 ? ", always" : "",
               is_column(&fields[i]) ? types[find_type(&fields[i])].column : "", fields[i].meaning, fields[i].section);
    puts("");
}

/* A meaning in a manual page: what stands between backquotes is bold. */
static void print_manual_text(const char *text)
{
    int bold = 0;
    for (; *text != '\0'; text++) {
        if (*text == '`') {
            bold = !bold;
            fputs(bold ? "\\fB" : "\\fR", stdout);
        } else if (*text == '-') {
            fputs("\\-", stdout);
        } else {
            putchar(*text);
        }
    }
}

static void print_manual_fields(const char *title, const struct field *fields, size_t count)
{
    printf(".SH %s\n", title);
    for (size_t i = 0; i < count; i++) {
        const size_t type = find_type(&fields[i]);
        printf(".TP\n.B %s\n", fields[i].name);
        if (!is_row(&fields[i]))
            printf("Only in Arrow and Parquet, %s: ", types[type].column);
        else if (!is_column(&fields[i]))
            printf("Only in JSON Lines and CSV, %s: ", types[type].json);
        else
            printf("%s%s; as a column %s: ", types[type].json, strcmp(fields[i].need, "ALWAYS") == 0 ? ", always there" : "",
                   types[type].column);
        print_manual_text(fields[i].meaning);
        if (fields[i].section[0] != '\0')
            printf(" (section %s of the manual)", fields[i].section);
        puts(".");
    }
}

/* The catalogue that the words of a field are of, or NULL. */
static const struct session_enum *catalogue_of(const struct field *field)
{
    for (size_t i = 0; i < SESSION_ENUMS; i++) {
        const size_t length = strlen(session_enums[i].tag);
        if (strncmp(field->name, session_enums[i].tag, length) == 0 &&
            (field->name[length] == '\0' || strcmp(field->name + length, "s") == 0))
            return &session_enums[i];
    }
    return NULL;
}

static int is_in_records(const struct session_enum *what)
{
    return what->words != accepts;
}

static void print_session_tables(void)
{
    for (size_t i = 0; i < SESSION_ENUMS; i++) {
        if (!is_in_records(&session_enums[i]))
            continue;
        printf("## %s\n\n| %s | meaning | section |\n|---|---|---|\n", session_enums[i].title, session_enums[i].tag);
        for (const struct session_word *word = session_enums[i].words; word->name != NULL; word++)
            printf("| `%s` | %s%s%s | %s |\n", word->name, word->summary, word->detail[0] == '\0' ? "" : ". ", word->detail,
                   word->section);
        puts("");
    }
}

static void print_manual_words(const struct session_enum *what)
{
    printf(".SH ");
    for (const char *letter = what->title; *letter != '\0'; letter++)
        putchar(toupper((unsigned char)*letter));
    puts("");
    for (const struct session_word *word = what->words; word->name != NULL; word++) {
        printf(".TP\n.B %s\n", word->name);
        print_manual_text(word->summary);
        printf(".%s", word->detail[0] == '\0' ? "" : "\n");
        print_manual_text(word->detail);
        puts("");
    }
}

static void print_manual(void)
{
    puts(".\\\" SPDX-License-Identifier: MIT\n.\\\" Generated by grammar/catalogue_fields.c; do not edit.\n"
         ".TH SBFOTA\\-EVENTS 5 \"\" sbfota\n.SH NAME\nsbfota\\-events \\- records of sbfota decode, sessions and modems\n"
         ".SH DESCRIPTION\n"
         ".B sbfota decode\nwrites events,\n.B sbfota sessions\nattempts to update,\n.B sbfota modems\nwhere each modem stands, as JSON Lines, CSV, Arrow or Parquet.\n"
         ".PP\nJSON Lines: one object a line, in UTF\\-8, its keys in the order below; one that does not apply is not there.\n"
         ".PP\nCSV: the same fields as columns, those that do not apply empty.\n"
         ".PP\nArrow is an IPC stream, Parquet a file compressed by zstd. All fields are columns of every batch, and what does not apply is null. "
         "A batch of Arrow has 16384 rows, a row group of Parquet 131072, both of modems 8192, or fewer if their texts take 64 MiB; where they end depends neither on threads nor on how the input "
         "comes. Dictionaries of names are each batch's own. An Arrow stream of a log that goes on is written batch by batch.\n"
         ".PP\nMore fields may come; those that are here keep name and meaning.");
    print_manual_fields("EVENTS", events, COUNT(events));
    print_manual_fields("ATTEMPTS", attempts, COUNT(attempts));
    print_manual_fields("MODEMS", modems, COUNT(modems));
    for (size_t i = 0; i < SESSION_ENUMS; i++)
        if (is_in_records(&session_enums[i]))
            print_manual_words(&session_enums[i]);
    puts(".SH SEE ALSO\n.BR sbfota (1)");
}

/* The words that a field may have, one after the other; NULL behind the last. */
static const char *word_of(const struct field *field, size_t i)
{
    const struct session_enum *const catalogue = catalogue_of(field);
    if (strcmp(field->name, "event") == 0 || strcmp(field->name, "answers") == 0)
        return i < COUNT(messages) ? messages[i].name : NULL;
    if (strcmp(field->name, "reason") == 0)
        return i < COUNT(reasons) ? reasons[i].name : NULL;
    if (strcmp(field->name, "flags") == 0)
        return i < COUNT(flags) ? flags[i].name : NULL;
    return catalogue != NULL ? catalogue->words[i].name : NULL;
}

static void list_words(const struct field *field, char *list, size_t room)
{
    const char *word;
    size_t count = 0;
    list[0] = '\0';
    for (; (word = word_of(field, count)) != NULL; count++)
        snprintf(list + strlen(list), room - strlen(list), "%s\"%s\"", count == 0 ? ", \"enum\": [" : ", ", word);
    if (count > 0)
        snprintf(list + strlen(list), room - strlen(list), "]");
}

static void print_schema(const char *title, const struct field *fields, size_t count)
{
    const char *before = "\n";
    printf("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"%s\",\n  \"type\": \"object\",\n"
           "  \"required\": [",
           title);
    for (size_t i = 0, first = 1; i < count; i++)
        if (is_row(&fields[i]) && strcmp(fields[i].need, "ALWAYS") == 0)
            printf("%s\"%s\"", first ? "" : ", ", fields[i].name), first = 0;
    printf("],\n  \"properties\": {");
    for (size_t i = 0; i < count; i++) {
        char words[2048];
        if (!is_row(&fields[i]))
            continue;
        list_words(&fields[i], words, sizeof words);
        printf("%s    \"%s\": {", before, fields[i].name);
        if (strcmp(fields[i].type, "WORDS") == 0)
            printf("\"type\": \"array\", \"items\": {\"type\": \"string\"%s}", words);
        else
            printf("%s%s", types[find_type(&fields[i])].schema, words);
        printf(", \"description\": \"%s\"}", fields[i].meaning);
        before = ",\n";
    }
    puts("\n  }\n}");
}

static void print_keys(void)
{
    puts("/* SPDX-License-Identifier: MIT\n *\n * What stands before the value of each field of an event in JSON. Generated by grammar/catalogue_fields.c; do "
         "not edit. */\n/* clang-format off */");
    for (size_t i = 0; i < COUNT(events); i++)
        if (is_row(&events[i]))
            printf("#define JSON_KEY_%s \",\\\"%s\\\":\"\n", events[i].name, events[i].name);
}

bool print_fields(const char *what)
{
    if (strcmp(what, "manual") == 0) {
        print_manual();
    } else if (strcmp(what, "tables") == 0) {
        puts("# Fields of records\n\nGenerated from `grammar/event_fields.def`, `grammar/attempt_fields.def`, `grammar/modem_fields.def` and the catalogues of `grammar/session_words.h`; do not edit. Sections are those of "
             "Quectel's *BG96 SoftBank DFOTA Application Note*, version 1.0.\n");
        print_table("Events", events, COUNT(events));
        print_table("Attempts", attempts, COUNT(attempts));
        print_table("Modems", modems, COUNT(modems));
        print_session_tables();
    } else if (strcmp(what, "events") == 0) {
        print_schema("An event of sbfota decode", events, COUNT(events));
    } else if (strcmp(what, "sessions") == 0) {
        print_schema("An attempt of sbfota sessions", attempts, COUNT(attempts));
    } else if (strcmp(what, "modems") == 0) {
        print_schema("A modem of sbfota modems", modems, COUNT(modems));
    } else if (strcmp(what, "keys") == 0) {
        print_keys();
    } else {
        return false;
    }
    return true;
}
