/* SPDX-License-Identifier: MIT */
#include "log/sessions/fleet_events.h"

#include <sbfota/texts.h>
#include <string.h>

#include "urc_word.inc"

static bool is_keyword_of(enum sbfota_kind kind, struct bytes word)
{
    const char *const keyword = sbfota_message(kind)->keyword;
    return strlen(keyword) == word.length && memcmp(keyword, word.data, word.length) == 0;
}

bool fleet_would_end(struct bytes text)
{
    const char *const end = text.data + text.length;
    for (const char *next = text.data; next < end;) {
        const struct bytes word = next_urc_word(&next, end);
        if (is_keyword_of(SBFOTA_END, word) || is_keyword_of(SBFOTA_HTTP_END, word))
            return true;
    }
    return false;
}
