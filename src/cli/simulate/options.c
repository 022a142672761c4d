/* SPDX-License-Identifier: MIT */
#include "cli/simulate/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sbfota/texts.h>

#include "cli/options.h"
#include "cli/simulate/script.h"
#include "cli/writing/error_line.h"

static bool read_count(int option, const char *value, long least, long most, unsigned *count)
{
    long number;
    if (!option_number(option, value, "", least, most, &number))
        return false;
    *count = (unsigned)number;
    return true;
}

static bool read_percent(int option, const char *value, uint8_t *percent)
{
    long number;
    if (!option_number(option, value, "", 0, 100, &number))
        return false;
    *percent = (uint8_t)number;
    return true;
}

/* 0 to 60 seconds (source: 4.2), or any of them. */
static bool read_seconds(int option, const char *value, int *seconds)
{
    long number = SIMULATE_ANY;
    if (strcmp(value, "any") != 0 && !option_number(option, value, "", 0, 60, &number))
        return false;
    *seconds = (int)number;
    return true;
}

static bool read_time(int option, const char *value, int64_t *milliseconds)
{
    return script_read_time(value, milliseconds) ||
           option_refuse(option, value, "a time such as 30s, 90m, 12h or 14d");
}

/* The same as seconds, at least one. */
static bool read_time_in_seconds(int option, const char *value, uint32_t *seconds)
{
    int64_t milliseconds;
    if (!read_time(option, value, &milliseconds))
        return false;
    if (milliseconds < 1000)
        return option_refuse(option, value, "a second at least");
    *seconds = (uint32_t)(milliseconds / 1000);
    return true;
}

static bool read_speed(const char *value, double *speed)
{
    char *end;
    if (strcmp(value, "max") == 0) {
        *speed = 0;
        return true;
    }
    *speed = strtod(value, &end);
    if (*value >= '0' && *value <= '9' && *end == '\0' && *speed >= 0.001 && *speed <= 1e9)
        return true;
    return option_refuse(OPTION_SPEED, value, "a number of times as fast as the clock, or max,");
}

/* A code of the note's tables, 0, or any that says that something has failed. */
static bool read_code(int option, const char *value, enum sbfota_code_table table, int32_t *code)
{
    char needed[80];
    long number;
    char *end;
    if (strcmp(value, "any") == 0) {
        *code = MODULE_ANY_CODE;
        return true;
    }
    errno = 0;
    number = strtol(value, &end, 10);
    if (*value != '\0' && *end == '\0' && errno == 0 && number >= INT16_MIN &&
        number <= INT16_MAX && (number == 0 || sbfota_code(table, (int32_t)number) != NULL)) {
        *code = (int32_t)number;
        return true;
    }
    snprintf(needed, sizeof needed, "a code of %s, 0 or any,",
             table == SBFOTA_CODE_TABLE_POLLING ? "POLLING"
             : table == SBFOTA_CODE_TABLE_HTTP  ? "HTTPEND"
                                                : "END");
    return option_refuse(option, value, needed);
}

/* NAME, which is always, or NAME=PERCENT. */
static bool read_fault(const char *value, struct module_options *options, bool *ended)
{
    const size_t length = strcspn(value, "=");
    uint8_t percent = 100;
    if (strcmp(value, "help") == 0) {
        for (unsigned fault = 0; fault < MODULE_FAULTS; fault++)
            printf("%-11s %s\n", module_fault_name(fault), module_fault_summary(fault));
        puts("unplug      of scripts: the port goes away, and comes back under the same link");
        *ended = true;
        return true;
    }
    if (value[length] == '=' && !read_percent(OPTION_FAULT, value + length + 1, &percent))
        return false;
    struct suggestion suggestion = suggestion_of(value, length);
    for (unsigned fault = 0; fault < MODULE_FAULTS; fault++) {
        const char *const name = module_fault_name(fault);
        suggestion_try(&suggestion, name);
        if (strlen(name) != length || memcmp(name, value, length) != 0)
            continue;
        options->faults[fault] = (uint8_t)((percent * 255 + 99) / 100);
        return true;
    }
    return option_refuse_name(OPTION_FAULT, &suggestion, "fault");
}

static bool read_name(const char *value, const char **name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._-";
    *name = value;
    if (*value != '.' && *value != '-' && strlen(value) <= 32 &&
        value[strspn(value, letters)] == '\0')
        return true;
    return option_refuse(OPTION_NAME, value, "up to 32 letters, digits, \"-\", \"_\" and \".\"");
}

/* Why the server cannot be asked, as the module finds out. */
static bool read_poll(const char *value, struct module_options *options)
{
    int32_t code = 0;
    if (!read_code(OPTION_POLL, value, SBFOTA_CODE_TABLE_POLLING, &code))
        return false;
    options->poll_code = code == MODULE_ANY_CODE ? code : 0;
    options->unregistered = code == -1;
    options->sim = code == -2   ? MODULE_SIM_ANOTHER
                   : code == -3 ? MODULE_SIM_NONE
                                : MODULE_SIM_SOFTBANK;
    options->roaming = code == -4;
    return true;
}

