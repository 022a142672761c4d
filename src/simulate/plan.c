/* SPDX-License-Identifier: MIT
 *
 * What an attempt is to be: as the options say, or as the dice fall. */
#include <sbfota/texts.h>

#include "simulate/internal.h"

enum {
    ATTEMPT_MOST = 300000 /* ms that an attempt rarely outlasts */
};

/* One of the codes of a table that say that something has failed. */
static int32_t roll_code(struct module *module, enum sbfota_code_table table)
{
    const struct sbfota_code_row *code;
    uint32_t count = 0;
    for (size_t i = 0; (code = sbfota_code_at(i)) != NULL; i++)
        count += code->table == table && code->value != 0;
    uint32_t left = dice_roll(&module->dice, count);
    for (size_t i = 0; (code = sbfota_code_at(i)) != NULL; i++)
        if (code->table == table && code->value != 0 && left-- == 0)
            return code->value;
    return 0;
}

static bool happens(struct module *module, uint8_t of_100)
{
    return of_100 > 0 && dice_roll(&module->dice, 100) < of_100;
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
    return options->roaming ? -4 : options->poll_code;
}

void module_plan(struct module *module)
{
    const struct module_options *const options = &module->options;
    struct module_plan *const plan = &module->plan;
    *plan = (struct module_plan){polling_error(options), options->http_code, options->update_code,
                                 options->report_code};
    if (happens(module, options->failures)) {
        switch (dice_roll(&module->dice, 4)) {
        case 0: plan->poll_code = MODULE_ANY_CODE; break;
        case 1: plan->http_code = MODULE_ANY_CODE; break;
        case 2: plan->update_code = MODULE_ANY_CODE; break;
        default: plan->report_code = MODULE_ANY_CODE; break;
        }
    }
    if (plan->poll_code == MODULE_ANY_CODE)
        plan->poll_code = roll_code(module, SBFOTA_CODE_TABLE_POLLING);
    if (plan->http_code == MODULE_ANY_CODE)
        plan->http_code = roll_code(module, SBFOTA_CODE_TABLE_HTTP);
    if (plan->update_code == MODULE_ANY_CODE)
        plan->update_code = roll_code(module, SBFOTA_CODE_TABLE_UPDATE);
    if (plan->report_code == MODULE_ANY_CODE)
        plan->report_code = roll_code(module, SBFOTA_CODE_TABLE_HTTP);
    if (happens(module, options->power_losses))
        module->cut = module_in(module, 1, ATTEMPT_MOST);
}
