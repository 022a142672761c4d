/* SPDX-License-Identifier: MIT
 *
 * What a report tells of each modem beside where it stands: its last attempts with the phases of each. */
#ifndef SBFOTA_CLI_REPORT_MODEMS_H
#define SBFOTA_CLI_REPORT_MODEMS_H

#include "cli/stats/fleet_summary.h"
#include "log/sessions/fleet.h"
#include "log/sessions/modem_state.h"

enum {
    REPORT_KEPT = 8,       /* attempts of a modem that can be drawn, the last ones */
    REPORT_TRACE_SIZE = 80 /* bytes of a trace; one that is longer ends in REPORT_TRACE_CUT */
};

/* What an attempt went through, as text: a letter for what begins there, REPORT_PHASES[phase] or one of
 * these, and behind it the seconds until the next letter, to the base of 36; none if they are not
 * known. */
#define REPORT_PHASES "?PDWURESB"
enum {
    REPORT_TRACE_SILENCE = '-', /* nothing more is said until the boot that tells of a power loss */
    REPORT_TRACE_LOSS = '!',    /* that boot */
    REPORT_TRACE_RESUME = '+',  /* the module goes on with the update */
    REPORT_TRACE_CUT = '~'      /* more came than fits */
};

struct report_trace {
    int64_t marked; /* time of the last letter, or SBFOTA_NO_TIME */
    int64_t latest; /* of the last event */
    uint8_t length;
    bool cut;
    bool lost; /* the last event was a loss of power */
    char text[REPORT_TRACE_SIZE];
};

/* How an attempt ended, or where it stands: a failure, or an outcome that is none. */
struct report_attempt {
    int64_t started; /* seconds since 1970, or SBFOTA_NO_TIME */
    struct failure ending;
    int32_t report_code; /* 0 if there is none */
    uint16_t problems;
    uint8_t percent;
    uint8_t trace_length;
    char *trace;
};

/* Kept behind each modem of the fleet. */
struct report_modem {
    struct modem_state state; /* first: modem_show takes a modem for that */
    uint32_t resumes;
    struct report_kept *kept; /* NULL before the first attempt */
    struct report_trace trace;
};

/* Of all modems: start with all zero; end with report_modems_free. */
struct report_modems {
    struct report_kept *all;
    uint64_t resumes;
    bool no_memory;
};

/* For a struct fleet_sink. */
void report_modem_see(struct report_modems *modems, const struct fleet *fleet,
                      struct report_modem *modem, const struct fleet_event *event, int64_t time,
                      const struct sbfota_session *session, unsigned changes);
void report_modem_take(struct report_modems *modems, const struct log_attempt *attempt);

/* The last attempt but `back`, which is below both the attempts that there are and REPORT_KEPT. */
const struct report_attempt *report_modem_attempt(const struct report_modem *modem, unsigned back);

/* The places of all modems in the fleet (fleet_next), the worst first; the caller frees them. NULL without memory. */
size_t *report_modems_order(const struct fleet *fleet, size_t *count);

void report_modems_free(struct report_modems *modems);

#endif
