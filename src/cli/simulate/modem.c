/* SPDX-License-Identifier: MIT */
#include "cli/simulate/modem.h"

#include <stdlib.h>
#include <string.h>

#include <sbfota/texts.h>

#include "cli/writing/error_line.h"
#include "log/text/record.h"

enum {
    POWER_OFF = 10000, /* ms, where a script does not say how long */
    UNPLUGGED = 5000,
    SPELLINGS = SBFOTA_SPELLING_BLANK_KEYWORD << 1, /* of blanks, percentages, polling time */
    BOOTS_WITHIN = 60000 /* modems of a fleet are not switched on at the same moment */
};

void simulated_name(const struct simulate_options *options, unsigned number, char name[48])
{
    char last[16];
    const int width = snprintf(last, sizeof last, "%u", options->modems);
    snprintf(name, 48, "%s%0*u", options->name, width, number + 1);
}

static int roll_seconds(struct simulated_modem *modem, int seconds)
{
    return seconds == SIMULATE_ANY ? (int)dice_roll(&modem->dice, 61) : seconds;
}

static struct module_options options_of(struct simulated_modem *modem,
                                        const struct simulate_run *run, int delay)
{
    struct module_options options = run->options.module;
    options.seed = dice_next(&modem->dice);
    if (run->options.spellings)
        options.spelling = (uint8_t)dice_roll(&modem->dice, SPELLINGS);
    /* A host sets it. */
    options.delay = run->options.host ? 0 : (uint8_t)delay;
    return options;
}

static bool begin_rules(struct simulated_modem *modem, const struct simulate_run *run,
                        unsigned number)
{
    const struct script *const script = &run->script;
    modem->rules = calloc(script->count + 1, sizeof *modem->rules);
    if (modem->rules == NULL) {
        error_line(NULL, 0, "not enough memory");
        return false;
    }
    for (size_t i = 0; i < script->count; i++) {
        const struct script_rule *const rule = &script->rules[i];
        modem->rules[i].due =
            rule->when == SCRIPT_AT ? run->start + rule->at : (int64_t)MODULE_NEVER;
        modem->rules[i].done = rule->modem != SCRIPT_ALL_MODEMS && rule->modem != number;
    }
    return true;
}

/* LINK, or LINK-1, LINK-2 where there are several. NULL without memory. */
static char *name_link(const struct simulate_options *options, unsigned number)
{
    const size_t size = strlen(options->link) + 16;
    char *const link = malloc(size);
    if (link != NULL && options->modems == 1)
        snprintf(link, size, "%s", options->link);
    else if (link != NULL)
        snprintf(link, size, "%s-%u", options->link, number + 1);
    return link;
}

static bool begin_port(struct simulated_modem *modem, const struct simulate_run *run,
                       unsigned number)
{
    if (!run->options.ports)
        return true;
    if (run->options.link != NULL && (modem->link = name_link(&run->options, number)) == NULL) {
        error_line(NULL, 0, "not enough memory");
        return false;
    }
    return port_open(&modem->port, modem->link);
}

