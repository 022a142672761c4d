/* SPDX-License-Identifier: MIT
 *
 * sbfota explain: what a code, a keyword or a whole line means. All it knows stands in the catalogues. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/session.h>
#include <sbfota/texts.h>

#include "cli/commands.h"
#include "cli/out/decode_output.h"
#include "cli/writing/error_line.h"
#include "log/batch/one_line.h"

/* One thing explained. */
struct entry {
    const char *is; /* what it is: a message, a code, a flag... */
    const char *name;
    const char *meaning;
    const char *section; /* of the note, or NULL */
    const char *more;    /* a remark, or NULL */
};

struct explainer {
    struct writer writer;
    bool jsonl;
    size_t found;
};

static void put_json_string(struct writer *writer, const char *key, const char *string)
{
    writer_string(writer, key);
    writer_byte(writer, '"');
    /* Only what the catalogues hold comes here: printable ASCII. */
    for (; *string != '\0'; string++) {
        if (*string == '"' || *string == '\\')
            writer_byte(writer, '\\');
        writer_byte(writer, *string);
    }
    writer_byte(writer, '"');
}

static void put_entry(struct explainer *explainer, const struct entry *entry)
{
    struct writer *const writer = &explainer->writer;
    explainer->found++;
    if (explainer->jsonl) {
        put_json_string(writer, "{\"is\":", entry->is);
        put_json_string(writer, ",\"name\":", entry->name);
        put_json_string(writer, ",\"meaning\":", entry->meaning);
        if (entry->more != NULL)
            put_json_string(writer, ",\"more\":", entry->more);
        if (entry->section != NULL)
            put_json_string(writer, ",\"section\":", entry->section);
        writer_string(writer, "}\n");
        return;
    }
    writer_print(writer, "%s  (%s)\n    %s\n", entry->name, entry->is, entry->meaning);
    if (entry->more != NULL)
        writer_print(writer, "    %s\n", entry->more);
    if (entry->section != NULL)
        writer_print(writer, "    manual: section %s\n", entry->section);
}

static void explain_code(struct explainer *explainer, const struct sbfota_code_row *code)
{
    static const char *const tables[] = {
        [SBFOTA_CODE_TABLE_NONE] = "code",
        [SBFOTA_CODE_TABLE_POLLING] = "POLLING <err>",
        [SBFOTA_CODE_TABLE_HTTP] = "<HTTP_err> of HTTPEND and report_result",
        [SBFOTA_CODE_TABLE_UPDATE] = "<update_err> of END",
    };
    static const char *const aftermaths[] = {
        [SBFOTA_AFTERMATH_NONE] = NULL,
        [SBFOTA_AFTERMATH_REARMED] =
            "afterwards: the next poll comes in 14 days plus 0 to 24 hours",
        [SBFOTA_AFTERMATH_STOPPED] = "afterwards: the module polls no more",
    };
    char name[80];
    snprintf(name, sizeof name, "%ld %s", (long)code->value, code->name);
    put_entry(explainer, &(struct entry){tables[code->table], name, code->text, code->section,
                                         aftermaths[code->aftermath]});
}

/* The canonical line of a message, with place holders, and its range. */
static void explain_message(struct explainer *explainer, unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    char is[160];
    char range[80];
    static const char *const families[] = {
        [SBFOTA_FAMILY_URC] = "URC",         [SBFOTA_FAMILY_WORD] = "message",
        [SBFOTA_FAMILY_CME] = "result code", [SBFOTA_FAMILY_RESPONSE] = "information response",
        [SBFOTA_FAMILY_COMMAND] = "command", [SBFOTA_FAMILY_TEST] = "command",
        [SBFOTA_FAMILY_LINE] = "line",
    };
    snprintf(is, sizeof is, "%s%s%s%s%s", families[message->family],
             message->keyword[0] == '\0' ? "" : " ", message->keyword,
             message->stage[0] == '\0' ? "" : ",", message->stage);
    snprintf(range, sizeof range, "range: %ld to %ld", (long)message->min, (long)message->max);
    put_entry(explainer, &(struct entry){is, message->name, message->summary, message->section,
                                         message->max > 0 ? range : NULL});
}

static void explain_flags(struct explainer *explainer, unsigned flags)
{
    for (unsigned bit = 1; bit < 0x100; bit <<= 1)
        if ((flags & bit) && sbfota_flag_name(bit) != NULL)
            put_entry(explainer, &(struct entry){"flag", sbfota_flag_name(bit),
                                                 sbfota_flag_summary(bit), NULL, NULL});
}

