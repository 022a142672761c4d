/* SPDX-License-Identifier: MIT */
#include "attempt_fields.h"

#include <sbfota/texts.h>

#include "time.h"

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

struct record_value attempt_value(const struct fleet *fleet, const struct log_attempt *attempt,
                                  enum attempt_field field, char *time)
{
    static const struct record_value none = {.type = VALUE_NONE};
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct sbfota_code_row *code;
    switch (field) {
    case ATTEMPT_modem: return value_text(attempt->modem);
    case ATTEMPT_file: return value_text(fleet_file(fleet, attempt->from->file));
    case ATTEMPT_to_file:
        if (attempt->to->file == attempt->from->file)
            return none;
        return value_text(fleet_file(fleet, attempt->to->file));
    case ATTEMPT_started:
    case ATTEMPT_started_text:
        return value_time(attempt->from->time, attempt->from->time_length, time);
    case ATTEMPT_ended:
    case ATTEMPT_ended_text: return value_time(attempt->to->time, attempt->to->time_length, time);
    case ATTEMPT_from_line: return value_number(true, (long long)attempt->from->line);
    case ATTEMPT_to_line: return value_number(true, (long long)attempt->to->line);
    case ATTEMPT_outcome: return value_word(sbfota_outcome_name(facts->outcome), facts->outcome);
    case ATTEMPT_phase: return value_word(sbfota_phase_name(facts->phase), facts->phase);
    case ATTEMPT_percent: return value_number(facts->percent != SBFOTA_NO_PERCENT, facts->percent);
    case ATTEMPT_poll_code: return code_value(facts, SBFOTA_HAS_POLL_CODE, facts->poll_code);
    case ATTEMPT_http_code: return code_value(facts, SBFOTA_HAS_HTTP_CODE, facts->http_code);
    case ATTEMPT_update_code: return code_value(facts, SBFOTA_HAS_UPDATE_CODE, facts->update_code);
    case ATTEMPT_report_code: return code_value(facts, SBFOTA_HAS_REPORT_CODE, facts->report_code);
    case ATTEMPT_text:
        code = failure(facts);
        return value_word(code == NULL ? NULL : code->text, 0);
    case ATTEMPT_resumes: return value_number(true, facts->resumes);
    case ATTEMPT_accepted: return value_bool(facts->accepted);
    case ATTEMPT_delay: return value_number(facts->delay != SBFOTA_NO_DELAY, facts->delay);
    case ATTEMPT_downloading_s: return value_duration(facts->downloading_ms, true);
    case ATTEMPT_downloading_ms: return value_duration(facts->downloading_ms, false);
    case ATTEMPT_updating_s: return value_duration(facts->updating_ms, true);
    case ATTEMPT_updating_ms: return value_duration(facts->updating_ms, false);
    case ATTEMPT_restore_s: return value_duration(facts->restore_ms, true);
    case ATTEMPT_restore_ms: return value_duration(facts->restore_ms, false);
    case ATTEMPT_problems:
        return (struct record_value){.type = VALUE_PROBLEMS, .number = facts->problems};
    case ATTEMPT_FIELDS: break;
    }
    return (struct record_value){.type = VALUE_NONE};
}
