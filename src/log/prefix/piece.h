/* SPDX-License-Identifier: MIT
 *
 * What the lexers of pieces share, which are generated from grammar/prefix.re and grammar/prefix_own.re: each reads from `at`, and gives as
 * much as it took. No piece goes past the line end but one whose rule ends in it. */
#ifndef SBFOTA_LOG_PIECE_H
#define SBFOTA_LOG_PIECE_H

#include "log/text/span.h"

#define PIECE_BEGIN(from)                                          \
    const unsigned char *YYCURSOR = (const unsigned char *)(from); \
    const unsigned char *YYMARKER;                                 \
    (void)YYMARKER
#define CURSOR ((const char *)YYCURSOR)
#define LENGTH ((size_t)(CURSOR - at))

#endif
