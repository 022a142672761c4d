/* SPDX-License-Identifier: MIT */
#include "log/records/attempt_fields.h"

#include "log/sessions/log_event.h"

#define RECORD_FIELDS "attempt_fields.def"
static const char *problems_word(unsigned bit);
enum {
    problems_words = 16
};
#include "log/records/record_tables.h"

static const char *problems_word(unsigned bit)
{
    return sbfota_problem_name(1U << bit);
}

static struct sbfota_log_edge show_edge(const struct fleet *fleet, const struct edge *edge,
                                        char buffer[TIME_SIZE])
{
    const struct bytes captured = {edge->time, edge->time_length};
    const struct bytes time =
        captured.length > 0 ? time_show(captured, buffer) : (struct bytes){NULL, 0};
    return (struct sbfota_log_edge){
        .line = edge->line,
        .offset = edge->offset,
        .file = fleet_file(fleet, edge->file).data,
        .time = time.data,
        .time_length = (uint8_t)time.length,
        .clock = log_event_public_clock((enum clock)edge->clock, time),
    };
}

struct sbfota_log_attempt attempt_show(const struct fleet *fleet, const struct log_attempt *attempt,
                                       char times[2][TIME_SIZE])
{
    return (struct sbfota_log_attempt){
        .facts = attempt->facts,
        .modem = attempt->modem.data,
        .modem_length = (uint32_t)attempt->modem.length,
        .dated = attempt->dated,
        .from = show_edge(fleet, attempt->from, times[0]),
        .to = show_edge(fleet, attempt->to, times[1]),
    };
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

static struct record_value code_value(const struct sbfota_attempt *facts, unsigned has,
                                      int32_t code)
{
    return value_number((facts->has & has) != 0, code);
}

static struct record_value span_value(uint32_t milliseconds, bool seconds)
{
    return value_duration(milliseconds != SBFOTA_NO_DURATION, milliseconds, seconds);
}

static struct record_value time_value(const struct sbfota_log_edge *edge)
{
    return value_text(edge->time, edge->time_length);
}

static bool are_alike(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static struct record_value value(const void *record, unsigned field)
{
    const struct sbfota_log_attempt *const attempt = record;
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct sbfota_log_edge *const from = &attempt->from;
    const struct sbfota_log_edge *const to = &attempt->to;
    const struct sbfota_code_row *code;
    switch ((enum field)field) {
    case FIELD_modem: return value_text(attempt->modem, attempt->modem_length);
    case FIELD_file: return value_string(from->file);
    case FIELD_to_file: return value_string(are_alike(to->file, from->file) ? NULL : to->file);
    case FIELD_started:
    case FIELD_started_text: return time_value(from);
    case FIELD_ended:
    case FIELD_ended_text: return time_value(to);
    case FIELD_from_line: return value_number(true, (long long)from->line);
    case FIELD_to_line: return value_number(true, (long long)to->line);
    case FIELD_outcome: return value_word(sbfota_outcome_name(facts->outcome), facts->outcome);
    case FIELD_phase: return value_word(sbfota_phase_name(facts->phase), facts->phase);
    case FIELD_percent: return value_number(facts->percent != SBFOTA_NO_PERCENT, facts->percent);
    case FIELD_poll_code: return code_value(facts, SBFOTA_HAS_POLL_CODE, facts->poll_code);
    case FIELD_http_code: return code_value(facts, SBFOTA_HAS_HTTP_CODE, facts->http_code);
    case FIELD_update_code: return code_value(facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code);
    case FIELD_report_code: return code_value(facts, SBFOTA_HAS_REPORT_CODE, facts->report_code);
    case FIELD_text: code = failure(facts); return value_word(code == NULL ? NULL : code->text, 0);
    case FIELD_resumes: return value_number(true, facts->resumes);
    case FIELD_accepted: return value_bool(facts->accepted);
    case FIELD_delay: return value_number(facts->delay != SBFOTA_NO_DELAY, facts->delay);
    case FIELD_downloading_s: return span_value(facts->downloading_ms, true);
    case FIELD_downloading_ms: return span_value(facts->downloading_ms, false);
    case FIELD_updating_s: return span_value(facts->updating_ms, true);
    case FIELD_updating_ms: return span_value(facts->updating_ms, false);
    case FIELD_restore_s: return span_value(facts->restore_ms, true);
    case FIELD_restore_ms: return span_value(facts->restore_ms, false);
    case FIELD_problems:
        return (struct record_value){.type = VALUE_PROBLEMS, .number = facts->problems};
    case FIELDS: break;
    }
    return value_number(false, 0);
}

const struct record_kind attempt_kind = RECORD_KIND(value);
