/* SPDX-License-Identifier: MIT */
#include "cli/writing/error_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/writing/text_safety.h"

void error_line(const char *where, unsigned long long line, const char *format, ...)
{
    char message[1024];
    char plain[1600];
    int length = 0;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (where == NULL)
        length = snprintf(plain, sizeof plain, "sbfota: %s", message);
    else if (line == 0)
        length = snprintf(plain, sizeof plain, "sbfota: %.500s: %s", where, message);
    else
        length = snprintf(plain, sizeof plain, "sbfota: %.500s:%llu: %s", where, line, message);

    char safe[sizeof plain * 8 + 1];
    size_t used = 0;
    const struct text_span all = {plain, (size_t)length}; /* there is room for all of it */
    struct text_unit unit;
    const bool utf8 = text_is_utf8(all.data, all.length);
    for (size_t at = 0; at < all.length; at += unit.length) {
        unit = text_next(all.data + at, all.length - at, utf8);
        used += text_escape(&unit, all.data + at, safe + used);
    }
    safe[used++] = '\n';
    /* One write a line, so that lines of several processes do not mix; there is nobody to tell if it fails. */
    if (write(STDERR_FILENO, safe, used) < 0)
        return;
}
