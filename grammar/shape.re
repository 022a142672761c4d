/* SPDX-License-Identifier: MIT
 *
 * Names in lines whose shape is known: src/log/prefix/shape.h. */

/*!include:re2c "names.re" */

#define YYPEEK() ((unsigned char)(at < end ? *at : '\n'))
#define YYSKIP() (at++)
#define YYBACKUP() (marker = at)
#define YYRESTORE() (at = marker)

/* Behind a name; `at` itself if there is none. */
static const char *skip_name(const char *at, const char *end)
{
    const char *marker = at;
/*!re2c
re2c:flags:input = custom;
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;

name_byte+ { return at; }
*          { return marker; }
*/
}

/* May the grammar take a name for the time's zone or year, or for the end of one of them? */
static bool may_be_zone(const char *at, const char *end)
{
    const char *marker = at;
/*!re2c
digit = [0-9];

[+-] | digit name_byte{0,3} "\n" { return true; }
zone_name ":"? "\n"              { return true; }
*                                  { return false; }
*/
}

#undef YYPEEK
#undef YYSKIP
#undef YYBACKUP
#undef YYRESTORE
