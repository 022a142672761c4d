/* SPDX-License-Identifier: MIT
 *
 * Is a text UTF-8? */
#ifndef SBFOTA_LOG_UTF8_H
#define SBFOTA_LOG_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Overlong forms, surrogates and what is over U+10FFFF are not. */
bool text_is_utf8(const char *bytes, size_t length);

/* How many bytes the UTF-8 character at `bytes`, over U+007F, has, or 0 if there is none: overlong forms, surrogates and what is over
 * U+10FFFF are none. */
size_t utf8_length(const unsigned char *bytes, size_t length);

#endif
