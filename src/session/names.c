/* SPDX-License-Identifier: MIT */
#include <sbfota/session.h>

#define NAME(stem, id, name) [SBFOTA_##stem##_##id] = (name),

const char *sbfota_phase_name(unsigned phase)
{
    static const char *const names[SBFOTA_PHASE_COUNT] = {
#define SBFOTA_PHASE(id, number, name, summary, detail, section) NAME(PHASE, id, name)
#include "../../grammar/phases.def"
#undef SBFOTA_PHASE
    };
    return phase < SBFOTA_PHASE_COUNT ? names[phase] : NULL;
}

const char *sbfota_outcome_name(unsigned outcome)
{
    static const char *const names[SBFOTA_OUTCOME_COUNT] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) NAME(OUTCOME, id, name)
#include "../../grammar/outcomes.def"
#undef SBFOTA_OUTCOME
    };
    return outcome < SBFOTA_OUTCOME_COUNT ? names[outcome] : NULL;
}

const char *sbfota_problem_name(unsigned problem)
{
    static const char *const names[] = {
#define SBFOTA_PROBLEM(id, bit, name, summary, detail, section) [bit] = (name),
#include "../../grammar/problems.def"
#undef SBFOTA_PROBLEM
    };
    for (unsigned bit = 0; bit < sizeof names / sizeof names[0]; bit++)
        if (problem == 1U << bit)
            return names[bit];
    return NULL;
}

const char *sbfota_power_name(unsigned power)
{
    static const char *const names[SBFOTA_POWER_COUNT] = {
#define SBFOTA_POWER(id, number, name, summary, detail, section) NAME(POWER, id, name)
#include "../../grammar/powers.def"
#undef SBFOTA_POWER
    };
    return power < SBFOTA_POWER_COUNT ? names[power] : NULL;
}

const char *sbfota_accept_name(unsigned accept)
{
    static const char *const names[SBFOTA_ACCEPT_COUNT] = {
#define SBFOTA_ACCEPT_STATE(id, number, name, summary, detail, section) NAME(ACCEPT, id, name)
#include "../../grammar/accepts.def"
#undef SBFOTA_ACCEPT_STATE
    };
    return accept < SBFOTA_ACCEPT_COUNT ? names[accept] : NULL;
}

#undef NAME