bool simulated_begin(struct simulated_modem *modem, struct simulate_run *run, unsigned number)
{
    memset(modem, 0, sizeof *modem);
    modem->port.fd = -1; /* until begin_port */
    modem->dice.state = run->options.module.seed << 32 | number;
    const int delay = roll_seconds(modem, run->options.delay);
    const struct module_options options = options_of(modem, run, delay);
    simulated_name(&run->options, number, modem->name);
    module_init(&modem->module, &options, run->start);
    sbfota_parser_init(&modem->parser);
    sbfota_host_init(&modem->host, (unsigned)delay);
    modem->host_due = run->options.host ? run->start : MODULE_NEVER;
    modem->ready_due = modem->plug_due = MODULE_NEVER;
    modem->first_seen = modem->last_seen = MODULE_NEVER;
    if (!begin_rules(modem, run, number) || !begin_port(modem, run, number))
        return false;
    module_power(&modem->module, true, run->start);
    if (run->options.modems > 1)
        modem->module.due += dice_roll(&modem->dice, BOOTS_WITHIN);
    return true;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t simulated_due(const struct simulated_modem *modem, const struct simulate_run *run)
{
    int64_t due = earlier(module_due(&modem->module), earlier(modem->host_due, modem->ready_due));
    due = earlier(due, modem->plug_due);
    for (size_t i = 0; i < run->script.count; i++)
        if (!modem->rules[i].done)
            due = earlier(due, modem->rules[i].due);
    return due;
}

static void unplug(struct simulated_modem *modem, int64_t now, int64_t lasts)
{
    if (modem->port.fd < 0)
        return;
    port_close(&modem->port);
    modem->plug_due = now + (lasts > 0 ? lasts : (int64_t)UNPLUGGED);
}

static void happen(struct simulated_modem *modem, const struct script_rule *rule, int64_t now)
{
    struct module *const module = &modem->module;
    switch (rule->fault) {
    case SCRIPT_UNPLUG: unplug(modem, now, rule->lasts); return;
    case MODULE_POWER:
        module_lose_power(module, now + (rule->lasts > 0 ? rule->lasts : (int64_t)POWER_OFF), now);
        return;
    case MODULE_BOOT:
        if (module->phase != MODULE_OFF)
            module_boot(module, now);
        return;
    }
    if (rule->fault == MODULE_GARBAGE && rule->count == 0 && rule->lasts == 0)
        module_make_noise(module, now);
    else
        module_force(module, (enum module_fault)rule->fault,
                     rule->count == 0 && rule->lasts == 0 ? 1 : rule->count, now + rule->lasts);
}

/* The faults of the script that this event brings about. */
static void match_rules(struct simulated_modem *modem, const struct simulate_run *run,
                        unsigned kind, int32_t value, int64_t now)
{
    for (size_t i = 0; i < run->script.count; i++) {
        const struct script_rule *const rule = &run->script.rules[i];
        struct rule_state *const state = &modem->rules[i];
        if (state->done || state->due != MODULE_NEVER || !script_rule_matches(rule, kind, value))
            continue;
        if (rule->at > 0) {
            state->due = now + rule->at;
            continue;
        }
        state->done = rule->when != SCRIPT_EACH;
        happen(modem, rule, now);
    }
}

static void run_rules(struct simulated_modem *modem, const struct simulate_run *run, int64_t now)
{
    for (size_t i = 0; i < run->script.count; i++) {
        struct rule_state *const state = &modem->rules[i];
        if (state->done || state->due > now)
            continue;
        state->due = MODULE_NEVER;
        state->done = run->script.rules[i].when != SCRIPT_EACH;
        happen(modem, &run->script.rules[i], now);
    }
}

/* When the host's tasks are to stop, or that they run. */
static void plan_accept(struct simulated_modem *modem, const struct simulate_run *run,
                        const struct sbfota_event *event, int64_t now)
{
    const int accept = run->options.accept;
    if (event->kind == SBFOTA_UPDATE_TIMEOUT && accept != SIMULATE_NEVER &&
        (accept != SIMULATE_ANY || dice_roll(&modem->dice, 2) == 0)) {
        modem->ready_due = now + (int64_t)roll_seconds(modem, accept) * 1000;
    } else if (event->kind == SBFOTA_START || event->kind == SBFOTA_RDY) {
        modem->ready_due = MODULE_NEVER;
        sbfota_host_ready(&modem->host, false);
    }
}

/* The module has said this. */
static void hear(struct simulated_modem *modem, struct simulate_run *run,
                 const struct sbfota_event *event, int64_t now)
{
    struct sbfota_change change;
    if (event->kind == SBFOTA_NONE || event->kind == SBFOTA_BLANK)
        return;
    modem->last_seen = now;
    if (modem->first_seen == MODULE_NEVER)
        modem->first_seen = now;
    if (run->options.host) {
        sbfota_host_event(&modem->host, event, now, &change);
        plan_accept(modem, run, event, now);
        modem->host_due = now;
    }
    if (!record_is_hosts(event->kind) && event->kind != SBFOTA_OTHER)
        match_rules(modem, run, event->kind, event->value, now);
}

/* What the module says goes to the port, the log, and to who acts on it. An event ends the piece: what it brings about comes
 * before the next. */
static void say(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    char bytes[MODULE_LINE_MAX];
    size_t length;
    while ((length = module_send(&modem->module, now, bytes, sizeof bytes)) > 0) {
        if (modem->port.fd >= 0)
            port_write(&modem->port, bytes, length);
        run_log_put(&run->log, &modem->log, modem->name, now, bytes, length);
        for (size_t used = 0; used < length;) {
            struct sbfota_event event;
            used += sbfota_parse(&modem->parser, bytes + used, length - used, &event);
            hear(modem, run, &event, now);
        }
    }
}

/* A command line of the host, complete. */
static void take_command(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    struct sbfota_event event;
    const size_t length = modem->command_length;
    if (length == 0)
        return;
    modem->command_length = 0;
    log_put_command(&run->log, &modem->log, modem->name, now, modem->command, length);
    sbfota_decode_line(modem->command, length, &event);
    if (record_is_hosts(event.kind))
        match_rules(modem, run, event.kind, event.value, now);
    match_rules(modem, run, SBFOTA_OTHER, 0, now);
    if (event.kind == SBFOTA_ACCEPT && event.value == 1)
        module_tell_accept(&modem->module);
    module_receive(&modem->module, modem->command, length, now);
    module_receive(&modem->module, "\r", 1, now);
}

static void receive(struct simulated_modem *modem, struct simulate_run *run, const char *bytes,
                    size_t length, int64_t now)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r')
            take_command(modem, run, now);
        else if (bytes[i] != '\n' && modem->command_length < sizeof modem->command)
            modem->command[modem->command_length++] = bytes[i];
    }
}

