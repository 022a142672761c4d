/* SPDX-License-Identifier: MIT */
#include "record_value.h"

#include <string.h>

#include <sbfota/session.h>

#include "time.h"

struct record_value value_text(struct bytes text)
{
    return (struct record_value){.type = text.data == NULL ? VALUE_NONE : VALUE_TEXT, .text = text};
}

struct record_value value_word(const char *word, unsigned number)
{
    return (struct record_value){.type = word == NULL ? VALUE_NONE : VALUE_WORD,
                                 .text = {word, word == NULL ? 0 : strlen(word)},
                                 .number = number};
}

struct record_value value_number(bool here, long long number)
{
    return (struct record_value){.type = here ? VALUE_NUMBER : VALUE_NONE, .number = number};
}

struct record_value value_bool(bool is)
{
    return (struct record_value){.type = VALUE_BOOL, .number = is};
}

struct record_value value_duration(uint32_t milliseconds, bool seconds)
{
    struct record_value value = value_number(milliseconds != SBFOTA_NO_DURATION, milliseconds);
    if (seconds && value.type != VALUE_NONE)
        value.type = VALUE_SECONDS;
    return value;
}

struct record_value value_time(const char *captured, size_t length, char *buffer)
{
    if (length == 0)
        return (struct record_value){.type = VALUE_NONE};
    return value_text(time_show((struct bytes){captured, length}, buffer));
}
