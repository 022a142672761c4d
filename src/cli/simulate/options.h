/* SPDX-License-Identifier: MIT
 *
 * The options of simulate. */
#ifndef SBFOTA_CLI_SIMULATE_OPTIONS_H
#define SBFOTA_CLI_SIMULATE_OPTIONS_H

#include "simulate/module.h"

enum {
    SIMULATE_MODEMS_MOST = 100000,
    SIMULATE_PORTS_MOST = 64,
    SIMULATE_NEVER = -1, /* the host does not accept */
    SIMULATE_ANY = -2    /* a number of seconds by the dice */
};

struct simulate_options {
    struct module_options module; /* of each; the seed is one of its own */
    int64_t start;                /* of the simulated time, ms since 1970; INT64_MIN: not said */
    int64_t lasts;                /* ms; 0: until the attempts are over */
    double speed;                 /* of the simulated time; 0: as fast as it goes */
    const char *link;             /* or NULL */
    const char *log;              /* or NULL; "-" for standard output */
    const char *truth;            /* or NULL */
    const char *script;           /* or NULL */
    const char *name;             /* what the modems' names begin with */
    unsigned modems;
    unsigned attempts; /* of each; 0: without an end */
    int delay;         /* that the modules have saved, or are to be set; SIMULATE_ANY */
    int accept;        /* seconds behind UPDATE_TIMEOUT; SIMULATE_NEVER, SIMULATE_ANY */
    bool speed_said;
    bool ports; /* each modem has one */
    bool host;  /* each modem has a host in this program */
    bool raw;
    bool spellings; /* each modem has one of those of the note */
};

/* Read the command line behind the command's name. True to go on; false to end with *status: what was asked has been answered, or
 * what was wrong has been said. */
bool simulate_options_read(struct simulate_options *options, int argc, char **argv, int *status);

#endif
