/* SPDX-License-Identifier: MIT
 *
 * What became of the attempts, by what the module did: to hold those who read its log against. */
#include "simulate/internal.h"

enum {
    DOWNLOAD,
    UPDATE,
    RESTORE,
    UNTIMED
};

/* Which of the timed phases it is. */
static unsigned timed_phase(unsigned phase)
{
    switch (phase) {
    case SBFOTA_PHASE_DOWNLOAD: return DOWNLOAD;
    case SBFOTA_PHASE_UPDATE: return UPDATE;
    case SBFOTA_PHASE_RESTORE: return RESTORE;
    default: return UNTIMED;
    }
}

static uint32_t *duration_of(struct sbfota_attempt *attempt, unsigned phase)
{
    switch (phase) {
    case DOWNLOAD: return &attempt->downloading_ms;
    case UPDATE: return &attempt->updating_ms;
    case RESTORE: return &attempt->restore_ms;
    default: return NULL;
    }
}

/* The timed phase goes on until now. */
static void measure(struct module *module, unsigned phase)
{
    uint32_t *const duration = duration_of(&module->truth.attempt, phase);
    if (duration != NULL)
        *duration = (uint32_t)(module->now - module->truth.begun[phase]);
}

void truth_begin(struct module *module, enum sbfota_phase phase)
{
    struct module_truth *const truth = &module->truth;
    if (truth->attempts > 0) {
        truth->before = truth->attempt;
        truth->has_before = true;
    }
    truth->attempts++;
    truth->fell = truth->window = false;
    truth->attempt = (struct sbfota_attempt){
        .started = module->now,
        .ended = module->now,
        .downloading_ms = SBFOTA_NO_DURATION,
        .updating_ms = SBFOTA_NO_DURATION,
        .restore_ms = SBFOTA_NO_DURATION,
        .delay = SBFOTA_NO_DELAY,
        .percent = SBFOTA_NO_PERCENT,
    };
    truth_enter(module, phase);
}

/* A message of the attempt is told. What ends a phase is the last of it. */
void truth_tell(struct module *module)
{
    module->truth.attempt.ended = module->now;
}

void truth_enter(struct module *module, enum sbfota_phase phase)
{
    struct sbfota_attempt *const attempt = &module->truth.attempt;
    const unsigned timed = timed_phase(phase);
    truth_tell(module);
    module->truth.window = false;
    if (attempt->phase == SBFOTA_PHASE_DOWNLOAD && phase == SBFOTA_PHASE_DELAY)
        measure(module, DOWNLOAD);
    if (attempt->phase == SBFOTA_PHASE_UPDATE && phase == SBFOTA_PHASE_RESTORE)
        measure(module, UPDATE);
    if (attempt->phase == SBFOTA_PHASE_RESTORE)
        measure(module, RESTORE);
    if (timed != UNTIMED && attempt->phase != phase) {
        module->truth.begun[timed] = module->now;
        *duration_of(attempt, timed) = 0;
        attempt->percent = SBFOTA_NO_PERCENT;
    }
    attempt->phase = (uint8_t)phase;
}

void truth_percent(struct module *module, unsigned percent)
{
    truth_tell(module);
    module->truth.attempt.percent = (uint8_t)percent;
    measure(module, timed_phase(module->truth.attempt.phase));
}

void truth_code(struct module *module, unsigned has, int32_t code)
{
    struct sbfota_attempt *const attempt = &module->truth.attempt;
    truth_tell(module);
    attempt->has |= (uint8_t)has;
    switch (has) {
    case SBFOTA_HAS_POLL_CODE: attempt->poll_code = code; break;
    case SBFOTA_HAS_HTTP_CODE: attempt->http_code = code; break;
    case SBFOTA_HAS_UPDATE_CODE: attempt->update_code = code; break;
    default: attempt->report_code = code; break;
    }
    if (has == SBFOTA_HAS_HTTP_CODE)
        measure(module, DOWNLOAD);
}

void truth_end(struct module *module, enum sbfota_outcome outcome)
{
    module->truth.attempt.outcome = (uint8_t)outcome;
    module->truth.updated += outcome == SBFOTA_OUTCOME_UPDATED;
}

/* What is lost (source: 5.3, note 2). */
void truth_fall(struct module *module)
{
    struct module_truth *const truth = &module->truth;
    switch ((enum module_phase)module->phase) {
    case MODULE_DOWNLOADING:
    case MODULE_WAITING: truth_end(module, SBFOTA_OUTCOME_DOWNLOAD_LOST); break;
    case MODULE_UPDATING: truth_end(module, SBFOTA_OUTCOME_ROLLED_BACK); break;
    case MODULE_RESTORING: truth_end(module, SBFOTA_OUTCOME_INTERRUPTED); break;
    case MODULE_ENDED: break;
    default: return;
    }
    truth->fell = true;
}

/* The restore goes on. */
void truth_resume(struct module *module)
{
    struct sbfota_attempt *const attempt = &module->truth.attempt;
    truth_enter(module, SBFOTA_PHASE_RESTORE);
    attempt->outcome = SBFOTA_OUTCOME_IN_PROGRESS;
    attempt->percent = SBFOTA_NO_PERCENT;
    attempt->resumes = (uint8_t)(attempt->resumes + (attempt->resumes < UINT8_MAX));
}

void truth_boot(struct module *module)
{
    struct module_truth *const truth = &module->truth;
    truth->window = false;
    if (!truth->fell)
        return;
    truth->fell = false;
    truth_tell(module);
    if (truth->attempt.phase == SBFOTA_PHASE_END)
        truth->attempt.phase = SBFOTA_PHASE_REBOOT;
    else
        truth->power_losses++;
}

void module_tell_accept(struct module *module)
{
    if (module->truth.window)
        module->truth.attempt.accepted = true;
}

bool module_take_attempt(struct module *module, struct sbfota_attempt *attempt)
{
    if (!module->truth.has_before)
        return false;
    module->truth.has_before = false;
    *attempt = module->truth.before;
    return true;
}
