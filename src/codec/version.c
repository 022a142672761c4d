/* SPDX-License-Identifier: MIT
 *
 * What is linked, for those who cannot see its headers. */
#include <sbfota/sbfota.h>

const char *sbfota_version(void)
{
    return SBFOTA_VERSION;
}

size_t sbfota_parser_size(void)
{
    return sizeof(struct sbfota_parser);
}

size_t sbfota_event_size(void)
{
    return sizeof(struct sbfota_event);
}
