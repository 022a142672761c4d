/* SPDX-License-Identifier: MIT
 *
 * The fields of an attempt, and the formats that are lists of them. */
#include "stories.h"

#include <stdio.h>

#include <sbfota/texts.h>

#include "capture/time.h"
#include "csv.h"
#include "put.h"

static const char *story_field_name(enum story_field field)
{
    static const char *const names[STORY_FIELDS] = {
        [STORY_MODEM] = "modem",
        [STORY_FILE] = "file",
        [STORY_TO_FILE] = "to_file",
        [STORY_STARTED] = "started",
        [STORY_ENDED] = "ended",
        [STORY_FROM_LINE] = "from_line",
        [STORY_TO_LINE] = "to_line",
        [STORY_OUTCOME] = "outcome",
        [STORY_PHASE] = "phase",
        [STORY_PERCENT] = "percent",
        [STORY_POLL_CODE] = "poll_code",
        [STORY_HTTP_CODE] = "http_code",
        [STORY_UPDATE_CODE] = "update_code",
        [STORY_REPORT_CODE] = "report_code",
        [STORY_TEXT] = "text",
        [STORY_RESUMES] = "resumes",
        [STORY_ACCEPTED] = "accepted",
        [STORY_DELAY] = "delay",
        [STORY_DOWNLOADING] = "downloading_s",
        [STORY_UPDATING] = "updating_s",
        [STORY_RESTORE] = "restore_s",
        [STORY_PROBLEMS] = "problems",
    };
    return names[field];
}

static struct story_value text_value(struct bytes text)
{
    return (struct story_value){.type = text.data == NULL ? VALUE_NONE : VALUE_TEXT, .text = text};
}

static struct story_value word_value(const char *word)
{
    return (struct story_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                .text = {word, word == NULL ? 0 : strlen(word)}};
}

