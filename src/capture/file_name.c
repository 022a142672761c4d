/* SPDX-License-Identifier: MIT */
#include "file_name.h"

#include <stdbool.h>
#include <string.h>

/* A file's name without its last ending; no more than a name that begins with a dot is one. */
static struct bytes without_ending(struct bytes name)
{
    size_t length = name.length;
    while (length > 0 && name.data[length - 1] != '.')
        length--;
    return length < 2 ? name : (struct bytes){name.data, length - 1};
}

static bool is_compressed(struct bytes name)
{
    static const char *const endings[] = {".gz", ".xz", ".zst", ".bz2", ".lz4"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t length = strlen(endings[i]);
        if (name.length > length &&
            memcmp(name.data + name.length - length, endings[i], length) == 0)
            return true;
    }
    return false;
}

/* A log that has been put away: NAME.log.1. */
static bool is_rotated(struct bytes name)
{
    const struct bytes before = without_ending(name);
    const char *const ending = before.data + before.length;
    const size_t length = name.length - before.length;
    if (length < 2 || strspn(ending + 1, "0123456789") < length - 1)
        return false;
    return before.length > 4 &&
           (memcmp(ending - 4, ".log", 4) == 0 || memcmp(ending - 4, ".txt", 4) == 0);
}

struct bytes file_name_modem(const char *file)
{
    const char *const slash = strrchr(file, '/');
    struct bytes name = {slash == NULL ? file : slash + 1, 0};
    name.length = strlen(name.data);
    if (is_compressed(name))
        name = without_ending(name);
    if (is_rotated(name))
        name = without_ending(name);
    return without_ending(name);
}
