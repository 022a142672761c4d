/* SPDX-License-Identifier: MIT
 *
 * Where a message or a command of SBFOTA stands in a line, however its quotes are spelled: src/log/prefix/anchor.h. That it is one, the
 * parser says of what its escapes stand for. */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;
blank = ( [ \t] | "%20" )*;
plus  = "+" | "%2" [bB];
comma = "," | "%2" [cC];
*/

enum {
    BEFORE_PLUS = 2 /* letters */
};

/* May one begin here? *next goes behind what says so. There is a plus in each, behind BEFORE_PLUS letters or none. */
static enum anchor_kind read_begin(const char *begin, const char **next)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(kind) *next = (const char *)YYCURSOR; return (kind)
/*!re2c
colon = ( ":" | "%3" [aA] ) "+"? blank;
plus "QIND" colon    { IS(ANCHOR_URC); }
plus 'QCFGEXT' colon { IS(ANCHOR_ANSWER); }
'AT' plus 'QCFGEXT' ( "\\"? "=" "3D"? | "%3" [dD] ) { IS(ANCHOR_COMMAND); }
*                    { return ANCHOR_NONE; }
*/
#undef IS
}

/* A quote in any spelling. */
static size_t read_quote(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS return (size_t)((const char *)YYCURSOR - begin)
/*!re2c
"\\"{0,3} "\"" | "\"\"" | "&quot;" | "&#34;" | "&#x22;" | "\\"{1,2} ( "u0022" | "x22" | "042" ) | "#042" | "<22>" | "%22" { IS; }
* { return 0; }
*/
#undef IS
}

/* The word behind the first quote that makes it one of ours. */
static size_t read_own_word(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS return (size_t)((const char *)YYCURSOR - begin)
/*!re2c
"SBFOTA" | "sbfota_" [a-z]+ { IS; }
* { return 0; }
*/
#undef IS
}

/* A field behind it, up to a quote that a word may follow; what is of no field is 0 long. */
static size_t read_field(const char *begin, bool *quoted)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(is_quoted) *quoted = (is_quoted); return (size_t)((const char *)YYCURSOR - begin)
/*!re2c
percent = "%" | "%25";
blank comma "+"? blank [-+]? [0-9]+ blank percent? | " " blank "-"? [0-9]+ percent? | blank "," blank "(" [0-9]* [-,] [0-9]* ")" { IS(false); }
blank ( comma "+"? | " " ) blank { IS(true); }
* { return 0; }
*/
#undef IS
}

/* Does a name in angle brackets stand where a field would, as in manuals? */
static bool read_placeholder(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c
",<" [a-z] { return true; }
*          { return false; }
*/
}

/* The word of a quoted field. */
static size_t read_quoted_word(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c
( [A-Za-z_ ,] | "+" | "%20" | comma )+ { return (size_t)((const char *)YYCURSOR - begin); }
* { return 0; }
*/
}
