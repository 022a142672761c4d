/* SPDX-License-Identifier: MIT */
#include <sbfota/sbfota.h>

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

#define SBFOTA_MACHINE_DATA
#include "is_ours.inc"
#undef SBFOTA_MACHINE_DATA

/* NOLINTNEXTLINE(readability-function-cognitive-complexity): its body is generated. */
bool sbfota_is_ours(const void *line, size_t length)
{
    const unsigned char *p = line;
    const unsigned char *const pe = p + length;
    int cs = sbfota_ours_start;
#include "is_ours.inc"
    return cs >= sbfota_ours_first_final;
}
