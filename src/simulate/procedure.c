/* SPDX-License-Identifier: MIT
 *
 * The update procedure (source: 2, 3, 5): what the module does by itself, one step at a time. */
#include <sbfota/sbfota.h>

#include "simulate/internal.h"

enum {
    SECOND = 1000,
    DAY = 86400 * SECOND
};

static void say(struct module *module, unsigned kind, int32_t value)
{
    module_say(module, kind, value, module->now);
}

static void enter(struct module *module, enum module_phase phase, uint32_t least, uint32_t most)
{
    module->phase = (uint8_t)phase;
    module->due = module_in(module, least, most);
}

static void rest(struct module *module)
{
    module->phase = MODULE_IDLE;
    /* One that was due while the power was off is made up for. */
    module->due = module->poll_due > module->now ? module->poll_due : module->now + SECOND;
}

/* The polling timer, as the module tells it. */
static void say_polling_time(struct module *module)
{
    const int64_t left = module->poll_due - module->now;
    if (module->poll_due != MODULE_NEVER)
        say(module, SBFOTA_POLLING_TIME, left > 0 ? (int32_t)(left / SECOND) : 0);
}

void module_rearm(struct module *module, bool told)
{
    module->poll_due =
        module->now + (int64_t)14 * DAY + (int64_t)dice_roll(&module->dice, 86401) * SECOND;
    rest(module);
    if (told)
        say_polling_time(module);
}

/* Why the server cannot be asked (source: 5.2), or 0. */
static int32_t polling_error(const struct module_options *options)
{
    if (options->sim == MODULE_SIM_NONE)
        return -3;
    if (options->sim == MODULE_SIM_ANOTHER)
        return -2;
    if (options->unregistered)
        return -1;
    return options->roaming ? -4 : 0;
}

static void poll_server(struct module *module)
{
    const int32_t error = polling_error(&module->options);
    if (error == 0 && !module->options.up_to_date) {
        module_rearm(module, false);
        module->percent = 0;
        enter(module, MODULE_DOWNLOADING, SECOND, 60 * SECOND);
        say(module, SBFOTA_HTTP_START, 0);
        return;
    }
    if (error != 0)
        say(module, SBFOTA_POLLING_ERROR, error);
    if (error != -2 && error != -4) {
        module_rearm(module, true);
        return;
    }
    module->poll_due = MODULE_NEVER;
    rest(module);
}

/* A percentage more. False when the last one has been told: it need not be 100. */
static bool progress(struct module *module, unsigned kind)
{
    if (module->percent >= 100 || (module->percent > 90 && dice_roll(&module->dice, 4) == 0))
        return false;
    const unsigned next = module->percent + dice_roll(&module->dice, 21);
    module->percent = (uint8_t)(next < 100 ? next : 100);
    say(module, kind, module->percent);
    module->due = module_in(module, SECOND / 2, 10 * SECOND);
    return true;
}

/* Does what is to fail do so before the end? */
static bool fails_here(struct module *module, int32_t code)
{
    return code != 0 && dice_roll(&module->dice, 6) == 0;
}

static void start_update(struct module *module)
{
    module->job = MODULE_JOB_NONE;
    module->percent = 0;
    enter(module, MODULE_UPDATING, SECOND, 5 * SECOND);
    say(module, SBFOTA_START, 0);
}

static void wait_for_delay(struct module *module)
{
    module->job = MODULE_JOB_WAITING;
    module->phase = MODULE_WAITING;
    module->due = module->now + (int64_t)module->delay * SECOND;
    say(module, SBFOTA_UPDATE_TIMEOUT, module->delay);
}

static void download(struct module *module)
{
    const int32_t code = module->options.http_code;
    if (!fails_here(module, code) && progress(module, SBFOTA_DOWNLOADING))
        return;
    if (code != 0) {
        rest(module);
        say(module, SBFOTA_HTTP_END, code);
        say_polling_time(module);
        return;
    }
    say(module, SBFOTA_HTTP_END, 0);
    if (module->delay > 0)
        wait_for_delay(module);
    else
        start_update(module);
}

