/* SPDX-License-Identifier: MIT */
#include "cli/writing/text_safety.h"

#include <stdio.h>
#include <string.h>

static bool is_plain(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return false;
    return !(code == 0xad || code == 0x61c || (code >= 0x200b && code <= 0x200f) ||
             (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
             code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) ||
             (code >= 0xe0000 && code <= 0xe0fff));
}

struct text_unit text_next(const char *bytes, size_t length, bool utf8)
{
    const unsigned char *const next = (const unsigned char *)bytes;
    struct text_unit unit = {.code = next[0], .length = 1};
    if (utf8 && next[0] >= 0x80) {
        unit.length = utf8_length(next, length);
        unit.code = unit.length == 2   ? next[0] & 0x1fU
                    : unit.length == 3 ? next[0] & 0x0fU
                                       : next[0] & 0x07U;
        for (size_t i = 1; i < unit.length; i++)
            unit.code = unit.code << 6 | (next[i] & 0x3fU);
    }
    unit.plain = is_plain(unit.code);
    return unit;
}

size_t text_escape(const struct text_unit *unit, const char *bytes, char *out)
{
    if (unit->plain && (unit->code < 0x80 || unit->length > 1)) {
        memcpy(out, bytes, unit->length);
        return unit->length;
    }
    return (size_t)snprintf(out, 13, unit->code < 0x100 ? "\\x%02x" : "\\u{%x}",
                            (unsigned)unit->code);
}

size_t text_columns(uint32_t code)
{
    static const struct {
        uint32_t first;
        uint32_t last;
        size_t columns;
    } ranges[] = {
        {0x300, 0x36f, 0},     {0x1100, 0x115f, 2},   {0x2e80, 0x303e, 2}, {0x3041, 0x3098, 2},
        {0x3099, 0x309a, 0},   {0x309b, 0xa4cf, 2},   {0xac00, 0xd7a3, 2}, {0xf900, 0xfaff, 2},
        {0xfe00, 0xfe0f, 0},   {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2}, {0xffe0, 0xffe6, 2},
        {0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}
