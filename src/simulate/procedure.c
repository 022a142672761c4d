/* SPDX-License-Identifier: MIT
 *
 * The update procedure (source: 2, 3, 5): what the module does by itself, one step at a time. */
#include <sbfota/sbfota.h>

#include "simulate/internal.h"

enum {
    SECOND = 1000,
    DAY = 86400 * SECOND,
    PSM_ACTIVE = 60 * SECOND /* T3324 */
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

/* Until the poll, or until it sleeps. */
static void rest(struct module *module)
{
    module->phase = MODULE_IDLE;
    /* One that was due while the power was off is made up for. */
    module->due = module->poll_due > module->now ? module->poll_due : module->now + SECOND;
    if (module->options.psm > 0 && module->now + PSM_ACTIVE < module->due)
        module->due = module->now + PSM_ACTIVE;
}

/* The polling timer, as the module tells it: it counts whole seconds, and keeps to what it has told. */
static void say_polling_time(struct module *module)
{
    const int64_t left = module->poll_due - module->now;
    const int64_t seconds = left > 0 ? left / SECOND : 0;
    if (module->poll_due == MODULE_NEVER)
        return;
    if (left > 0) {
        module->poll_due = module->now + seconds * SECOND;
        rest(module);
    }
    say(module, SBFOTA_POLLING_TIME, (int32_t)seconds);
}

/* The next poll is in 14 to 15 days (source: 2); `told` says so at once. */
static void rearm(struct module *module, bool told)
{
    module->poll_due =
        module->now + (int64_t)14 * DAY + (int64_t)dice_roll(&module->dice, 86401) * SECOND;
    rest(module);
    if (told)
        say_polling_time(module);
}

static void fail_poll(struct module *module, int32_t code)
{
    truth_begin(module, SBFOTA_PHASE_POLLING);
    truth_code(module, SBFOTA_HAS_POLL_CODE, code);
    truth_end(module, SBFOTA_OUTCOME_POLL_FAILED);
    say(module, SBFOTA_POLLING_ERROR, code);
    if (code != -2 && code != -4) {
        rearm(module, true);
        return;
    }
    module->poll_due = MODULE_NEVER;
    rest(module);
}

static void poll_server(struct module *module)
{
    module_plan(module);
    if (module->plan.poll_code != 0) {
        fail_poll(module, module->plan.poll_code);
    } else if (module->options.up_to_date) {
        rearm(module, true);
    } else {
        rearm(module, false);
        module->percent = 0;
        enter(module, MODULE_DOWNLOADING, SECOND, 60 * SECOND);
        truth_begin(module, SBFOTA_PHASE_DOWNLOAD);
        say(module, SBFOTA_HTTP_START, 0);
    }
}

/* Power saving mode: the port is silent until the module wakes, with a boot. A poll whose time has come meanwhile is made
 * then (source: 2, figure 2). */
static void sleep_or_poll(struct module *module)
{
    const int64_t awake = module->answered + PSM_ACTIVE;
    if (module->poll_due <= module->now || module->options.psm == 0)
        poll_server(module);
    else if (awake > module->now)
        module->due = awake < module->poll_due ? awake : module->poll_due;
    else
        module_fall(module, true, module->now + (int64_t)module->options.psm * SECOND);
}

/* A percentage more. False when the last one has been told: it need not be 100. */
static bool progress(struct module *module, unsigned kind)
{
    if (module->percent >= 100 || (module->percent > 90 && dice_roll(&module->dice, 4) == 0))
        return false;
    const unsigned next = module->percent + dice_roll(&module->dice, 21);
    module->percent = (uint8_t)(next < 100 ? next : 100);
    truth_percent(module, module->percent);
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
    truth_enter(module, SBFOTA_PHASE_UPDATE);
    truth_end(module, SBFOTA_OUTCOME_IN_PROGRESS);
    if (module->truth.attempt.delay == SBFOTA_NO_DELAY)
        module->truth.attempt.delay = 0;
    say(module, SBFOTA_START, 0);
}

static void wait_for_delay(struct module *module)
{
    module->job = MODULE_JOB_WAITING;
    module->phase = MODULE_WAITING;
    module->due = module->now + (int64_t)module->delay * SECOND;
    truth_enter(module, SBFOTA_PHASE_DELAY);
    truth_end(module, SBFOTA_OUTCOME_IN_PROGRESS);
    module->truth.attempt.delay = module->delay;
    module->truth.window = true;
    say(module, SBFOTA_UPDATE_TIMEOUT, module->delay);
}

static void download(struct module *module)
{
    const int32_t code = module->plan.http_code;
    if (!fails_here(module, code) && progress(module, SBFOTA_DOWNLOADING))
        return;
    truth_code(module, SBFOTA_HAS_HTTP_CODE, code);
    if (code != 0) {
        truth_end(module, SBFOTA_OUTCOME_DOWNLOAD_FAILED);
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
    truth_enter(module, SBFOTA_PHASE_END);
    truth_code(module, SBFOTA_HAS_UPDATE_CODE, code);
    truth_end(module, code == 0 ? SBFOTA_OUTCOME_UPDATED : SBFOTA_OUTCOME_UPDATE_FAILED);
    say(module, SBFOTA_END, code);
}

static void update(struct module *module)
{
    const int32_t code = module->plan.update_code;
    /* 510 is of the restore (source: 7, table 2). */
    if (code != 510 && fails_here(module, code)) {
        end_update(module, code);
    } else if (!progress(module, SBFOTA_UPDATING)) {
        module->job = MODULE_JOB_RESTORE;
        module->percent = 0;
        enter(module, MODULE_RESTORING, SECOND / 2, 5 * SECOND);
        truth_enter(module, SBFOTA_PHASE_RESTORE);
        truth_percent(module, 0);
        say(module, SBFOTA_RESTORE, 0);
    }
}

static void restore(struct module *module)
{
    const int32_t code = module->plan.update_code;
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
    truth_boot(module);
    say(module, SBFOTA_RDY, 0);
}

static void start(struct module *module)
{
    say(module, SBFOTA_APP_RDY, 0);
    if (module->job == MODULE_JOB_RESTORE) {
        enter(module, MODULE_RESTORING, SECOND / 2, 5 * SECOND);
        truth_resume(module);
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
        truth_enter(module, SBFOTA_PHASE_REPORT);
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
    truth_code(module, SBFOTA_HAS_REPORT_CODE, module->plan.report_code);
    say(module, SBFOTA_REPORT_END, module->plan.report_code);
    rest(module);
    say_polling_time(module);
}

void module_step(struct module *module)
{
    if (module->phase != MODULE_OFF && module_fails(module, MODULE_POWER)) {
        module_lose_power(module, module_in(module, SECOND, 60 * SECOND), module->now);
        return;
    }
    if (module->phase != MODULE_OFF && module_fails(module, MODULE_BOOT)) {
        module_boot(module, module->now);
        return;
    }
    switch ((enum module_phase)module->phase) {
    case MODULE_OFF: enter(module, MODULE_BOOTING, SECOND, 4 * SECOND); break;
    case MODULE_BOOTING: boot(module); break;
    case MODULE_STARTING: start(module); break;
    case MODULE_SEARCHING: register_to_network(module); break;
    case MODULE_IDLE: sleep_or_poll(module); break;
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
    truth_fall(module);
    module->phase = MODULE_OFF;
    module->cut = MODULE_NEVER;
    module->due = due;
    if (!orderly)
        module->line_count = 0;
}
