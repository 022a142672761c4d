/* SPDX-License-Identifier: MIT
 *
 * What may happen at a port: the names for --on and --until. */
#ifndef SBFOTA_CLI_WATCH_ALARMS_H
#define SBFOTA_CLI_WATCH_ALARMS_H

#include <stdbool.h>
#include <stdint.h>

#include <sbfota/session.h>

/* Each kind of message by its number; outcomes; and what is not told by one message. */
enum alarm {
    ALARM_MESSAGE = 0,                 /* + enum sbfota_kind */
    ALARM_OUTCOME = SBFOTA_KIND_COUNT, /* + enum sbfota_outcome */
    ALARM_FAILED =
        ALARM_OUTCOME + SBFOTA_OUTCOME_COUNT, /* an attempt has failed, and that is settled */
    ALARM_POWER,                              /* what losing the power would do has changed */
    ALARM_SILENT,                             /* the module has said nothing for too long */
    ALARM_HEARD,                              /* and says something again */
    ALARM_POLLING_STOPPED,                    /* the module will not ask for firmware any more */
    ALARM_DELAY_FAILED,                       /* the delay that is asked for could not be set */
    ALARM_LOST,                               /* the port has gone */
    ALARM_FOUND,                              /* it is there again */
    ALARMS
};

/* What it is called; NULL for a number that is none. */
const char *alarm_name(unsigned alarm);
const char *alarm_summary(unsigned alarm);

/* Is it worth a bell: has an update ended, or is something wrong? */
bool alarm_rings(unsigned alarm);

/* The bits 1 << alarm of names with commas between. False if one is none: then *wrong is where it begins, *length how long it
 * is. */
bool alarm_read(const char *names, uint64_t *alarms, const char **wrong, unsigned *length);

/* Has an attempt that ended so gone wrong? */
bool alarm_is_failure(unsigned outcome);

/* And is that settled? A module that has lost its power may yet go on, until it says that no update is under way. */
bool alarm_is_settled(unsigned outcome, enum sbfota_power power);

#endif
