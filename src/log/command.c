/* SPDX-License-Identifier: MIT */
#include "command.h"

#include "command.inc"

bool command_is(struct bytes text)
{
    return text.length >= 2 && is_command(text.data, text.data + text.length);
}
