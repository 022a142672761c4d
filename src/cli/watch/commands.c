/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sbfota/texts.h>

#include "cli/writing/error_line.h"
#include "cli/writing/text_safety.h"
#include "cli/writing/time.h"

extern char **environ;

enum {
    ASK_AGAIN = 1000, /* ms between two runs of --accept-when */
    VARIABLES = 12,
    VALUE_SIZE = SBFOTA_LINE_MAX * 4 + 32
};

/* The environment of a command: ours, and what it is told. */
struct variables {
    char texts[VARIABLES][VALUE_SIZE];
    size_t count;
};

void commands_queue(struct watch_port *port, const struct watch_on *on, unsigned alarm,
                    const struct sbfota_event *event, const char *text)
{
    struct watch_commands *const commands = &port->commands;
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    if (commands->queued == WATCH_QUEUE) {
        if (!commands->overflow_told)
            error_line(port->path, 0,
                       "commands of --on take too long: what happens meanwhile is left out");
        commands->overflow_told = commands->troubled = true;
        return;
    }
    struct watch_happening *const happening = &commands->queue[commands->queued++];
    *happening = (struct watch_happening){.time = time_now(),
                                          .on = on,
                                          .alarm = (uint8_t)alarm,
                                          .phase = (uint8_t)sbfota_session_phase(session),
                                          .percent = (uint8_t)sbfota_session_percent(session),
                                          .outcome = port->outcome,
                                          .power = (uint8_t)watch_power(port)};
    if (event == NULL)
        return;
    const unsigned argument = sbfota_message(event->kind)->argument;
    happening->has_value = argument != SBFOTA_ARGUMENT_NONE && argument != SBFOTA_ARGUMENT_TEXT &&
                           argument != SBFOTA_ARGUMENT_RANGE &&
                           (argument != SBFOTA_ARGUMENT_CME_CODE || event->extent == 0);
    happening->value = event->value;
    if (text != NULL) {
        happening->length = (uint16_t)event->length;
        memcpy(happening->text, text, happening->length);
    }
}

static void tell(struct variables *told, const char *name, const char *value)
{
    snprintf(told->texts[told->count++], VALUE_SIZE, "SBFOTA_%s=%s", name, value);
}

static void tell_number(struct variables *told, const char *name, long long number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", number);
    tell(told, name, digits);
}

/* What the module said, as it would be shown: a NUL cannot stand in a variable, and a command may print it. */
static void tell_line(struct variables *told, const char *text, size_t length)
{
    char *const variable = told->texts[told->count++];
    size_t used = (size_t)snprintf(variable, VALUE_SIZE, "SBFOTA_LINE=");
    const bool utf8 = text_is_utf8(text, length);
    struct text_unit unit;
    for (size_t at = 0; at < length && used + 13 < VALUE_SIZE; at += unit.length) {
        unit = text_next(text + at, length - at, utf8);
        used += text_escape(&unit, text + at, variable + used);
    }
    variable[used] = '\0';
}

static void tell_port(struct variables *told, const struct watch_port *port, unsigned phase,
                      unsigned percent, unsigned outcome, unsigned power)
{
    tell(told, "PORT", port->path);
    tell(told, "MODEM", port->name);
    tell(told, "PHASE", sbfota_phase_name(phase));
    if (percent != SBFOTA_NO_PERCENT)
        tell_number(told, "PERCENT", percent);
    tell(told, "OUTCOME", sbfota_outcome_name(outcome));
    tell(told, "POWER", sbfota_power_name(power));
}

/* The message of ours that an alarm is about; of an alarm that is none, what its code means is told all the same. */
static void tell_value(struct variables *told, const struct watch_happening *happening)
{
    struct sbfota_event event;
    if (happening->length == 0)
        return;
    tell_line(told, happening->text, happening->length);
    if (!happening->has_value)
        return;
    tell_number(told, "VALUE", happening->value);
    sbfota_decode_line(happening->text, happening->length, &event);
    const struct sbfota_code_row *const code =
        sbfota_code(sbfota_table_of_kind(event.kind), happening->value);
    if (code != NULL)
        tell(told, "TEXT", code->text);
}

/* Is it one that we tell, of whoever has run us? */
static bool is_ours(const char *variable)
{
    static const char *const names[] = {"PORT",  "MODEM", "PHASE", "PERCENT", "OUTCOME", "POWER",
                                        "EVENT", "TIME",  "LINE",  "VALUE",   "TEXT"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t length = strlen(names[i]);
        if (strncmp(variable, "SBFOTA_", 7) == 0 && strncmp(variable + 7, names[i], length) == 0 &&
            variable[7 + length] == '=')
            return true;
    }
    return false;
}

