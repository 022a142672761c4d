/* SPDX-License-Identifier: MIT */
#include "peers/keywords.h"

#include <string.h>

static struct keyword make_keyword(unsigned kind, const char *text)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    return (struct keyword){
        .text = text,
        .length = strlen(text),
        .stage = message->stage,
        .kind = kind,
        .has_value = message->argument != SBFOTA_ARGUMENT_NONE,
    };
}

size_t keywords_of_urcs(struct keyword keywords[KEYWORDS_MAX])
{
    size_t count = 0;
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT && count < KEYWORDS_MAX - 1; kind++) {
        const struct sbfota_message_row *const message = sbfota_message(kind);
        if (message->family != SBFOTA_FAMILY_URC)
            continue;
        keywords[count++] = make_keyword(kind, message->keyword);
        if (kind == SBFOTA_POLLING_TIME)
            keywords[count++] = make_keyword(kind, "polling time");
    }
    return count;
}

unsigned kind_of_word(const char *line)
{
    if (strcmp(line, "OK") == 0)
        return SBFOTA_OK;
    if (strcmp(line, "ERROR") == 0)
        return SBFOTA_ERROR;
    if (strcmp(line, "RDY") == 0)
        return SBFOTA_RDY;
    if (strcmp(line, "APP RDY") == 0)
        return SBFOTA_APP_RDY;
    return SBFOTA_OTHER;
}
