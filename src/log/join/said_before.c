/* SPDX-License-Identifier: MIT */
#include "log/join/said_before.h"

#include <stdlib.h>
#include <string.h>

void said_keep(struct said_before *said, const struct line *header)
{
    said->direction = header->direction;
    said->time_length = (uint8_t)(header->time.length <= TIME_SIZE ? header->time.length : 0);
    if (said->time_length > 0)
        memcpy(said->time, header->time.data, said->time_length);
    said->time[said->time_length] = '\n';
    said->modem_length =
        (uint8_t)(header->modem.length < UINT8_MAX ? header->modem.length : UINT8_MAX);
    if (said->modem_length > 0)
        memcpy(said->modem, header->modem.data, said->modem_length);
}

void said_tell(const struct said_before *said, struct line *line)
{
    line->direction = said->direction;
    line->time = (struct bytes){said->time, said->time_length};
    if (said->modem_length > 0)
        line->modem = (struct bytes){said->modem, said->modem_length};
}

struct said_before *sources_find(struct sources *sources, struct bytes source)
{
    const uint32_t number = names_add(&sources->names, source);
    if (number == NAME_UNKNOWN)
        return NULL;
    struct said_before *const said =
        names_list_grow(sources->said, &sources->capacity, number, sizeof *said);
    if (said == NULL)
        return NULL;
    sources->said = said;
    return &said[number];
}

void sources_free(struct sources *sources)
{
    names_free(&sources->names);
    free(sources->said);
}