static struct story_value number_value(bool here, long long number)
{
    return (struct story_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

static struct story_value duration_value(uint32_t milliseconds)
{
    return (struct story_value){.type =
                                    milliseconds == SBFOTA_NO_DURATION ? VALUE_NONE : VALUE_SECONDS,
                                .number = milliseconds};
}

static struct story_value time_value(const struct edge *edge, char *buffer)
{
    if (edge->time_length == 0)
        return (struct story_value){.type = VALUE_NONE};
    return text_value(time_show((struct bytes){edge->time, edge->time_length}, buffer));
}

/* The code that the attempt failed with. */
static const struct sbfota_code_row *failure(const struct sbfota_attempt *attempt)
{
    if (attempt->has & SBFOTA_HAS_POLL_CODE)
        return sbfota_code(SBFOTA_CODE_TABLE_POLLING, attempt->poll_code);
    if ((attempt->has & SBFOTA_HAS_UPDATE_CODE) && attempt->update_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_UPDATE, attempt->update_code);
    if ((attempt->has & SBFOTA_HAS_HTTP_CODE) && attempt->http_code != 0)
        return sbfota_code(SBFOTA_CODE_TABLE_HTTP, attempt->http_code);
    return NULL;
}

static struct story_value code_value(const struct sbfota_attempt *attempt, unsigned has,
                                     int32_t code)
{
    return number_value((attempt->has & has) != 0, code);
}

struct story_value story_value(const struct fleet *fleet, const struct story *story,
                               enum story_field field, char *time)
{
    static const struct story_value none = {.type = VALUE_NONE};
    const struct sbfota_attempt *const attempt = &story->attempt;
    const struct sbfota_code_row *code;
    switch (field) {
    case STORY_MODEM: return text_value(story->modem);
    case STORY_FILE: return text_value(fleet_file(fleet, story->from->file));
    case STORY_TO_FILE:
        if (story->to->file == story->from->file)
            return none;
        return text_value(fleet_file(fleet, story->to->file));
    case STORY_STARTED: return time_value(story->from, time);
    case STORY_ENDED: return time_value(story->to, time);
    case STORY_FROM_LINE: return number_value(true, (long long)story->from->line);
    case STORY_TO_LINE: return number_value(true, (long long)story->to->line);
    case STORY_OUTCOME: return word_value(sbfota_outcome_name(attempt->outcome));
    case STORY_PHASE: return word_value(sbfota_phase_name(attempt->phase));
    case STORY_PERCENT:
        return number_value(attempt->percent != SBFOTA_NO_PERCENT, attempt->percent);
    case STORY_POLL_CODE: return code_value(attempt, SBFOTA_HAS_POLL_CODE, attempt->poll_code);
    case STORY_HTTP_CODE: return code_value(attempt, SBFOTA_HAS_HTTP_CODE, attempt->http_code);
    case STORY_UPDATE_CODE:
        return code_value(attempt, SBFOTA_HAS_UPDATE_CODE, attempt->update_code);
    case STORY_REPORT_CODE:
        return code_value(attempt, SBFOTA_HAS_REPORT_CODE, attempt->report_code);
    case STORY_TEXT: code = failure(attempt); return word_value(code == NULL ? NULL : code->text);
    case STORY_RESUMES: return number_value(true, attempt->resumes);
    case STORY_ACCEPTED:
        return (struct story_value){.type = VALUE_BOOL, .number = attempt->accepted};
    case STORY_DELAY: return number_value(attempt->delay != SBFOTA_NO_DELAY, attempt->delay);
    case STORY_DOWNLOADING: return duration_value(attempt->downloading_ms);
    case STORY_UPDATING: return duration_value(attempt->updating_ms);
    case STORY_RESTORE: return duration_value(attempt->restore_ms);
    case STORY_PROBLEMS:
        return (struct story_value){.type = VALUE_PROBLEMS, .number = attempt->problems};
    case STORY_FIELDS: break;
    }
    return (struct story_value){.type = VALUE_NONE};
}

void story_put_seconds(struct writer *writer, long long milliseconds)
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

static void put_json_value(struct writer *writer, const struct story_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: put_quoted(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: story_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS:
        writer_byte(writer, '[');
        put_problems(writer, (unsigned)value->number, "\"", ",");
        writer_byte(writer, ']');
        break;
    }
}

static void put_json(struct writer *writer, const struct fleet *fleet, const struct story *story)
{
    char before = '{';
    for (enum story_field field = STORY_MODEM; field < STORY_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct story_value value = story_value(fleet, story, field, time);
        if (value.type == VALUE_NONE)
            continue;
        writer_byte(writer, before);
        writer_byte(writer, '"');
        writer_string(writer, story_field_name(field));
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

static void put_csv_value(struct writer *writer, const struct story_value *value)
{
    switch (value->type) {
    case VALUE_NONE: break;
    case VALUE_TEXT:
    case VALUE_WORD: csv_put_text(writer, value->text); break;
    case VALUE_NUMBER: writer_number(writer, value->number); break;
    case VALUE_SECONDS: story_put_seconds(writer, value->number); break;
    case VALUE_BOOL: writer_string(writer, value->number ? "true" : "false"); break;
    case VALUE_PROBLEMS: put_problems(writer, (unsigned)value->number, "", " "); break;
    }
}

static void put_csv(struct writer *writer, const struct fleet *fleet, const struct story *story)
{
    for (enum story_field field = STORY_MODEM; field < STORY_FIELDS; field++) {
        char time[TIME_SIZE];
        const struct story_value value = story_value(fleet, story, field, time);
        put_csv_value(writer, &value);
        writer_string(writer, field + 1 < STORY_FIELDS ? "," : "\r\n");
    }
}

static void begin_csv(struct writer *writer)
{
    for (enum story_field field = STORY_MODEM; field < STORY_FIELDS; field++) {
        writer_string(writer, story_field_name(field));
        writer_string(writer, field + 1 < STORY_FIELDS ? "," : "\r\n");
    }
}

const struct story_format story_jsonl = {begin_json, put_json};
const struct story_format story_csv = {begin_csv, put_csv};
