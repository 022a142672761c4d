/* SPDX-License-Identifier: MIT */
#include "attempt_fields.h"

#include <sbfota/texts.h>

#include "time.h"

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

static struct attempt_value duration_value(uint32_t milliseconds, unsigned type)
{
    return (struct attempt_value){.type = milliseconds == SBFOTA_NO_DURATION ? VALUE_NONE : type,
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
    case ATTEMPT_downloading_s: return duration_value(facts->downloading_ms, VALUE_SECONDS);
    case ATTEMPT_downloading_ms: return duration_value(facts->downloading_ms, VALUE_NUMBER);
    case ATTEMPT_updating_s: return duration_value(facts->updating_ms, VALUE_SECONDS);
    case ATTEMPT_updating_ms: return duration_value(facts->updating_ms, VALUE_NUMBER);
    case ATTEMPT_restore_s: return duration_value(facts->restore_ms, VALUE_SECONDS);
    case ATTEMPT_restore_ms: return duration_value(facts->restore_ms, VALUE_NUMBER);
    case ATTEMPT_problems:
        return (struct attempt_value){.type = VALUE_PROBLEMS, .number = facts->problems};
    case ATTEMPT_FIELDS: break;
    }
    return (struct attempt_value){.type = VALUE_NONE};
}