static void end_update(struct module *module, int32_t code)
{
    module->job = MODULE_JOB_REPORT;
    enter(module, MODULE_ENDED, SECOND / 2, 3 * SECOND);
    module->updates += code == 0;
    say(module, SBFOTA_END, code);
}

static void update(struct module *module)
{
    const int32_t code = module->options.update_code;
    /* 510 is of the restore (source: 7, table 2). */
    if (code != 510 && fails_here(module, code)) {
        end_update(module, code);
    } else if (!progress(module, SBFOTA_UPDATING)) {
        module->job = MODULE_JOB_RESTORE;
        module->percent = 0;
        enter(module, MODULE_RESTORING, SECOND / 2, 5 * SECOND);
        say(module, SBFOTA_RESTORE, 0);
    }
}

static void restore(struct module *module)
{
    const int32_t code = module->options.update_code;
    if (fails_here(module, code) || !progress(module, SBFOTA_RESTORE))
        end_update(module, code);
}

bool module_accept(struct module *module)
{
    if (module->phase != MODULE_WAITING) {
        module->accepts_outside++;
        return false;
    }
    const int64_t soon = module_in(module, 100, 600);
    if (soon < module->due)
        module->due = soon;
    module->accepts++;
    return true;
}

static void boot(struct module *module)
{
    module->echo = !module->options.no_echo;
    module->cmee = 0;
    module->command_length = 0;
    module->busy = module->now;
    enter(module, MODULE_STARTING, SECOND, 2 * SECOND);
    say(module, SBFOTA_RDY, 0);
}

static void start(struct module *module)
{
    say(module, SBFOTA_APP_RDY, 0);
    if (module->job == MODULE_JOB_RESTORE) {
        enter(module, MODULE_RESTORING, SECOND / 2, 5 * SECOND);
        say(module, SBFOTA_RESUME, 0);
        return;
    }
    enter(module, MODULE_SEARCHING, 2 * SECOND, 20 * SECOND);
}

/* Registered, if there is a network. The note does not say whether a package waits over a boot: it may. */
static void register_to_network(struct module *module)
{
    const unsigned job = module->job;
    module->job = MODULE_JOB_NONE;
    if (module->options.unregistered || module->options.sim == MODULE_SIM_NONE) {
        module->job = (uint8_t)job;
        rest(module);
    } else if (job == MODULE_JOB_REPORT) {
        enter(module, MODULE_REPORTING, SECOND, 30 * SECOND);
        say(module, SBFOTA_REPORT_START, 0);
    } else if (job == MODULE_JOB_WAITING && module->delay > 0 && dice_roll(&module->dice, 2) == 0) {
        wait_for_delay(module);
    } else {
        rest(module);
        say_polling_time(module);
    }
}

static void report(struct module *module)
{
    say(module, SBFOTA_REPORT_END, module->options.report_code);
    rest(module);
    say_polling_time(module);
}

void module_step(struct module *module)
{
    if (module->phase != MODULE_OFF && module_fails(module, MODULE_POWER)) {
        module_fall(module, false, module_in(module, SECOND, 60 * SECOND));
        return;
    }
    switch ((enum module_phase)module->phase) {
    case MODULE_OFF: enter(module, MODULE_BOOTING, SECOND, 4 * SECOND); break;
    case MODULE_BOOTING: boot(module); break;
    case MODULE_STARTING: start(module); break;
    case MODULE_SEARCHING: register_to_network(module); break;
    case MODULE_IDLE: poll_server(module); break;
    case MODULE_DOWNLOADING: download(module); break;
    case MODULE_WAITING: start_update(module); break;
    case MODULE_UPDATING: update(module); break;
    case MODULE_RESTORING: restore(module); break;
    case MODULE_ENDED: module_fall(module, true, module->now); break;
    case MODULE_REPORTING: report(module); break;
    case MODULE_PHASES: break;
    }
}

/* What is lost (source: 5.3, note 2): a download starts over with the next poll, an update is rolled back; a restore is
 * gone on with at the next boot. */
void module_fall(struct module *module, bool orderly, int64_t due)
{
    module->phase = MODULE_OFF;
    module->due = due;
    if (!orderly)
        module->line_count = 0;
}