static void poll_host(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    char command[SBFOTA_HOST_ROOM];
    uint32_t again;
    if (modem->host_due > now)
        return;
    const size_t length = sbfota_host_poll(&modem->host, now, command, sizeof command, &again);
    modem->host_due = again == SBFOTA_NO_DURATION ? MODULE_NEVER : now + (again > 0 ? again : 1);
    if (length > 0)
        receive(modem, run, command, length, now);
}

void simulated_tell_port(const struct simulated_modem *modem, const struct simulate_run *run)
{
    const bool taken = (run->options.log != NULL && strcmp(run->options.log, "-") == 0) ||
                       (run->options.truth != NULL && strcmp(run->options.truth, "-") == 0);
    FILE *const to = taken ? stderr : stdout;
    fprintf(to, "%s\n", modem->link != NULL ? modem->link : modem->port.path);
    fflush(to);
}

static void tell_truth(struct simulated_modem *modem, struct simulate_run *run)
{
    struct sbfota_attempt attempt;
    if (module_take_attempt(&modem->module, &attempt) && run->truth != NULL)
        truth_put_attempt(run->truth, modem->name, &attempt);
}

/* The port is there again. */
static void plug(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    if (modem->plug_due > now)
        return;
    modem->plug_due = MODULE_NEVER;
    run->failed = !port_open(&modem->port, modem->link) || run->failed;
    if (modem->port.fd >= 0)
        simulated_tell_port(modem, run);
}

void simulated_step(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    plug(modem, run, now);
    run_rules(modem, run, now);
    if (modem->ready_due <= now) {
        modem->ready_due = MODULE_NEVER;
        modem->host_due = now;
        sbfota_host_ready(&modem->host, true);
    }
    say(modem, run, now);
    poll_host(modem, run, now);
    tell_truth(modem, run);
}

void simulated_listen(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    char bytes[256];
    const size_t length = port_read(&modem->port, bytes, sizeof bytes);
    receive(modem, run, bytes, length, now);
}

bool simulated_is_done(const struct simulated_modem *modem, const struct simulate_run *run)
{
    const struct module *const module = &modem->module;
    const unsigned wanted = run->options.attempts;
    const bool stopped = module->poll_due == MODULE_NEVER;
    return wanted > 0 && module_rests(module) &&
           (module->truth.attempts >= wanted || (stopped && module->truth.attempts > 0));
}

void simulated_end(struct simulated_modem *modem, struct simulate_run *run, int64_t now)
{
    log_end_modem(&run->log, &modem->log, modem->name, now);
    if (run->truth != NULL && modem->module.truth.attempts > 0)
        truth_put_attempt(run->truth, modem->name, &modem->module.truth.attempt);
    if (run->truth != NULL && modem->name[0] != '\0')
        truth_put_modem(run->truth, modem);
    port_close(&modem->port);
    free(modem->rules);
    free(modem->link);
    modem->rules = NULL;
}
