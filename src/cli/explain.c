/* SPDX-License-Identifier: MIT
 *
 * sbfota explain: what a code, a keyword or a whole line means. All it knows stands in the catalogues. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/session.h>
#include <sbfota/texts.h>

#include "commands.h"
#include "decode_output.h"
#include "error_line.h"
#include "log/one_line.h"

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
    writer_string(writer, entry->name);
    writer_string(writer, "  (");
    writer_string(writer, entry->is);
    writer_string(writer, ")\n    ");
    writer_string(writer, entry->meaning);
    writer_byte(writer, '\n');
    if (entry->more != NULL) {
        writer_string(writer, "    ");
        writer_string(writer, entry->more);
        writer_byte(writer, '\n');
    }
    if (entry->section != NULL) {
        writer_string(writer, "    manual: section ");
        writer_string(writer, entry->section);
        writer_byte(writer, '\n');
    }
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

static bool is_message(unsigned kind)
{
    return kind != SBFOTA_NONE && kind != SBFOTA_OTHER && kind != SBFOTA_BLANK &&
           kind != SBFOTA_MALFORMED && kind != SBFOTA_UNKNOWN && kind != SBFOTA_OVERLONG;
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
        if (is_message(event.kind) && parts[i].number)
            explain_message(explainer, event.kind);
        else if (is_message(event.kind))
            explain_line(explainer, line);
    }
}

static bool same(const char *left, const char *right)
{
    return left[0] != '\0' && strcmp(left, right) == 0;
}

static void explain_outcome(struct explainer *explainer, const char *text)
{
    static const char *const meanings[SBFOTA_OUTCOME_COUNT] = {
        [SBFOTA_OUTCOME_IN_PROGRESS] = "the capture ends in the middle: no verdict",
        [SBFOTA_OUTCOME_UPDATED] = "END,0: updated successfully",
        [SBFOTA_OUTCOME_UPDATE_FAILED] = "END with another code",
        [SBFOTA_OUTCOME_DOWNLOAD_FAILED] = "HTTPEND with another code than 0",
        [SBFOTA_OUTCOME_DOWNLOAD_LOST] = "a boot, or silence, before the update started",
        [SBFOTA_OUTCOME_ROLLED_BACK] = "a boot during UPDATING: back to the old firmware",
        [SBFOTA_OUTCOME_INTERRUPTED] = "a boot during RESTORE, not yet resumed",
        [SBFOTA_OUTCOME_POLL_FAILED] = "the module could not ask the server",
        [SBFOTA_OUTCOME_UNKNOWN] = "the attempt is over, and the log does not say how",
    };
    for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
        if (strcmp(sbfota_outcome_name(outcome), text) == 0)
            put_entry(explainer,
                      &(struct entry){"outcome of an attempt", text, meanings[outcome],
                                      outcome == SBFOTA_OUTCOME_POLL_FAILED ? "5.2" : "5.3", NULL});
}

static const char *problem_meaning(unsigned problem)
{
    switch ((enum sbfota_problem)problem) {
    case SBFOTA_PROBLEM_OUT_OF_ORDER: return "a message that cannot come there";
    case SBFOTA_PROBLEM_PERCENT_BACK: return "a percentage under the one before, in the same phase";
    case SBFOTA_PROBLEM_DELAY_DIFFERS: return "UPDATE_TIMEOUT is not the delay last set or told";
    case SBFOTA_PROBLEM_REBOOT: return "a boot in a phase where it loses the update, or would have";
    case SBFOTA_PROBLEM_ACCEPT_MISPLACED: return "accept not between UPDATE_TIMEOUT and START";
    case SBFOTA_PROBLEM_MISSING_START:
        return "the attempt has no beginning: the log starts late, or has a hole";
    case SBFOTA_PROBLEM_MISSING_END:
        return "a report or the next attempt came without an end: the log has a hole";
    case SBFOTA_PROBLEM_ACCEPT_REFUSED: return "the module answered accept with an error";
    case SBFOTA_PROBLEM_CLOCK_JUMP:
        return "the clock went back or leapt over a day within a phase, which is not timed";
    case SBFOTA_PROBLEM_MALFORMED: return "an HTTPEND or END was not whole, and is not believed";
    case SBFOTA_PROBLEM_UNENDED: return "the input ends within a message: a number may be cut";
    case SBFOTA_PROBLEM_ALL: break;
    }
    return "";
}

static void explain_problem(struct explainer *explainer, const char *text)
{
    for (unsigned bit = 1; bit < SBFOTA_PROBLEM_ALL; bit <<= 1)
        if (strcmp(sbfota_problem_name(bit), text) == 0)
            put_entry(explainer, &(struct entry){"problem of an attempt", text,
                                                 problem_meaning(bit), NULL, NULL});
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
    explain_outcome(explainer, text);
    explain_problem(explainer, text);
}

static void report_unknown(const char *text)
{
    long number;
    if (read_number(text, &number))
        error_line(
            NULL, 0,
            "explain \"%s\": not a code of the manual, which has -4 to -1, 0, 504 to 512 and 701 "
            "to 880, with gaps",
            text);
    else
        error_line(NULL, 0, "explain \"%s\": neither a code nor a keyword nor a line of SBFOTA",
                   text);
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
        if (explainer->found == 0)
            explain_line(explainer, text);
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
