/* SPDX-License-Identifier: MIT
 *
 * Error lines: one each, on standard error, safe on a terminal. */
#ifndef SBFOTA_CLI_ERROR_LINE_H
#define SBFOTA_CLI_ERROR_LINE_H

/* "sbfota: WHERE:LINE: message". `where` may be NULL; `line` 0 is left out. Control bytes and the like in any part are
 * written as escapes. */
__attribute__((format(printf, 3, 4))) void error_line(const char *where, unsigned long long line,
                                                      const char *format, ...);

#endif
