/* SPDX-License-Identifier: MIT
 *
 * The command line of watch. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/files.h"
#include "cli/options.h"
#include "cli/watch/alarms.h"
#include "cli/writing/error_line.h"

/* Bytes, with K, M or G behind. */
static bool read_size(const char *value, uint64_t *size)
{
    char *end;
    errno = 0;
    const unsigned long long number = strtoull(value, &end, 10);
    const unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    if (*value >= '0' && *value <= '9' && end[shift > 0] == '\0' && errno == 0 &&
        number <= (UINT64_C(1) << 50) >> shift && number << shift >= 4096) {
        *size = number << shift;
        return true;
    }
    error_line(NULL, 0, "--log-size \"%s\": a number of bytes from 4096 is needed, as 512K or 10M",
               value);
    return false;
}

static void list_alarms(void)
{
    puts("What may happen, for --on and --until:\n");
    for (unsigned alarm = 0; alarm < ALARMS; alarm++)
        if (alarm_name(alarm) != NULL)
            printf("%s  %-16s %s\n", alarm == ALARM_OUTCOME || alarm == ALARM_FAILED ? "\n" : "",
                   alarm_name(alarm), alarm_summary(alarm));
}

static void list_limits(void)
{
    puts("Seconds that a module may say nothing in:\n");
    for (enum limit limit = LIMIT_IDLE; limit < LIMITS; limit++)
        printf("  %-10s %8u  %s\n", limit_row(limit)->name, (unsigned)limit_row(limit)->seconds,
               limit_row(limit)->why);
}

static bool read_alarms(int option, const char *value, uint64_t *alarms)
{
    const char *wrong;
    unsigned length;
    if (alarm_read(value, alarms, &wrong, &length))
        return true;
    struct suggestion suggestion = suggestion_of(wrong, length);
    for (unsigned alarm = 0; alarm < ALARMS; alarm++)
        if (alarm_name(alarm) != NULL)
            suggestion_try(&suggestion, alarm_name(alarm));
    return option_refuse_name(option, &suggestion, "event");
}

static bool refuse_phase(const char *name, size_t length)
{
    struct suggestion suggestion = suggestion_of(name, length);
    for (enum limit limit = LIMIT_IDLE; limit < LIMITS; limit++)
        suggestion_try(&suggestion, limit_row(limit)->name);
    return option_refuse_name(OPTION_LIMIT, &suggestion, "phase");
}

/* PHASE=SECONDS[,PHASE=SECONDS...] */
static bool read_limits(const char *value, uint32_t limits[LIMITS])
{
    for (const char *next = value;;) {
        const size_t length = strcspn(next, "=,");
        const enum limit limit = limit_find(next, (unsigned)length);
        char digits[16] = "";
        long seconds;
        if (next[length] != '=')
            return option_refuse(OPTION_LIMIT, value, "PHASE=SECONDS[,...]");
        if (limit == LIMITS)
            return refuse_phase(next, length);
        next += length + 1;
        const size_t count = strcspn(next, ",");
        if (count < sizeof digits)
            memcpy(digits, next, count);
        if (!option_number(OPTION_LIMIT, digits, "", 0, 100000000, &seconds))
            return false;
        limits[limit] = (uint32_t)seconds;
        if (next[count] == '\0')
            return true;
        next += count + 1;
    }
}

/* --on EVENT COMMAND: the command is the next word. */
static bool read_on(struct options *options, const char *value)
{
    struct watch_options *const own = &options->watch;
    if (own->on_count == WATCH_ON_MOST) {
        error_line(NULL, 0, "--on: there are more than %d", WATCH_ON_MOST);
        return false;
    }
    struct watch_on *const on = &own->on[own->on_count];
    if (!read_alarms(OPTION_ON, value, &on->alarms))
        return false;
    if (optind >= options->argument_count || options->arguments[optind][0] == '\0') {
        error_line(NULL, 0, "--on %s: a command is needed behind it", value);
        return false;
    }
    on->command = options->arguments[optind++];
    own->on_count++;
    return true;
}

static bool read_speed(const char *value, struct serial_settings *settings)
{
    long baud;
    if (!option_number(OPTION_SPEED, value, "", 1, 100000000, &baud))
        return false;
    if (serial_speed((unsigned)baud, &settings->speed))
        return true;
    error_line(NULL, 0, "--speed %ld: there is no such speed; 115200 and 921600 are some", baud);
    return false;
}

