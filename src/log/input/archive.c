/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "log/input/member.h"

enum archive_kind archive_find(const char *head, size_t length)
{
    if (length >= 4 && memcmp(head, "PK\3\4", 4) == 0)
        return ARCHIVE_COMPRESSED;
    if (length >= 265 &&
        (memcmp(head + 257, "ustar\0", 6) == 0 || memcmp(head + 257, "ustar  \0", 8) == 0))
        return ARCHIVE_STORED;
    return ARCHIVE_NONE;
}
