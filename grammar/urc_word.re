/* SPDX-License-Identifier: MIT
 *
 * The first word behind SBFOTA, in a line that is not whole: src/log/sessions/fleet_events.c. */

/* From *next on, which goes behind it; no data if there is none. What stands in the place of comma and quotes is passed over. */
static struct bytes next_urc_word(const char **next, const char *end)
{
    const char *at = *next;
    const char *marker = at;
    const char *a = NULL, *b = NULL;
#define YYPEEK() ((unsigned char)(at < end ? *at : '\0'))
#define YYSKIP() (at++)
#define YYBACKUP() (marker = at)
#define YYRESTORE() (at = marker)
#define YYSTAGP(tag) (tag = at)
#define YYSTAGN(tag) (tag = NULL)
#define YYSHIFTSTAG(tag, shift) (tag += (shift))
/*!stags:re2c format = "    const char *@@ = NULL;\n"; */
    while (at < end) {
/*!re2c
re2c:flags:input = custom;
re2c:flags:tags = 1;
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";

between = [,"' \t]*;
word    = [A-Za-z0-9_]+;

"SBFOTA" between @a word @b { *next = b; return (struct bytes){a, (size_t)(b - a)}; }
*                           { continue; }
*/
    }
#undef YYPEEK
#undef YYSKIP
#undef YYBACKUP
#undef YYRESTORE
#undef YYSTAGP
#undef YYSTAGN
#undef YYSHIFTSTAG
    *next = end;
    return (struct bytes){end, 0};
}
