/* SPDX-License-Identifier: MIT
 *
 * The fields of an facts, and the formats that are lists of them. */
#include "out_attempts.h"

#include <stdio.h>

#include <sbfota/texts.h>

#include "log/time.h"
#include "out_csv.h"
#include "put.h"

static const char *attempt_field_name(enum attempt_field field)
{
    static const char *const names[ATTEMPT_FIELDS] = {
        [ATTEMPT_MODEM] = "modem",
        [ATTEMPT_FILE] = "file",
        [ATTEMPT_TO_FILE] = "to_file",
        [ATTEMPT_STARTED] = "started",
        [ATTEMPT_ENDED] = "ended",
        [ATTEMPT_FROM_LINE] = "from_line",
        [ATTEMPT_TO_LINE] = "to_line",
        [ATTEMPT_OUTCOME] = "outcome",
        [ATTEMPT_PHASE] = "phase",
        [ATTEMPT_PERCENT] = "percent",
        [ATTEMPT_POLL_CODE] = "poll_code",
        [ATTEMPT_HTTP_CODE] = "http_code",
        [ATTEMPT_UPDATE_CODE] = "update_code",
        [ATTEMPT_REPORT_CODE] = "report_code",
        [ATTEMPT_TEXT] = "text",
        [ATTEMPT_RESUMES] = "resumes",
        [ATTEMPT_ACCEPTED] = "accepted",
        [ATTEMPT_DELAY] = "delay",
        [ATTEMPT_DOWNLOADING] = "downloading_s",
        [ATTEMPT_UPDATING] = "updating_s",
        [ATTEMPT_RESTORE] = "restore_s",
        [ATTEMPT_PROBLEMS] = "problems",
    };
    return names[field];
}

static struct attempt_value text_value(struct bytes text)
{
    return (struct attempt_value){.type = text.data == NULL ? VALUE_NONE : VALUE_TEXT,
                                  .text = text};
}

static struct attempt_value word_value(const char *word)
{
    return (struct attempt_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                  .text = {word, word == NULL ? 0 : strlen(word)}};
}

static struct attempt_value number_value(bool here, long long number)
{
    return (struct attempt_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

static struct attempt_value duration_value(uint32_t milliseconds)
{
    return (struct attempt_value){.type = milliseconds == SBFOTA_NO_DURATION ? VALUE_NONE
                                                                             : VALUE_SECONDS,
                                  .number = milliseconds};
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
    case ATTEMPT_MODEM: return text_value(attempt->modem);
    case ATTEMPT_FILE: return text_value(fleet_file(fleet, attempt->from->file));
    case ATTEMPT_TO_FILE:
        if (attempt->to->file == attempt->from->file)
            return none;
        return text_value(fleet_file(fleet, attempt->to->file));
    case ATTEMPT_STARTED: return time_value(attempt->from, time);
    case ATTEMPT_ENDED: return time_value(attempt->to, time);
    case ATTEMPT_FROM_LINE: return number_value(true, (long long)attempt->from->line);
    case ATTEMPT_TO_LINE: return number_value(true, (long long)attempt->to->line);
    case ATTEMPT_OUTCOME: return word_value(sbfota_outcome_name(facts->outcome));
    case ATTEMPT_PHASE: return word_value(sbfota_phase_name(facts->phase));
    case ATTEMPT_PERCENT: return number_value(facts->percent != SBFOTA_NO_PERCENT, facts->percent);
    case ATTEMPT_POLL_CODE: return code_value(facts, SBFOTA_HAS_POLL_CODE, facts->poll_code);
    case ATTEMPT_HTTP_CODE: return code_value(facts, SBFOTA_HAS_HTTP_CODE, facts->http_code);
    case ATTEMPT_UPDATE_CODE: return code_value(facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code);
    case ATTEMPT_REPORT_CODE: return code_value(facts, SBFOTA_HAS_REPORT_CODE, facts->report_code);
    case ATTEMPT_TEXT: code = failure(facts); return word_value(code == NULL ? NULL : code->text);
    case ATTEMPT_RESUMES: return number_value(true, facts->resumes);
    case ATTEMPT_ACCEPTED:
        return (struct attempt_value){.type = VALUE_BOOL, .number = facts->accepted};
    case ATTEMPT_DELAY: return number_value(facts->delay != SBFOTA_NO_DELAY, facts->delay);
    case ATTEMPT_DOWNLOADING: return duration_value(facts->downloading_ms);
    case ATTEMPT_UPDATING: return duration_value(facts->updating_ms);
    case ATTEMPT_RESTORE: return duration_value(facts->restore_ms);
    case ATTEMPT_PROBLEMS:
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
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        if (value.type == VALUE_NONE)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, attempt_field_name(field));
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
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct attempt_value value = attempt_value(fleet, attempt, field, time);
        put_csv_value(writer, &value);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer)
{
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        writer_string(writer, attempt_field_name(field));
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

const struct attempt_format attempt_jsonl = {begin_json, put_json};
const struct attempt_format attempt_csv = {begin_csv, put_csv};