static void explain_reason(struct explainer *explainer, unsigned reason)
{
    if (reason != SBFOTA_REASON_NONE && sbfota_reason_name(reason) != NULL)
        put_entry(explainer, &(struct entry){"reason of malformed or sbfota_unknown",
                                             sbfota_reason_name(reason),
                                             sbfota_reason_summary(reason), NULL, NULL});
}

/* A whole line, decoded as a capture's would be. */
static void explain_line(struct explainer *explainer, const char *text)
{
    struct sbfota_event event;
    const size_t length = strlen(text);
    sbfota_decode_line(text, length, &event);
    if (length == 0 || event.kind == SBFOTA_OTHER || event.kind == SBFOTA_BLANK ||
        event.kind == SBFOTA_NONE)
        return;
    if (!explainer->jsonl) {
        const struct record record = {
            .event = event,
            .line = 1,
            .text = {text + event.offset, event.kind == SBFOTA_OVERLONG ? 0 : (size_t)event.length},
        };
        struct decode_output output = {.writer = &explainer->writer, .bare = true};
        text_put(&output, &record);
    }
    explain_message(explainer, event.kind);
    const struct sbfota_code_row *const code =
        sbfota_code(sbfota_table_of_kind(event.kind), event.value);
    if (code != NULL)
        explain_code(explainer, code);
    if (event.kind == SBFOTA_MALFORMED || event.kind == SBFOTA_UNKNOWN)
        explain_reason(explainer, event.detail);
    explain_flags(explainer, event.flags);
}

/* A line of a log: what stands before its text, and the text. */
static void explain_log_line(struct explainer *explainer, const char *text)
{
    struct one_line line;
    char meaning[120];
    if (!one_line_read(text, strlen(text), &line) || strcmp(line.text, text) == 0)
        return;
    const size_t before = explainer->found;
    snprintf(meaning, sizeof meaning, "a text of the wire; time: %s, modem: %s, direction: %s",
             line.has_time ? "told" : "none", line.has_modem ? "told" : "none",
             line.has_direction ? "told" : "none");
    put_entry(explainer,
              &(struct entry){"line of a log, by its form", line.form, meaning, NULL, NULL});
    explain_line(explainer, line.text);
    if (explainer->found == before + 1)
        explainer->found = before;
}

/* A message behind other text, which the other lines of a log would have to have too. */
static void explain_behind(struct explainer *explainer, const char *text)
{
    char message[SBFOTA_LINE_MAX + 1];
    struct sbfota_event event;
    sbfota_decode_line(text, strlen(text), &event);
    const bool is_glued = event.kind == SBFOTA_MALFORMED && event.detail == SBFOTA_REASON_GLUED;
    if ((!is_glued && explainer->found > 0) || !one_line_find(text, strlen(text), message))
        return;
    if (!is_glued)
        explain_reason(explainer, SBFOTA_REASON_GLUED);
    explain_line(explainer, message);
}

/* A part of a URC, such as a keyword in quotes or in a spelling that the catalogue does not have: does it become one with what
 * may stand around it? A number of ours means nothing. */
static void explain_part(struct explainer *explainer, const char *text)
{
    static const struct {
        const char *before;
        const char *behind;
        bool number;
    } parts[] = {
        {"+QIND: \"SBFOTA\",\"", "\"", false},
        {"+QIND: \"SBFOTA\",\"", "\",0", true},
        {"+QIND: \"SBFOTA\",", "", false},
        {"+QIND: \"SBFOTA\",", ",0", true},
        {"+QIND: ", "", false},
        {"+QIND: ", ",0", true},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && explainer->found == 0; i++) {
        char line[SBFOTA_LINE_MAX + 1];
        struct sbfota_event event;
        const int length =
            snprintf(line, sizeof line, "%s%s%s", parts[i].before, text, parts[i].behind);
        if (length <= 0 || (size_t)length >= sizeof line)
            continue;
        sbfota_decode_line(line, (size_t)length, &event);
        if (record_is_whole(event.kind) && parts[i].number)
            explain_message(explainer, event.kind);
        else if (record_is_whole(event.kind))
            explain_line(explainer, line);
    }
}

static bool same(const char *left, const char *right)
{
    return left[0] != '\0' && strcmp(left, right) == 0;
}

/* A word of what sessions tell. */
static void explain_session_word(struct explainer *explainer, const char *text)
{
#define WORD(is, name, summary, section) {is, name, summary, section, NULL},
    static const struct entry words[] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) \
    WORD("outcome of an attempt", name, summary, section)
