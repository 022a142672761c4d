/* SPDX-License-Identifier: MIT
 *
 * The module as a whole: its power, and the bytes that come to it. */
#include <string.h>

#include "simulate/internal.h"

void module_init(struct module *module, const struct module_options *options, int64_t now)
{
    memset(module, 0, sizeof *module);
    module->options = *options;
    module->dice.state = options->seed;
    module->delay = options->delay;
    module->now = now;
    module->phase = MODULE_OFF;
    module->told = MODULE_IDLE;
    module->due = module->cut = MODULE_NEVER;
    module->busy = module->answered = now;
    for (unsigned fault = 0; fault < MODULE_FAULTS; fault++)
        module->fault_until[fault] = now;
    const int64_t fortnight = (int64_t)14 * 86400;
    const int64_t seconds = options->first_poll > 0 ? (int64_t)options->first_poll
                                                    : fortnight + dice_roll(&module->dice, 86401);
    module->poll_due = now + seconds * 1000;
}

/* What it does next by itself, or what happens to it. */
static int64_t next_step(const struct module *module)
{
    return module->cut < module->due ? module->cut : module->due;
}

void module_advance(struct module *module, int64_t now)
{
    while (next_step(module) <= now) {
        module->now = next_step(module);
        if (module->cut <= module->due)
            module_lose_power(module, module_in(module, 1000, 600000), module->now);
        else
            module_step(module);
    }
    module->now = now;
}

int64_t module_due(const struct module *module)
{
    const int64_t said = module->line_count > 0 ? module->lines[0].due : MODULE_NEVER;
    return said < next_step(module) ? said : next_step(module);
}

void module_power(struct module *module, bool on, int64_t now)
{
    module_advance(module, now);
    if (!on)
        module_fall(module, false, MODULE_NEVER);
    else if (module->phase == MODULE_OFF)
        module->due = now;
}

void module_lose_power(struct module *module, int64_t until, int64_t now)
{
    if (now > module->now)
        module_advance(module, now);
    module_fall(module, false, until);
}

void module_boot(struct module *module, int64_t now)
{
    if (now > module->now)
        module_advance(module, now);
    module_fall(module, false, module_in(module, 100, 3000));
}

void module_force(struct module *module, enum module_fault fault, unsigned count, int64_t until)
{
    if (count > module->fault_counts[fault])
        module->fault_counts[fault] = (uint16_t)count;
    if (until > module->fault_until[fault])
        module->fault_until[fault] = until;
}

bool module_rests(const struct module *module)
{
    const bool down = module->phase == MODULE_OFF && module->options.psm > 0 &&
                      module->job == MODULE_JOB_NONE && !module->truth.fell;
    return module->line_count == 0 && module->cut == MODULE_NEVER &&
           (module->phase == MODULE_IDLE || down);
}

bool module_listens(const struct module *module)
{
    switch ((enum module_phase)module->phase) {
    case MODULE_OFF:
    case MODULE_BOOTING:
    case MODULE_STARTING:
    case MODULE_UPDATING:
    case MODULE_RESTORING: return false;
    default: return true;
    }
}

void module_receive(struct module *module, const char *bytes, size_t length, int64_t now)
{
    module_advance(module, now);
    for (size_t i = 0; i < length; i++) {
        if (!module_listens(module)) {
            module->command_length = 0;
        } else if (bytes[i] != '\r') {
            if (bytes[i] != '\n' && module->command_length < MODULE_COMMAND_MAX)
                module->command[module->command_length++] = bytes[i];
        } else {
            const size_t end = module->command_length;
            module->command_length = 0;
            if (end > 0 && !module_fails(module, MODULE_DEAF))
                module_command(module, module->command, end);
        }
    }
}

bool module_is_at_risk(unsigned phase)
{
    return phase == MODULE_DOWNLOADING || phase == MODULE_WAITING || phase == MODULE_UPDATING ||
           phase == MODULE_RESTORING;
}

static const struct {
    const char *name;
    const char *summary;
} faults[MODULE_FAULTS] = {
#define MODULE_FAULT(id, name, summary) [MODULE_##id] = {name, summary},
#include "simulate/faults.def"
#undef MODULE_FAULT
};

const char *module_fault_name(unsigned fault)
{
    return fault < MODULE_FAULTS ? faults[fault].name : NULL;
}

const char *module_fault_summary(unsigned fault)
{
    return fault < MODULE_FAULTS ? faults[fault].summary : NULL;
}
