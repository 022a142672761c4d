/* SPDX-License-Identifier: MIT */
#include "codec/events.h"

#include <sbfota/texts.h>

static int32_t roll_code(struct dice *dice, unsigned kind)
{
    const struct sbfota_code_row *code;
    do
        code = sbfota_code_at(dice_roll(dice, SBFOTA_CODE_COUNT));
    while (code->table != sbfota_table_of_kind(kind));
    return code->value;
}

static int32_t roll_value(struct dice *dice, unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    switch ((enum sbfota_argument)message->argument) {
    case SBFOTA_ARGUMENT_NONE:
    case SBFOTA_ARGUMENT_TEXT: return 0;
    case SBFOTA_ARGUMENT_SECONDS:
    case SBFOTA_ARGUMENT_PERCENT:
    case SBFOTA_ARGUMENT_PARA:
        return message->min + (int32_t)dice_roll(dice, (uint32_t)(message->max - message->min + 1));
    case SBFOTA_ARGUMENT_RANGE: return (int32_t)dice_roll(dice, 10);
    case SBFOTA_ARGUMENT_CME_CODE: return (int32_t)dice_roll(dice, 1000);
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: return roll_code(dice, kind);
    }
    return 0;
}

struct sbfota_event roll_event(struct dice *dice, unsigned kind)
{
    struct sbfota_event event = {.kind = (uint8_t)kind};
    event.value = roll_value(dice, kind);
    if (kind == SBFOTA_RANGE) {
        event.detail = (uint8_t)dice_roll(dice, 2);
        event.extent = (uint32_t)event.value + 1 + dice_roll(dice, 60);
    }
    return event;
}

void respell(struct sbfota_event *event, uint8_t spelling)
{
    event->spelling = spelling;
    if (event->kind == SBFOTA_RANGE && (spelling & SBFOTA_SPELLING_RANGE_SINGLE))
        event->extent = (uint32_t)event->value;
}

unsigned roll_kind(struct dice *dice, enum sbfota_family family)
{
    unsigned kind;
    do
        kind = 1 + dice_roll(dice, SBFOTA_KIND_COUNT - 1);
    while (sbfota_message(kind)->family != family);
    return kind;
}
