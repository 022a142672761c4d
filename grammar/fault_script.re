/* SPDX-License-Identifier: MIT
 *
 * The words of a script of faults: src/cli/simulate/script.h. A line is
 *
 *     [modem NAME] at TIME | on EVENT [NUMBER] | each EVENT [NUMBER]
 *         [after TIME] FAULT [NUMBER times | for TIME]     # comment
 *
 * with blanks between its words; TIME is a number with ms, s, m, h or d behind it. How they follow one another: read_statement of
 * src/cli/simulate/script.c. */

/* The word at `at`, as much as it is long; it is of the first kind that it can be. What a time has: number and unit. */
static size_t read_word(const char *at, enum word_kind *kind, struct script_time *time)
{
    const unsigned char *YYCURSOR = (const unsigned char *)at;
    const unsigned char *b;
#define IS(what) *kind = (what); return (size_t)((const char *)YYCURSOR - at)
/*!stags:re2c format = "    const unsigned char *@@;\n"; */
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 0;

number = [0-9]+;

[a-z_]+           { IS(WORD_NAMED); }
number            { IS(WORD_NUMBER); }
"-" number "%"? | number "%" { IS(WORD_VALUE); }
number @b ( "ms" | "s" | "m" | "h" | "d" ) {
    time->number = span((const unsigned char *)at, b);
    time->unit = span(b, YYCURSOR);
    IS(WORD_TIME);
}
[A-Za-z0-9._-]+   { IS(WORD_OTHER); }
[\x00]            { *kind = WORD_NONE; return 0; } /* the text's end: nothing stands behind it */
*                 { IS(WORD_NONE); }
*/
#undef IS
}
