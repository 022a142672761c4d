/* SPDX-License-Identifier: MIT */
#include "log/scan/command.h"

#include <string.h>

#include "command.inc"

enum {
    COMMAND_MAX = 128 /* bytes of one of ours */
};

bool command_is(struct bytes text)
{
    return text.length >= 2 && is_command(text.data, text.data + text.length);
}

/* Is one of several commands one of ours? The AT of the line, as it is spelled there, is before it too. */
static bool read_ours(struct bytes line, struct bytes part, struct sbfota_event *event)
{
    char bytes[COMMAND_MAX];
    const bool first = part.data == line.data;
    while (part.length > 0 && (part.data[0] == ' ' || part.data[part.length - 1] == ' ')) {
        part.data += part.data[0] == ' ';
        part.length--;
    }
    if (part.length < 2 || part.length + 2 > sizeof bytes)
        return false;
    memcpy(bytes, line.data, 2);
    memcpy(bytes + (first ? 0 : 2), part.data, part.length);
    const size_t length = part.length + (first ? 0 : 2);
    if (!sbfota_is_ours(bytes, length))
        return false;
    sbfota_decode_line(bytes, length, event);
    return record_is_hosts(event->kind);
}

/* The next part of a line, up to its semicolon. */
static struct bytes next_part(struct bytes text, const char **next)
{
    const char *const begin = *next;
    const char *end = *next = skip_command(begin, text.data + text.length);
    /* Nothing but basic ones before it: the AT is the extended one's. */
    if (end == begin + 2 && begin == text.data && *next < text.data + text.length)
        end = *next = skip_command(end, text.data + text.length);
    if (end[-1] == ';')
        end--;
    return (struct bytes){begin, (size_t)(end - begin)};
}

bool command_is_joined(unsigned kind, struct bytes text)
{
    struct sbfota_event event;
    size_t parts = 0;
    bool ours = false;
    if ((kind != SBFOTA_OTHER && kind != SBFOTA_MALFORMED) || text.length > UINT16_MAX ||
        !command_is(text))
        return false;
    for (const char *next = text.data; next < text.data + text.length; parts++) {
        ours = read_ours(text, next_part(text, &next), &event) || ours;
        /* A quote that nothing closes. */
        if (next < text.data + text.length && *next == '"' && next[-1] != ';')
            return false;
    }
    return ours && parts > 1;
}

bool command_next(const struct sbfota_event *joined, struct bytes text, size_t *place,
                  struct sbfota_event *event)
{
    const char *next = text.data + *place;
    if (*place >= text.length)
        return false;
    const struct bytes part = next_part(text, &next);
    if (!read_ours(text, part, event))
        sbfota_decode_line(part.data, part.length, event);
    event->offset = joined->offset + *place;
    event->length = part.length;
    event->lead = joined->lead;
    event->ending = joined->ending;
    *place = (size_t)(next - text.data);
    return true;
}