/* Our environment without those, and with them as they are now. NULL without memory. */
static char **make_environment(struct variables *told)
{
    size_t count = 0;
    size_t used = 0;
    if (environ != NULL)
        while (environ[count] != NULL)
            count++;
    char **const variables = malloc((count + told->count + 1) * sizeof *variables);
    if (variables == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (environ != NULL && !is_ours(environ[i]))
            variables[used++] = environ[i];
    for (size_t i = 0; i < told->count; i++)
        variables[used++] = told->texts[i];
    variables[used] = NULL;
    return variables;
}

/* Nothing of ours but standard error is the command's: standard output has records, and the board's terminal nothing else. */
static int start(const struct watch *watch, const char *command, struct variables *told)
{
    char shell[] = "/bin/sh";
    char option[] = "-c";
    char *const copy = strdup(command);
    char *const arguments[] = {shell, option, copy, NULL};
    char **const variables = make_environment(told);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals;
    pid_t process = 0;
    int error = copy == NULL || variables == NULL ? ENOMEM : 0;

    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (watch->screen.shown)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (error == 0)
        error = posix_spawn(&process, shell, &actions, &attributes, arguments, variables);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        error_line(NULL, 0, "%s: cannot be run: %s", command, strerror(error));
    free(variables);
    free(copy);
    return error == 0 ? process : 0;
}

/* The first of the queue has been dealt with. */
static void drop_first(struct watch_commands *commands)
{
    commands->running = 0;
    commands->queued--;
    memmove(commands->queue, commands->queue + 1, commands->queued * sizeof *commands->queue);
    if (commands->queued == 0)
        commands->overflow_told = false;
}

static void run_first(const struct watch *watch, struct watch_port *port)
{
    char time[TIME_TEXT_SIZE];
    struct watch_commands *const commands = &port->commands;
    const struct watch_happening *const happening = &commands->queue[0];
    struct variables *const told = calloc(1, sizeof *told);
    if (told == NULL) {
        error_line(NULL, 0, "not enough memory");
        commands->troubled = true;
        drop_first(commands);
        return;
    }
    tell(told, "EVENT", alarm_name(happening->alarm));
    tell(told, "TIME", utc_show(happening->time, time));
    tell_port(told, port, happening->phase, happening->percent, happening->outcome,
              happening->power);
    tell_value(told, happening);
    commands->running = start(watch, happening->on->command, told);
    free(told);
    if (commands->running != 0)
        return;
    commands->troubled = true;
    drop_first(commands);
}

/* May the update begin? Asked again and again while the module waits. */
static void ask(const struct watch *watch, struct watch_port *port, int64_t now)
{
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    struct watch_commands *const commands = &port->commands;
    if (!sbfota_session_accept_allowed(session)) {
        sbfota_host_ready(&port->host, false);
        commands->ask_again = 0;
        return;
    }
    if (port->ended || commands->asking != 0 || now < commands->ask_again ||
        sbfota_session_accept(session) != SBFOTA_ACCEPT_UNSENT)
        return;
    struct variables *const told = calloc(1, sizeof *told);
    if (told == NULL)
        return;
    tell(told, "EVENT", "accept_when");
    tell_port(told, port, sbfota_session_phase(session), SBFOTA_NO_PERCENT, port->outcome,
              watch_power(port));
    commands->asking = start(watch, watch->own->accept, told);
    commands->ask_again = now + ASK_AGAIN;
    free(told);
}

void commands_step(const struct watch *watch, struct watch_port *port, int64_t now)
{
    if (port->commands.queued > 0 && port->commands.running == 0)
        run_first(watch, port);
    if (watch->own->accept != NULL)
        ask(watch, port, now);
}

/* A command of --on that fails is told: what it was for has not been done. */
static void collect_first(struct watch_commands *commands)
{
    int status = 0;
    if (commands->running == 0 || waitpid(commands->running, &status, WNOHANG) == 0)
        return;
    if (WIFSIGNALED(status))
        error_line(NULL, 0, "--on: %s: ended by signal %d", commands->queue[0].on->command,
                   WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        error_line(NULL, 0, "--on: %s: ended with %d", commands->queue[0].on->command,
                   WEXITSTATUS(status));
    drop_first(commands);
}

/* Whether the update may begin; the shell has 126 and 127 for what it cannot run. */
static void collect_answer(const struct watch *watch, struct watch_port *port)
{
    struct watch_commands *const commands = &port->commands;
    int status = 0;
    if (commands->asking == 0 || waitpid(commands->asking, &status, WNOHANG) == 0)
        return;
    commands->asking = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) >= 126 && !commands->asking_told) {
        error_line(NULL, 0, "--accept-when: %s: cannot be run", watch->own->accept);
        commands->asking_told = commands->troubled = true;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
        sbfota_session_accept_allowed(sbfota_host_session(&port->host))) {
        sbfota_host_ready(&port->host, true);
        port->host_due = 0;
    }
}

void commands_collect(struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++) {
        collect_first(&watch->ports[i].commands);
        collect_answer(watch, &watch->ports[i]);
    }
}

bool commands_are_busy(const struct watch_port *port)
{
    return port->commands.queued > 0;
}

int64_t commands_due(const struct watch *watch, const struct watch_port *port)
{
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    if (watch->own->accept == NULL || port->ended || port->commands.asking != 0 ||
        !sbfota_session_accept_allowed(session))
        return INT64_MAX;
    return port->commands.ask_again;
}
