/* SPDX-License-Identifier: MIT
 *
 * What the generated lexers share, and who takes their texts further apart. */
#ifndef SBFOTA_LOG_SPAN_H
#define SBFOTA_LOG_SPAN_H

#include "log/text/record.h"

/* What stands between two tags of a rule; no data if it has none. */
static inline struct bytes span(const unsigned char *begin, const unsigned char *end)
{
    if (begin == NULL || end == NULL)
        return (struct bytes){NULL, 0};
    return (struct bytes){(const char *)begin, (size_t)(end - begin)};
}

static inline bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static inline bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

#endif
