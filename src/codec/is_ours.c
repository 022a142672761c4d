/* SPDX-License-Identifier: MIT */
#include <sbfota/sbfota.h>

/* NOLINTNEXTLINE(readability-function-cognitive-complexity): its body is generated. */
bool sbfota_is_ours(const void *line, size_t length)
{
    if (length == 0) /* of nothing, which may be NULL, no place is made */
        return false;
    const unsigned char *p = line;
    const unsigned char *const pe = p + length;
#include "../../gen/is_ours.inc"
}
