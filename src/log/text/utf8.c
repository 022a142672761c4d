/* SPDX-License-Identifier: MIT */
#include "log/text/utf8.h"

#include <stdint.h>
#include <string.h>

/* How many bytes a character over U+007F has that begins with this byte; 0 if none does. */
static size_t utf8_size(unsigned first)
{
    return first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

size_t utf8_length(const unsigned char *bytes, size_t length)
{
    const unsigned first = bytes[0];
    const size_t size = utf8_size(first);
    if (size == 0 || size > length)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    if ((first == 0xe0 && bytes[1] < 0xa0) || (first == 0xed && bytes[1] > 0x9f) ||
        (first == 0xf0 && bytes[1] < 0x90) || (first == 0xf4 && bytes[1] > 0x8f))
        return 0;
    return size;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const unsigned char *next = (const unsigned char *)bytes;
    while (length > 0) {
        uint64_t word = 0;
        if (length >= sizeof word)
            memcpy(&word, next, sizeof word);
        if (length >= sizeof word && (word & 0x8080808080808080U) == 0) {
            next += sizeof word;
            length -= sizeof word;
            continue;
        }
        const size_t size = *next < 0x80 ? 1 : utf8_length(next, length);
        if (size == 0)
            return false;
        next += size;
        length -= size;
    }
    return true;
}
