/* SPDX-License-Identifier: MIT
 *
 * A script of faults: what happens to which module, and when. Its lines are those of grammar/fault_script.re. */
#ifndef SBFOTA_CLI_SIMULATE_SCRIPT_H
#define SBFOTA_CLI_SIMULATE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simulate/module.h"

/* A fault of the port; the others are enum module_fault. */
enum {
    SCRIPT_UNPLUG = MODULE_FAULTS
};

enum script_when {
    SCRIPT_AT,  /* at a time */
    SCRIPT_ON,  /* on the first such event */
    SCRIPT_EACH /* on each */
};

enum {
    SCRIPT_ALL_MODEMS = -1
};

struct script_rule {
    int64_t at;    /* ms since the begin, or behind the event */
    int64_t lasts; /* ms; 0: not said */
    int64_t modem; /* its number from 0, or SCRIPT_ALL_MODEMS */
    int32_t value; /* of the event: a percentage that is reached, else the very number */
    uint16_t count;
    uint8_t when;  /* enum script_when */
    uint8_t event; /* enum sbfota_kind; SBFOTA_OTHER: any command */
    uint8_t fault;
    bool has_value;
};

struct script {
    struct script_rule *rules;
    size_t count;
};

/* Which modem a name is: its number from 0, or SCRIPT_ALL_MODEMS if there is none. */
typedef int64_t script_find_modem(const void *context, const char *name, size_t length);

/* Read a script. False, with an error line for each of its lines that is wrong, or if it cannot be read. End with script_free in
 * both cases. */
bool script_read(struct script *script, const char *path, script_find_modem *find,
                 const void *context);
void script_free(struct script *script);

/* Does the event make the rule's fault happen? Whose modem it is has been asked. */
bool script_rule_matches(const struct script_rule *rule, unsigned kind, int32_t value);

/* A time of the command line, as 90s or 14d, in milliseconds. False if it is none, or over a hundred years. */
bool script_read_time(const char *text, int64_t *milliseconds);

#endif
