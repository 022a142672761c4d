/* SPDX-License-Identifier: MIT
 *
 * One simulated modem of a run: the module, who sits at its other end (a port, or a host in this program), its log, and what
 * the script has in store for it. */
#ifndef SBFOTA_CLI_SIMULATE_MODEM_H
#define SBFOTA_CLI_SIMULATE_MODEM_H

#include <stdio.h>

#include <sbfota/host.h>

#include "cli/simulate/log.h"
#include "cli/simulate/options.h"
#include "cli/simulate/port.h"
#include "cli/simulate/script.h"

/* What all modems of a run share. */
struct simulate_run {
    struct simulate_options options;
    struct script script;
    struct run_log log;
    FILE *truth;   /* or NULL */
    int64_t start; /* of the simulated time */
    bool failed;   /* a port could not be made again, which was told */
};

/* A rule of the script, for one modem. */
struct rule_state {
    int64_t due; /* MODULE_NEVER: not now */
    bool done;   /* once, and not again */
};

struct simulated_modem {
    struct module module;
    struct port port;
    struct sbfota_host host;
    struct sbfota_parser parser; /* of what the module says */
    struct modem_log log;
    struct dice dice;         /* of the host */
    struct rule_state *rules; /* as many as the script has */
    int64_t host_due;         /* the host is to be polled; MODULE_NEVER: there is none */
    int64_t ready_due;        /* the host's tasks stop */
    int64_t plug_due;         /* the port comes back */
    int64_t first_seen;       /* the first and the last line; MODULE_NEVER: none */
    int64_t last_seen;
    size_t command_length;
    char command[MODULE_COMMAND_MAX]; /* of the host, that is not complete */
    char *link;                       /* of the port, or NULL */
    char name[48];
};

/* The name of a modem, counted from 0. */
void simulated_name(const struct simulate_options *options, unsigned number, char name[48]);

/* Make it, and switch it on. False, with an error line, without memory or a port. End it with simulated_end. */
bool simulated_begin(struct simulated_modem *modem, struct simulate_run *run, unsigned number);

/* Tell the path of its port, or that of the link to it, on standard output, or on standard error if the log goes there. */
void simulated_tell_port(const struct simulated_modem *modem, const struct simulate_run *run);

/* When there is next something to do; MODULE_NEVER: not by itself. */
int64_t simulated_due(const struct simulated_modem *modem, const struct simulate_run *run);

/* Do what is due by now. */
void simulated_step(struct simulated_modem *modem, struct simulate_run *run, int64_t now);

/* Take what has come by the port. */
void simulated_listen(struct simulated_modem *modem, struct simulate_run *run, int64_t now);

/* Have the attempts that were asked for been made, and is nothing more to come? */
bool simulated_is_done(const struct simulated_modem *modem, const struct simulate_run *run);

/* The end of the run: the log and the truth are completed, the port goes away. */
void simulated_end(struct simulated_modem *modem, struct simulate_run *run, int64_t now);

/* The truth of a run, JSON Lines: a record an attempt, with the fields that sessions has for it, and a record a
 * modem. */

void truth_put_attempt(FILE *file, const char *modem, const struct sbfota_attempt *attempt);
void truth_put_modem(FILE *file, const struct simulated_modem *modem);

#endif
