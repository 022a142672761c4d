/* SPDX-License-Identifier: MIT */
#include "cli/simulate/modem.h"

#include <inttypes.h>

#include "cli/writing/time.h"

static void put_time(FILE *file, const char *key, int64_t milliseconds)
{
    char moment[TIME_TEXT_SIZE];
    if (milliseconds != MODULE_NEVER)
        fprintf(file, ",\"%s\":\"%s\"", key, utc_show(milliseconds, moment));
}

static void put_code(FILE *file, const char *key, bool here, int32_t code)
{
    if (here)
        fprintf(file, ",\"%s\":%" PRId32, key, code);
}

/* Without zeros at the end, as sessions writes it. */
static void put_seconds(FILE *file, const char *key, uint32_t milliseconds)
{
    char number[24];
    if (milliseconds == SBFOTA_NO_DURATION)
        return;
    int length = snprintf(number, sizeof number, "%" PRIu32 ".%03" PRIu32, milliseconds / 1000,
                          milliseconds % 1000);
    while (number[length - 1] == '0')
        length--;
    if (number[length - 1] == '.')
        length--;
    fprintf(file, ",\"%s\":%.*s", key, length, number);
}

static void put_percent(FILE *file, unsigned percent)
{
    if (percent != SBFOTA_NO_PERCENT)
        fprintf(file, ",\"percent\":%u", percent);
}

void truth_put_attempt(FILE *file, const char *modem, const struct sbfota_attempt *attempt)
{
    fprintf(file, "{\"record\":\"attempt\",\"modem\":\"%s\"", modem);
    put_time(file, "started", attempt->started);
    put_time(file, "ended", attempt->ended);
    fprintf(file, ",\"outcome\":\"%s\",\"phase\":\"%s\"", sbfota_outcome_name(attempt->outcome),
            sbfota_phase_name(attempt->phase));
    put_percent(file, attempt->percent);
    put_code(file, "poll_code", attempt->has & SBFOTA_HAS_POLL_CODE, attempt->poll_code);
    put_code(file, "http_code", attempt->has & SBFOTA_HAS_HTTP_CODE, attempt->http_code);
    put_code(file, "update_code", attempt->has & SBFOTA_HAS_UPDATE_CODE, attempt->update_code);
    put_code(file, "report_code", attempt->has & SBFOTA_HAS_REPORT_CODE, attempt->report_code);
    fprintf(file, ",\"resumes\":%u,\"accepted\":%s", attempt->resumes,
            attempt->accepted ? "true" : "false");
    put_code(file, "delay", attempt->delay != SBFOTA_NO_DELAY, attempt->delay);
    put_seconds(file, "downloading_s", attempt->downloading_ms);
    put_seconds(file, "updating_s", attempt->updating_ms);
    put_seconds(file, "restore_s", attempt->restore_ms);
    fputs("}\n", file);
}

/* What a loss of the power would do now (source: 5.3, note 2). */
static enum sbfota_power power_of(const struct module *module)
{
    switch ((enum module_phase)module->phase) {
    case MODULE_DOWNLOADING: return SBFOTA_POWER_ENDS_PROCESS;
    case MODULE_WAITING: return SBFOTA_POWER_FORBIDDEN;
    case MODULE_UPDATING: return SBFOTA_POWER_ROLLS_BACK;
    case MODULE_RESTORING: return SBFOTA_POWER_FORCES_UPDATE;
    default: return SBFOTA_POWER_SAFE;
    }
}

void truth_put_modem(FILE *file, const struct simulated_modem *modem)
{
    const struct module *const module = &modem->module;
    const struct module_truth *const truth = &module->truth;
    const bool has = truth->attempts > 0;
    fprintf(file, "{\"record\":\"modem\",\"modem\":\"%s\",\"phase\":\"%s\"", modem->name,
            sbfota_phase_name(has ? truth->attempt.phase : SBFOTA_PHASE_NONE));
    if (has)
        fprintf(file, ",\"outcome\":\"%s\"", sbfota_outcome_name(truth->attempt.outcome));
    fprintf(file, ",\"attempts\":%" PRIu32 ",\"updated\":%" PRIu32, truth->attempts,
            truth->updated);
    put_time(file, "first_seen", modem->first_seen);
    put_time(file, "last_seen", modem->last_seen);
    fprintf(file, ",\"power\":\"%s\",\"polling_stopped\":%s", sbfota_power_name(power_of(module)),
            module->poll_due == MODULE_NEVER ? "true" : "false");
    put_time(file, "next_poll", module->poll_due);
    fprintf(file, ",\"delay\":%u,\"power_losses\":%" PRIu32 "}\n", module->delay,
            truth->power_losses);
}
