/* SPDX-License-Identifier: MIT
 *
 * The fields of an attempt, and the formats that are lists of them. */
#include "out_attempts.h"

#include <sbfota/texts.h>

#include "log/time.h"

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

const struct sbfota_code_row *attempt_failure(const struct sbfota_attempt *facts)
{
    if (facts->has & SBFOTA_HAS_POLL_CODE)
        return sbfota_code(SBFOTA_CODE_TABLE_POLLING, facts->poll_code);
    if ((facts->has & SBFOTA_HAS_UPDATE_CODE) && facts->update_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_UPDATE, facts->update_code);
    if ((facts->has & SBFOTA_HAS_HTTP_CODE) && facts->http_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_HTTP, facts->http_code);
    return NULL;
}

static struct record_value code_value(const struct sbfota_attempt *facts, unsigned has,
                                      int32_t code)
{
    return value_number((facts->has & has) != 0, code);
}

struct record_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                  enum attempt_field field, char *time)
{
    static const struct record_value none = {.type = VALUE_NONE};
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct sbfota_code_row *code;
    switch (field) {
    case ATTEMPT_MODEM: return value_text(attempt->modem);
    case ATTEMPT_FILE: return value_text(fleet_file(fleet, attempt->from->file));
    case ATTEMPT_TO_FILE:
        if (attempt->to->file == attempt->from->file)
            return none;
        return value_text(fleet_file(fleet, attempt->to->file));
    case ATTEMPT_STARTED: return value_time(attempt->from->time, attempt->from->time_length, time);
    case ATTEMPT_ENDED: return value_time(attempt->to->time, attempt->to->time_length, time);
    case ATTEMPT_FROM_LINE: return value_number(true, (long long)attempt->from->line);
    case ATTEMPT_TO_LINE: return value_number(true, (long long)attempt->to->line);
    case ATTEMPT_OUTCOME: return value_word(sbfota_outcome_name(facts->outcome));
    case ATTEMPT_PHASE: return value_word(sbfota_phase_name(facts->phase));
    case ATTEMPT_PERCENT: return value_number(facts->percent != SBFOTA_NO_PERCENT, facts->percent);
    case ATTEMPT_POLL_CODE: return code_value(facts, SBFOTA_HAS_POLL_CODE, facts->poll_code);
    case ATTEMPT_HTTP_CODE: return code_value(facts, SBFOTA_HAS_HTTP_CODE, facts->http_code);
    case ATTEMPT_UPDATE_CODE: return code_value(facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code);
    case ATTEMPT_REPORT_CODE: return code_value(facts, SBFOTA_HAS_REPORT_CODE, facts->report_code);
    case ATTEMPT_TEXT:
        code = attempt_failure(facts);
        return value_word(code == NULL ? NULL : code->text);
    case ATTEMPT_RESUMES: return value_number(true, facts->resumes);
    case ATTEMPT_ACCEPTED: return value_bool(facts->accepted);
    case ATTEMPT_DELAY: return value_number(facts->delay != SBFOTA_NO_DELAY, facts->delay);
    case ATTEMPT_DOWNLOADING: return value_duration(facts->downloading_ms);
    case ATTEMPT_UPDATING: return value_duration(facts->updating_ms);
    case ATTEMPT_RESTORE: return value_duration(facts->restore_ms);
    case ATTEMPT_PROBLEMS:
        return (struct record_value){.type = VALUE_PROBLEMS, .number = facts->problems};
    case ATTEMPT_FIELDS: break;
    }
    return (struct record_value){.type = VALUE_NONE};
}

static void put_json(struct writer *writer, const struct fleet *fleet,
                     const struct log_attempt *attempt, unsigned width)
{
    (void)width;
    char before = '{';
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct record_value value = attempt_value(fleet, attempt, field, time);
        if (value.type == VALUE_NONE)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, attempt_field_name(field));
        writer_string(writer, "\":");
        value_put_json(writer, &value);
        before = ',';
    }
    writer_string(writer, "}\n");
}

static void begin_json(struct writer *writer, unsigned width)
{
    (void)width;
    (void)writer; /* each line says what it is */
}

static void put_csv(struct writer *writer, const struct fleet *fleet,
                    const struct log_attempt *attempt, unsigned width)
{
    (void)width;
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct record_value value = attempt_value(fleet, attempt, field, time);
        value_put_csv(writer, &value);
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer, unsigned width)
{
    (void)width;
    for (enum attempt_field field = ATTEMPT_MODEM; field < ATTEMPT_FIELDS; field++) {
        writer_string(writer, attempt_field_name(field));
        writer_string(writer, field + 1 < ATTEMPT_FIELDS ? "," : "\r\n");
    }
}

const struct attempt_format attempt_jsonl = {begin_json, put_json};
const struct attempt_format attempt_csv = {begin_csv, put_csv};
