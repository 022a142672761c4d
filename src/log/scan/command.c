/* SPDX-License-Identifier: MIT */
#include "log/scan/command.h"

#include <string.h>

#include "log/text/utf8.h"

#include "command.inc"

enum {
    COMMAND_MAX = 128, /* bytes of one of ours */
    DOTS_LEAST = 8     /* of a head */
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

/* Are bytes the head of a frame or a packet, as they are or with dots for those that cannot be printed? */
static bool is_head(struct bytes bytes)
{
    size_t dots = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        const unsigned char byte = (unsigned char)bytes.data[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f)
            return true;
        dots += byte == '.';
    }
    return (dots >= DOTS_LEAST && dots * 3 >= bytes.length) ||
           !text_is_utf8(bytes.data, bytes.length);
}

size_t command_measure_head(unsigned kind, struct bytes text)
{
    const char *const end = text.data + text.length;
    const char *at = text.length > COMMAND_MAX ? end - COMMAND_MAX : text.data;
    const char *plus;
    if (kind != SBFOTA_OTHER || text.length < 2 || text.length > UINT16_MAX || *text.data == '+' ||
        (end[-1] != '"' && (end[-1] < '0' || end[-1] > '9')))
        return 0;
    for (; (plus = memchr(at, '+', (size_t)(end - at))) != NULL; at = plus + 1) {
        const struct bytes head = {text.data, (size_t)(plus - text.data) - 2};
        struct sbfota_event event;
        if (plus - text.data <= 2 || !sbfota_is_ours(plus - 2, text.length - head.length))
            continue;
        sbfota_decode_line(plus - 2, text.length - head.length, &event);
        if (record_is_hosts(event.kind) && is_head(head))
            return head.length;
    }
    return 0;
}

bool command_is_joined(unsigned kind, struct bytes text)
{
    struct sbfota_event event;
    size_t parts = 0;
    bool ours = false;
    if ((kind != SBFOTA_OTHER && kind != SBFOTA_MALFORMED) || text.length > UINT16_MAX)
        return false;
    if (!command_is(text))
        return command_measure_head(kind, text) > 0;
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
    const size_t head = *place == 0 ? command_measure_head(joined->kind, text) : 0;
    const struct bytes part =
        head > 0 ? (struct bytes){text.data + head, text.length - head} : next_part(text, &next);
    if (head > 0)
        next = text.data + text.length;
    if (!read_ours(text, part, event))
        sbfota_decode_line(part.data, part.length, event);
    event->offset = joined->offset + *place + head;
    event->length = part.length;
    event->lead = joined->lead;
    event->ending = joined->ending;
    *place = (size_t)(next - text.data);
    return true;
}
