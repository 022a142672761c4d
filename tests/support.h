/* SPDX-License-Identifier: MIT
 *
 * What the tests of the codec share: events as text, and feeding in pieces. */
#ifndef SBFOTA_TESTS_SUPPORT_H
#define SBFOTA_TESTS_SUPPORT_H

#include <stdio.h>
#include <string.h>

#include <sbfota/texts.h>

/* A case: a line without its ends, and what it becomes, as `describe` says it. */
struct line_case {
    const char *name;
    const char *line;
    const char *expected;
};

enum {
    DESCRIPTION_MAX = 256,
    EVENTS_MAX = 64
};

/* "name", then where they are not 0: value, ":extent", "/detail", "!flags", "~spelling". */
static inline const char *describe(const struct sbfota_event *event, char text[DESCRIPTION_MAX])
{
    const struct sbfota_message_row *const message = sbfota_message(event->kind);
    size_t used =
        (size_t)snprintf(text, DESCRIPTION_MAX, "%s", message == NULL ? "none" : message->name);
    if (event->value != 0)
        used += (size_t)snprintf(text + used, DESCRIPTION_MAX - used, " %d", (int)event->value);
    if (event->extent != 0)
        used +=
            (size_t)snprintf(text + used, DESCRIPTION_MAX - used, " :%u", (unsigned)event->extent);
    if (event->detail != 0)
        used += (size_t)snprintf(text + used, DESCRIPTION_MAX - used, " /%s",
                                 event->kind == SBFOTA_RANGE ? "accept"
                                                             : sbfota_reason_name(event->detail));
    for (unsigned bit = 1; bit < 0x100; bit <<= 1)
        if (event->flags & bit)
            used += (size_t)snprintf(text + used, DESCRIPTION_MAX - used, " !%s",
                                     sbfota_flag_name(bit));
    if (event->spelling != 0)
        snprintf(text + used, DESCRIPTION_MAX - used, " ~%02x", event->spelling);
    return text;
}

/* All events of an input that comes in pieces of `piece` bytes, the last one too if it has no end. */
static inline size_t parse_all(const void *bytes, size_t length, size_t piece,
                               struct sbfota_event events[EVENTS_MAX])
{
    const unsigned char *next = bytes;
    struct sbfota_parser parser;
    size_t count = 0;
    sbfota_parser_init(&parser);
    while (length > 0 && count < EVENTS_MAX - 1) {
        const size_t given = piece < length ? piece : length;
        const size_t used = sbfota_parse(&parser, next, given, &events[count]);
        count += events[count].kind != SBFOTA_NONE;
        next += used;
        length -= used;
    }
    count += sbfota_finish(&parser, &events[count]);
    return count;
}

/* A generator with the same numbers everywhere. */
static inline unsigned next_random(unsigned *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

#endif