/* An option of the run. */
static bool take_run_option(struct simulate_options *options, int option, const char *value,
                            bool *ended)
{
    long number;
    switch (option) {
    case OPTION_PTY: options->ports = true; return true;
    case OPTION_LINK:
        options->ports = true;
        options->link = value;
        return true;
    case OPTION_LOG: options->log = value; return true;
    case OPTION_RAW: options->raw = true; return true;
    case OPTION_TRUTH: options->truth = value; return true;
    case OPTION_MODEMS: return read_count(option, value, 1, SIMULATE_MODEMS_MOST, &options->modems);
    case OPTION_NAME: return read_name(value, &options->name);
    case OPTION_ATTEMPTS: return read_count(option, value, 1, 1000000, &options->attempts);
    case OPTION_FOR: return read_time(option, value, &options->lasts);
    case OPTION_SPEED: return read_speed(value, &options->speed);
    case OPTION_SEED:
        if (!option_number(option, value, "", 0, INT32_MAX, &number))
            return false;
        options->module.seed = (uint64_t)number;
        return true;
    case OPTION_START: return option_date(option, value, &options->start);
    case OPTION_HOST: options->host = true; return true;
    case OPTION_SPELLING:
        options->spellings = true;
        return strcmp(value, "any") == 0 || option_refuse(option, value, "any");
    case OPTION_ACCEPT: options->host = true; return read_seconds(option, value, &options->accept);
    case OPTION_FAULT: return read_fault(value, &options->module, ended);
    case OPTION_SCRIPT: options->script = value; return true;
    }
    return false;
}

/* An option, mostly of the modules. */
static bool take_option(void *context, int option, const char *value, bool *ended)
{
    struct simulate_options *const options = context;
    struct module_options *const module = &options->module;
    options->speed_said = options->speed_said || option == OPTION_SPEED;
    switch (option) {
    case OPTION_FIRST_POLL: return read_time_in_seconds(option, value, &module->first_poll);
    case OPTION_PSM: return read_time_in_seconds(option, value, &module->psm);
    case OPTION_DELAY: return read_seconds(option, value, &options->delay);
    case OPTION_POLL: return read_poll(value, module);
    case OPTION_HTTP: return read_code(option, value, SBFOTA_CODE_TABLE_HTTP, &module->http_code);
    case OPTION_UPDATE:
        return read_code(option, value, SBFOTA_CODE_TABLE_UPDATE, &module->update_code);
    case OPTION_REPORT:
        return read_code(option, value, SBFOTA_CODE_TABLE_HTTP, &module->report_code);
    case OPTION_UP_TO_DATE: module->up_to_date = true; return true;
    case OPTION_FAILURES: return read_percent(option, value, &module->failures);
    case OPTION_POWER_LOSSES: return read_percent(option, value, &module->power_losses);
    case OPTION_NO_ECHO: module->no_echo = true; return true;
    default: return take_run_option(options, option, value, ended);
    }
}

static bool fail(const char *what)
{
    error_line(NULL, 0, "%s", what);
    return false;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Do the options go together? What was not said is settled. */
static bool settle(struct simulate_options *options)
{
    if (options->ports && options->host)
        return fail("--host and --accept are for modems without a port: who opens it is the host");
    if (options->ports && options->speed_said && options->speed == 0)
        return fail("--speed max is for modems without a port: no host could follow");
    if (options->ports && options->modems > SIMULATE_PORTS_MOST)
        return fail("--modems: with a port each, 64 at most");
    if (!options->ports && options->log == NULL)
        options->log = "-";
    if (options->raw && options->modems > 1 && options->log != NULL && !is_folder(options->log))
        return fail("--raw: the bytes of several modems would mix; name a folder that is there by "
                    "--log");
    if (options->ports && !options->speed_said)
        options->speed = 1;
    if (!options->ports && options->attempts == 0)
        options->attempts = 1;
    return true;
}

bool simulate_options_read(struct simulate_options *options, int argc, char **argv, int *status)
{
    *options = (struct simulate_options){.module = {.seed = 1},
                                         .start = INT64_MIN,
                                         .name = "modem-",
                                         .modems = 1,
                                         .accept = SIMULATE_NEVER};
    if (!command_line_read(COMMAND_SIMULATE, argc, argv, take_option, options, status))
        return false;
    *status = EXIT_TROUBLE;
    if (optind < argc) {
        error_line(NULL, 0, "simulate \"%s\": no file is read; see sbfota simulate --help",
                   argv[optind]);
        return false;
    }
    return settle(options);
}
