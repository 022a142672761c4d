/* SPDX-License-Identifier: MIT */
#include "log/sessions/advice.h"

#define SBFOTA_CODE_ADVICE(table, value, id)
#define SBFOTA_LOSS_ADVICE(phase, id)
enum advice {
#define SBFOTA_ADVICE(id, text) ADVICE_##id,
#include "advice.def"
#undef SBFOTA_ADVICE
};

static const char *const texts[] = {
#define SBFOTA_ADVICE(id, text) [ADVICE_##id] = (text),
#include "advice.def"
#undef SBFOTA_ADVICE
};
#undef SBFOTA_CODE_ADVICE
#undef SBFOTA_LOSS_ADVICE

#define SBFOTA_ADVICE(id, text)
static enum advice of_code(uint8_t table, int32_t value)
{
    static const struct {
        int32_t value;
        uint8_t table;
        uint8_t advice;
    } rows[] = {
#define SBFOTA_CODE_ADVICE(table, value, id) {value, SBFOTA_CODE_TABLE_##table, ADVICE_##id},
#define SBFOTA_LOSS_ADVICE(phase, id)
#include "advice.def"
#undef SBFOTA_CODE_ADVICE
#undef SBFOTA_LOSS_ADVICE
    };
    /* All but the two that mean success. */
    typedef char
        each_code_has_advice[sizeof rows / sizeof rows[0] == SBFOTA_CODE_COUNT - 2 ? 1 : -1];
    (void)sizeof(each_code_has_advice);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].table == table && rows[i].value == value)
            return (enum advice)rows[i].advice;
    return ADVICE_UNKNOWN_CODE;
}

static enum advice of_loss(uint8_t phase)
{
    switch (phase) {
#define SBFOTA_CODE_ADVICE(table, value, id)
#define SBFOTA_LOSS_ADVICE(phase, id) \
    case SBFOTA_PHASE_##phase:        \
        return ADVICE_##id;
#include "advice.def"
#undef SBFOTA_CODE_ADVICE
#undef SBFOTA_LOSS_ADVICE
    default: return ADVICE_KEEP_UPDATE;
    }
}

const char *advice_on(const struct failure *failure)
{
    if (failure->phase == SBFOTA_PHASE_REPORT)
        return texts[ADVICE_REPORTED];
    return texts[failure->table == SBFOTA_CODE_TABLE_NONE ? of_loss(failure->phase)
                                                          : of_code(failure->table, failure->code)];
}
