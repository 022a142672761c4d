/* SPDX-License-Identifier: MIT
 *
 * The tokens of a JSON object on one line, as far as a log reader needs them: which strings, numbers and arrays of bytes stand under
 * which names. A text of JSON may hold JSON: its quotes are escaped. */

/* JSON in a text of JSON has its quotes escaped. */
enum json_level {
    JSON_OUTER = 0,
    JSON_INNER
};

enum json_token {
    JSON_END = 0, /* the line end, or what no JSON holds */
    JSON_NAME,    /* a string and the colon behind it */
    JSON_STRING,
    JSON_SCALAR,
    JSON_NOTHING, /* null */
    JSON_BYTES,   /* an array of small numbers */
    JSON_OPEN,
    JSON_CLOSE,
    JSON_OPEN_ARRAY,
    JSON_CLOSE_ARRAY,
    JSON_COMMA,
    JSON_LINES /* an array of strings, each a line; src/log/prefix/json.c puts it together */
};

/*!conditions:re2c*/

/* The next token. *value is the inside of a string or of an array of bytes, or the scalar. */
static inline enum json_token read_json(enum json_level level, const char **next, struct bytes *value)
{
    const unsigned char *YYCURSOR = (const unsigned char *)*next;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL;
#define IS(token) *next = (const char *)YYCURSOR; *value = span(a, b); return (token)
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
    for (;;) {
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYGETCONDITION = "(level == JSON_INNER ? LEVEL_INNER : LEVEL_OUTER)";
re2c:define:YYGETCONDITION:naked = 1;
re2c:condenumprefix = "LEVEL_";
re2c:flags:tags = 1;
re2c:sentinel = 10;

blank  = [ \t\r]*;
string = ["] @a ( [^"\\\n] | "\\" [^\n] )* @b ["];
number = [0-9]{1,3};

<OUTER> [ \t\r]+                                    { continue; }
<OUTER> string                                      { IS(JSON_STRING); }
<OUTER> string blank ( ":" | "=>" )                 { IS(JSON_NAME); } /* Fluent Bit prints Ruby's */

between = [ \t\r] | "\\" [nrt];
quote   = "\\\"";
inner   = quote @a ( [^"\\\n] | "\\\\" ( "\\\\" | "\\\"" | [^"\\\n] ) )* @b quote;

<INNER> between+                                    { continue; }
<INNER> inner                                       { IS(JSON_STRING); }
<INNER> inner between* ":"                          { IS(JSON_NAME); }

<*> "null"                                          { IS(JSON_NOTHING); }
<*> @a [-+.a-zA-Z0-9]+ @b                           { IS(JSON_SCALAR); }
<*> "[" blank @a number ( blank "," blank number )* @b blank "]" { IS(JSON_BYTES); }
<*> "{"                                             { IS(JSON_OPEN); }
<*> "}"                                             { IS(JSON_CLOSE); }
<*> "["                                             { IS(JSON_OPEN_ARRAY); }
<*> "]"                                             { IS(JSON_CLOSE_ARRAY); }
<*> ","                                             { IS(JSON_COMMA); }
<*> *                                               { IS(JSON_END); }
*/
    }
#undef IS
}
