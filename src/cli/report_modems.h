/* SPDX-License-Identifier: MIT
 *
 * What a report tells of each modem: its sums, and its last attempts with the phases of each. */
#ifndef SBFOTA_CLI_REPORT_MODEMS_H
#define SBFOTA_CLI_REPORT_MODEMS_H

#include "fleet_summary.h"
#include "log/fleet.h"

enum {
    REPORT_KEPT = 8,       /* attempts of a modem that can be drawn, the last ones */
    REPORT_TRACE_SIZE = 80 /* bytes of a trace; one that is longer ends in REPORT_TRACE_CUT */
};

/* What an attempt went through, as text: a letter for what begins there, REPORT_PHASES[phase] or one of
 * these, and behind it the seconds until the next letter, to the base of 36; none if they are not
 * known. */
#define REPORT_PHASES "?PDWURESB"
enum {
    REPORT_TRACE_LOSS = '!',   /* a boot that tells of a power loss */
    REPORT_TRACE_RESUME = '+', /* the module goes on with the update */
    REPORT_TRACE_CUT = '~'     /* more came than fits */
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

struct report_modem {
    struct bytes name; /* a modem's or, if it is unnamed, a file's */
    uint64_t attempts;
    uint64_t updated; /* of them */
    uint64_t losses;  /* of power, while an attempt was under way */
    uint64_t resumes;
    int64_t last_seen; /* seconds since 1970, or SBFOTA_NO_TIME */
    struct report_attempt *
        last; /* REPORT_KEPT of them, NULL before the first; the last one stands at (attempts - 1) % REPORT_KEPT */
    struct report_trace trace;
    bool unnamed;
    bool stopped; /* it polls no more */
};

/* Start with all zero; end with report_modems_free. */
struct report_modems {
    struct report_modem *list; /* by their numbers in the fleet */
    uint32_t count;
    uint32_t capacity;
    bool no_memory;
};

void report_modems_follow(struct report_modems *modems, const struct fleet_followed *followed);
void report_modems_take(struct report_modems *modems, const struct log_attempt *attempt);

/* How a modem stands at the end. Its name is the fleet's and lives as long. */
void report_modems_stand(struct report_modems *modems, const struct fleet_member *member);

/* The last attempt but `back`, which is below both `attempts` and REPORT_KEPT. */
const struct report_attempt *report_modem_attempt(const struct report_modem *modem, unsigned back);

/* Their numbers, the worst first; the caller frees them. NULL without memory and without modems. */
uint32_t *report_modems_order(const struct report_modems *modems);

void report_modems_free(struct report_modems *modems);

#endif
