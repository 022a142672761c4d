/* SPDX-License-Identifier: MIT
 *
 * The fields of an facts, and the formats that are lists of them. */
#include "out_attempts.h"

#include <stdio.h>

#include <sbfota/texts.h>

#include "log/time.h"
#include "out_csv.h"
#include "put.h"

/* Does JSON Lines have it, and CSV? */
enum {
    IN_BOTH = true,
    IN_ROWS = true,
    IN_COLUMNS = false
};

static const struct row_field {
    const char *name;
    bool in_rows;
} row_fields[ATTEMPT_FIELDS] = {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) {#id, IN_##where},
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
};

static struct attempt_value text_value(struct bytes text)
{
    return (struct attempt_value){.type = text.data == NULL ? VALUE_NONE : VALUE_TEXT,
                                  .text = text};
}

static struct attempt_value word_value(const char *word, unsigned number)
{
    return (struct attempt_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                  .text = {word, word == NULL ? 0 : strlen(word)},
                                  .number = number};
}

static struct attempt_value number_value(bool here, long long number)
{
    return (struct attempt_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

static struct attempt_value duration_value(uint32_t milliseconds, bool seconds)
{
    struct attempt_value value = number_value(milliseconds != SBFOTA_NO_DURATION, milliseconds);
    if (seconds && value.type != VALUE_NONE)
        value.type = VALUE_SECONDS;
    return value;
}

static struct attempt_value time_value(const struct edge *edge, char *buffer)
{
    if (edge->time_length == 0)
        return (struct attempt_value){.type = VALUE_NONE};
    return text_value(time_show((struct bytes){edge->time, edge->time_length}, buffer));
}

/* The code that the attempt failed with. */
static const struct sbfota_code_row *failure(const struct sbfota_attempt *facts)
{
    if (facts->has & SBFOTA_HAS_POLL_CODE)
        return sbfota_code(SBFOTA_CODE_TABLE_POLLING, facts->poll_code);
    if ((facts->has & SBFOTA_HAS_UPDATE_CODE) && facts->update_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_UPDATE, facts->update_code);
    if ((facts->has & SBFOTA_HAS_HTTP_CODE) && facts->http_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_HTTP, facts->http_code);
    return NULL;
}

static struct attempt_value code_value(const struct sbfota_attempt *facts, unsigned has,
                                       int32_t code)
{
    return number_value((facts->has & has) != 0, code);
}

struct attempt_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                   enum attempt_field field, char *time)
{
    static const struct attempt_value none = {.type = VALUE_NONE};
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct sbfota_code_row *code;
    switch (field) {
    case ATTEMPT_modem: return text_value(attempt->modem);
    case ATTEMPT_file: return text_value(fleet_file(fleet, attempt->from->file));
    case ATTEMPT_to_file:
        if (attempt->to->file == attempt->from->file)
            return none;
        return text_value(fleet_file(fleet, attempt->to->file));
    case ATTEMPT_started:
    case ATTEMPT_started_text: return time_value(attempt->from, time);
    case ATTEMPT_ended:
    case ATTEMPT_ended_text: return time_value(attempt->to, time);
    case ATTEMPT_from_line: return number_value(true, (long long)attempt->from->line);
    case ATTEMPT_to_line: return number_value(true, (long long)attempt->to->line);
    case ATTEMPT_outcome: return word_value(sbfota_outcome_name(facts->outcome), facts->outcome);
    case ATTEMPT_phase: return word_value(sbfota_phase_name(facts->phase), facts->phase);
    case ATTEMPT_percent: return number_value(facts->percent != SBFOTA_NO_PERCENT, facts->percent);
    case ATTEMPT_poll_code: return code_value(facts, SBFOTA_HAS_POLL_CODE, facts->poll_code);
    case ATTEMPT_http_code: return code_value(facts, SBFOTA_HAS_HTTP_CODE, facts->http_code);
    case ATTEMPT_update_code: return code_value(facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code);
    case ATTEMPT_report_code: return code_value(facts, SBFOTA_HAS_REPORT_CODE, facts->report_code);
    case ATTEMPT_text:
        code = failure(facts);
        return word_value(code == NULL ? NULL : code->text, 0);
    case ATTEMPT_resumes: return number_value(true, facts->resumes);
    case ATTEMPT_accepted:
        return (struct attempt_value){.type = VALUE_BOOL, .number = facts->accepted};
    case ATTEMPT_delay: return number_value(facts->delay != SBFOTA_NO_DELAY, facts->delay);
    case ATTEMPT_downloading_s: return duration_value(facts->downloading_ms, true);
    case ATTEMPT_downloading_ms: return duration_value(facts->downloading_ms, false);
    case ATTEMPT_updating_s: return duration_value(facts->updating_ms, true);
    case ATTEMPT_updating_ms: return duration_value(facts->updating_ms, false);
    case ATTEMPT_restore_s: return duration_value(facts->restore_ms, true);
    case ATTEMPT_restore_ms: return duration_value(facts->restore_ms, false);
    case ATTEMPT_problems:
        return (struct attempt_value){.type = VALUE_PROBLEMS, .number = facts->problems};
    case ATTEMPT_FIELDS: break;
    }
    return (struct attempt_value){.type = VALUE_NONE};
}

void attempt_put_seconds(struct writer *writer, long long milliseconds)
{
    char fraction[8];
    int length = snprintf(fraction, sizeof fraction, ".%03lld", milliseconds % 1000);
    while (length > 0 && (fraction[length - 1] == '0' || fraction[length - 1] == '.'))
        length--;
    writer_number(writer, milliseconds / 1000);
    writer_put(writer, fraction, (size_t)length);
}

static void put_problems(struct writer *writer, unsigned problems, const char *quote,
                         const char *separator)
{
    const char *before = "";
    for (unsigned bit = 1; bit <= problems; bit <<= 1) {
        if ((problems & bit) == 0)
            continue;
        writer_string(writer, before);
        writer_string(writer, quote);
        writer_string(writer, sbfota_problem_name(bit));
        writer_string(writer, quote);
        before = separator;
    }
}

static void put_quoted(struct writer *writer, struct bytes text)
{
    writer_byte(writer, '"');
    json_put_text(writer, text);
    writer_byte(writer, '"');
}

static void put_json_value(struct writer *writer, const struct attempt_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: put_quoted(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: attempt_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS:
        writer_byte(writer, '[');
        put_problems(writer, (unsigned)value->number, "\"", ",");
        writer_byte(writer, ']');
        break;
    }
}

static void put_json(struct writer *writer, const struct fleet *fleet,
                     const struct log_attempt *attempt)
{
    char before = '{';
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        if (value.type == VALUE_NONE || !row_fields[field].in_rows)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, row_fields[field].name);
        writer_string(writer, "\":");
        put_json_value(writer, &value);
        before = ',';
    }
    writer_string(writer, "}\n");
}

static void begin_json(struct writer *writer)
{
    (void)writer; /* each line says what it is */
}

static void put_csv_value(struct writer *writer, const struct attempt_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: csv_put_text(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: attempt_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS: put_problems(writer, (unsigned)value->number, "", " "); break;
    }
}

static void put_csv(struct writer *writer, const struct fleet *fleet,
                    const struct log_attempt *attempt)
{
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        if (!row_fields[field].in_rows)
            continue;
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        put_csv_value(writer, &value);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer)
{
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        if (!row_fields[field].in_rows)
            continue;
        writer_string(writer, row_fields[field].name);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

const struct attempt_format attempt_jsonl = {begin_json, put_json};
const struct attempt_format attempt_csv = {begin_csv, put_csv};