#include "outcomes.def"
#undef SBFOTA_OUTCOME
#define SBFOTA_PROBLEM(id, bit, name, summary, detail, section) \
    WORD("problem of an attempt", name, summary, section)
#include "problems.def"
#undef SBFOTA_PROBLEM
#define SBFOTA_POWER(id, number, name, summary, detail, section) \
    WORD("what losing the power would do", name, summary, section)
#include "powers.def"
#undef SBFOTA_POWER
    };
#undef WORD
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct entry entry = words[i];
        if (entry.section[0] == '\0')
            entry.section = NULL;
        if (strcmp(entry.name, text) == 0)
            put_entry(explainer, &entry);
    }
}

static bool read_number(const char *text, long *number)
{
    char *end;
    *number = strtol(text, &end, 10);
    return end != text && *end == '\0';
}

static void explain_word(struct explainer *explainer, const char *text)
{
    long number;
    const bool is_number = read_number(text, &number);
    const struct sbfota_code_row *code;
    for (size_t i = 0; (code = sbfota_code_at(i)) != NULL; i++)
        if ((is_number && code->value == number) || same(code->name, text) ||
            same(code->text, text))
            explain_code(explainer, code);
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        const bool accept_range = kind == SBFOTA_RANGE && same("sbfota_accept", text);
        if (same(message->name, text) || same(message->keyword, text) ||
            same(message->stage, text) || accept_range)
            explain_message(explainer, kind);
    }
    explain_reason(explainer, sbfota_reason_from_name(text, strlen(text)));
    for (unsigned bit = 1; bit < 0x100; bit <<= 1)
        if (sbfota_flag_name(bit) != NULL && same(sbfota_flag_name(bit), text))
            explain_flags(explainer, bit);
    explain_session_word(explainer, text);
}

/* From where to where the codes of the tables go, but for 0: "-4 to -1, 701 to 880". */
static void list_codes(char *list, size_t room)
{
    const struct sbfota_code_row *first = NULL;
    const struct sbfota_code_row *code;
    size_t length = 0;
    for (size_t i = 0; (code = sbfota_code_at(i)) != NULL; i++) {
        const struct sbfota_code_row *const next = sbfota_code_at(i + 1);
        if (code->value == 0)
            continue;
        if (first == NULL)
            first = code;
        if (next != NULL && next->table == first->table)
            continue;
        length += (size_t)snprintf(list + length, room - length, "%s%ld to %ld",
                                   length == 0 ? "" : ", ", (long)first->value, (long)code->value);
        first = NULL;
    }
}

static void report_unknown(const char *text)
{
    long number;
    char codes[160];
    if (!read_number(text, &number)) {
        error_line(NULL, 0, "explain \"%s\": neither a code nor a keyword nor a line of SBFOTA",
                   text);
        return;
    }
    list_codes(codes, sizeof codes);
    error_line(NULL, 0, "explain \"%s\": not a code of the manual, which has 0 and, with gaps, %s",
               text, codes);
}

static int explain_all(struct explainer *explainer, const struct options *options)
{
    int status = EXIT_DONE;
    for (int i = 0; i < options->argument_count; i++) {
        const char *const text = options->arguments[i];
        explainer->found = 0;
        explain_word(explainer, text);
        if (explainer->found == 0)
            explain_log_line(explainer, text);
        if (explainer->found == 0) {
            explain_line(explainer, text);
            explain_behind(explainer, text);
        }
        if (explainer->found == 0)
            explain_part(explainer, text);
        if (explainer->found == 0) {
            report_unknown(text);
            status = EXIT_NO_MESSAGE;
        }
    }
    return status;
}

int explain_run(const struct options *options)
{
    struct explainer explainer = {.jsonl = options->format == OUTPUT_JSONL};
    struct output output;
    if (options->argument_count == 0) {
        error_line(NULL, 0,
                   "explain: a code, a keyword or a line is needed; see sbfota explain --help");
        return EXIT_TROUBLE;
    }
    if (!output_open(&output, options->output))
        return EXIT_TROUBLE;
    if (!writer_make(&explainer.writer, &output)) {
        error_line(NULL, 0, "not enough memory");
        output_close(&output, false);
        return EXIT_TROUBLE;
    }
    int status = explain_all(&explainer, options);
    writer_flush(&explainer.writer, &output);
    if (!output_close(&output, true) || explainer.writer.failed)
        status = EXIT_TROUBLE;
    writer_free(&explainer.writer);
    return status;
}
