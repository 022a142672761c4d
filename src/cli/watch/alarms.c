/* SPDX-License-Identifier: MIT */
#include "cli/watch/alarms.h"

#include <string.h>

#include <sbfota/texts.h>

_Static_assert(ALARMS <= 64, "alarms are bits of 64");

static const struct {
    const char *name;
    const char *summary;
} own[ALARMS] = {
    [ALARM_FAILED] = {"failed", "an attempt has failed, and the module will not go on with it"},
    [ALARM_POWER] = {"power", "what losing the power would do is another than before"},
    [ALARM_SILENT] = {"silent", "no message for longer than the limit of the phase"},
    [ALARM_HEARD] = {"heard", "a message behind a silence"},
    [ALARM_POLLING_STOPPED] = {"polling_stopped", "the module will not ask for firmware any more"},
    [ALARM_DELAY_FAILED] = {"delay_failed", "the delay that is asked for could not be set"},
    [ALARM_LOST] = {"lost", "the port has gone"},
    [ALARM_FOUND] = {"found", "the port is there, or there again"},
};

static const char *outcome_summary(unsigned outcome)
{
    static const char *const summaries[SBFOTA_OUTCOME_COUNT] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) \
    [SBFOTA_OUTCOME_##id] = (summary),
#include "outcomes.def"
#undef SBFOTA_OUTCOME
    };
    /* An outcome is told where it has become another. */
    return outcome == SBFOTA_OUTCOME_IN_PROGRESS ? "an attempt goes on that had been given up"
                                                 : summaries[outcome];
}

const char *alarm_name(unsigned alarm)
{
    if (alarm >= ALARMS)
        return NULL;
    if (alarm >= ALARM_FAILED)
        return own[alarm].name;
    if (alarm >= ALARM_OUTCOME)
        return sbfota_outcome_name(alarm - ALARM_OUTCOME);
    const struct sbfota_message_row *const message = sbfota_message(alarm);
    return message == NULL || alarm == SBFOTA_BLANK ? NULL : message->name;
}

const char *alarm_summary(unsigned alarm)
{
    if (alarm >= ALARMS || alarm_name(alarm) == NULL)
        return NULL;
    if (alarm >= ALARM_FAILED)
        return own[alarm].summary;
    if (alarm >= ALARM_OUTCOME)
        return outcome_summary(alarm - ALARM_OUTCOME);
    return sbfota_message(alarm)->summary;
}

bool alarm_rings(unsigned alarm)
{
    return alarm == ALARM_OUTCOME + SBFOTA_OUTCOME_UPDATED || alarm == ALARM_FAILED ||
           alarm == ALARM_OUTCOME + SBFOTA_OUTCOME_INTERRUPTED || alarm == ALARM_SILENT ||
           alarm == ALARM_LOST || alarm == ALARM_DELAY_FAILED;
}

static unsigned find(const char *name, size_t length)
{
    for (unsigned alarm = 0; alarm < ALARMS; alarm++) {
        const char *const other = alarm_name(alarm);
        if (other != NULL && strlen(other) == length && memcmp(other, name, length) == 0)
            return alarm;
    }
    return ALARMS;
}

bool alarm_read(const char *names, uint64_t *alarms, const char **wrong, unsigned *length)
{
    for (const char *name = names;; name += *length + 1) {
        *wrong = name;
        *length = (unsigned)strcspn(name, ",");
        const unsigned alarm = find(name, *length);
        if (alarm == ALARMS)
            return false;
        *alarms |= UINT64_C(1) << alarm;
        if (name[*length] == '\0')
            return true;
    }
}

bool alarm_is_failure(unsigned outcome)
{
    return outcome != SBFOTA_OUTCOME_IN_PROGRESS && outcome != SBFOTA_OUTCOME_UPDATED &&
           outcome != SBFOTA_OUTCOME_UNKNOWN;
}

bool alarm_is_settled(unsigned outcome, enum sbfota_power power)
{
    return outcome == SBFOTA_OUTCOME_UPDATE_FAILED || outcome == SBFOTA_OUTCOME_DOWNLOAD_FAILED ||
           outcome == SBFOTA_OUTCOME_POLL_FAILED || power == SBFOTA_POWER_SAFE;
}
