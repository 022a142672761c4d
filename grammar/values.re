/* SPDX-License-Identifier: MIT
 *
 * What stands in the fields of structured logs: src/log/prefix/fields.c. */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;
*/

/* Are these the bytes of a text in hexadecimal digits? They begin as a message does, or end as one. */
static bool is_hexadecimal(struct bytes text)
{
    const unsigned char *YYCURSOR = (const unsigned char *)text.data;
    const unsigned char *const end = YYCURSOR + text.length;
    const unsigned char *YYMARKER;
/*!re2c
hex   = [0-9a-fA-F];
end   = "0" [aAdD];
byte  = end | "09" | [2-6] hex | "7" [0-9a-eA-E];
first = end | "2" [bB] | "4" [1-9a-fA-F] | "5" [0-9aA] | "6" [1-9a-fA-F] | "7" [0-9aA];
zero  = '0x';
between = "," " "? | " ";
first ( " "? byte )+ | byte ( " "? byte )* " "? end       { return YYCURSOR == end; }
first ( [:-] byte ){3,} | zero byte ( between zero byte )* { return YYCURSOR == end; }
* { return false; }
*/
}

/* May it be base64? */
static bool is_in_sextets(struct bytes text)
{
    const unsigned char *YYCURSOR = (const unsigned char *)text.data;
    const unsigned char *const end = YYCURSOR + text.length;
    const unsigned char *YYMARKER;
/*!re2c
six = [A-Za-z0-9+/_-];
( six{4} )* ( six{4} | six{3} "=" | six{2} "==" ) { return YYCURSOR == end; }
* { return false; }
*/
}

/* The next word of a line of logfmt: true if it is a name and a value, name="value" or name=value. *next goes behind it; no word goes past
 * the line's end. */
static bool read_pair(const char **next, struct bytes *name, struct bytes *value)
{
    const unsigned char *YYCURSOR = (const unsigned char *)*next;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *c = NULL, *d = NULL;
#define IS(is_pair) *next = (const char *)YYCURSOR; *name = span(a, b); *value = span(c, d); return (is_pair)
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c
re2c:flags:tags = 1;
name = [A-Za-z_@] [A-Za-z0-9_.@/-]*;
@a name @b "=\"" @c ( [^"\\\n] | "\\" [^\n] )* @d "\"" { IS(true); }
@a name @b "=" @c ( [^" \t\r\n] [^ \t\r\n]* )? @d       { IS(true); }
[^ \t\r\n]+ | [ \t\r]+                                  { IS(false); }
*                                                       { IS(false); }
*/
#undef IS
}