bool watch_take_option(struct options *options, int option, const char *value, bool *ended)
{
    struct watch_options *const own = &options->watch;
    long number;
    int choice;
    *ended = (option == OPTION_ON || option == OPTION_UNTIL || option == OPTION_LIMIT) &&
             strcmp(value, "help") == 0;
    if (*ended && option == OPTION_LIMIT)
        list_limits();
    else if (*ended)
        list_alarms();
    if (*ended)
        return true;
    switch (option) {
    case OPTION_ACCEPT_WHEN: own->accept = value; return true;
    case OPTION_BELL: own->bell = true; return true;
    case OPTION_DELAY:
        if (!option_number(option, value, "", 0, 60, &number))
            return false;
        own->delay = (unsigned)number;
        return true;
    case OPTION_DTR:
        choice = option_choose(COMMAND_WATCH, option, value);
        own->port.dtr = choice == 0 ? SERIAL_DTR_UP : SERIAL_DTR_DOWN;
        return choice >= 0;
    case OPTION_DURATIONS: own->durations = value; return true;
    case OPTION_LIMIT: return read_limits(value, own->limits);
    case OPTION_LOG: own->log = value; return true;
    case OPTION_LOG_KEEP:
        if (!option_number(option, value, "", 1, 999, &number))
            return false;
        own->log_keep = (unsigned)number;
        return true;
    case OPTION_LOG_SIZE: return read_size(value, &own->log_size);
    case OPTION_METRICS: own->metrics = value; return true;
    case OPTION_ON: return read_on(options, value);
    case OPTION_SPEED: return read_speed(value, &own->port);
    case OPTION_UNTIL: return read_alarms(OPTION_UNTIL, value, &own->until);
    case OPTION_WAIT: own->wait = true; return true;
    }
    return false;
}

/* The log is written on and on, the metrics are replaced as a whole: each needs a file of its own. */
static bool check_files(const struct watch_options *own)
{
    const char *const files[] = {own->log, own->metrics};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i] != NULL && strcmp(files[i], "-") == 0) {
            error_line(NULL, 0, "watch: --log and --metrics need a file, not standard output");
            return false;
        }
        if (file_is_same(own->durations, files[i])) {
            error_line(NULL, 0, "watch: \"%s\" is what --durations reads; write to another file",
                       files[i]);
            return false;
        }
    }
    if (!file_is_same(own->log, own->metrics))
        return true;
    error_line(NULL, 0, "watch: --log and --metrics are both \"%s\"; name another file for one",
               own->metrics);
    return false;
}

bool watch_options_check(const struct options *options)
{
    const struct watch_options *const own = &options->watch;
    bool input = false;
    if (options->argument_count == 0) {
        error_line(NULL, 0,
                   "watch: a port is needed, such as /dev/ttyUSB2, or - for standard input");
        return false;
    }
    for (int i = 0; i < options->argument_count; i++) {
        input = input || strcmp(options->arguments[i], "-") == 0;
        for (int before = 0; before < i; before++) {
            if (strcmp(options->arguments[i], options->arguments[before]) == 0) {
                error_line(NULL, 0, "watch: %s is named twice", options->arguments[i]);
                return false;
            }
        }
    }
    if (input && (own->delay != SBFOTA_NO_DELAY || own->accept != NULL)) {
        error_line(NULL, 0,
                   "watch: nothing can be sent to standard input, as --delay and "
                   "--accept-when would");
        return false;
    }
    if (input && own->durations != NULL && strcmp(own->durations, "-") == 0) {
        error_line(NULL, 0, "watch: standard input is the port: --durations needs a file");
        return false;
    }
    return check_files(own);
}

void watch_options_begin(struct options *options, int argc, char **argv)
{
    options->watch = (struct watch_options){.port = {.speed = B115200},
                                            .delay = SBFOTA_NO_DELAY,
                                            .log_size = UINT64_C(10) << 20,
                                            .log_keep = 5};
    for (enum limit limit = LIMIT_IDLE; limit < LIMITS; limit++)
        options->watch.limits[limit] = limit_row(limit)->seconds;
    /* --on looks at the word behind its value. */
    options->arguments = argv;
    options->argument_count = argc;
}
