/* SPDX-License-Identifier: MIT
 *
 * The tokens of a JSON object on one line, as far as a log reader needs them: which strings and numbers stand under which
 * names. */

enum json_token {
    JSON_END = 0, /* the line end, or what no JSON holds */
    JSON_NAME,    /* a string and the colon behind it */
    JSON_STRING,
    JSON_SCALAR,
    JSON_NOTHING, /* null */
    JSON_OPEN,
    JSON_CLOSE,
    JSON_COMMA
};

/* The next token. *value is the inside of a string, or the scalar. */
static enum json_token read_json(const char **next, struct bytes *value)
{
    const unsigned char *YYCURSOR = (const unsigned char *)*next;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL;
#define IS(token) *next = (const char *)YYCURSOR; *value = span(a, b); return (token)
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 10;

blank  = [ \t\r]*;
string = ["] @a ( [^"\\\n] | "\\" [^\n] )* @b ["];

blank string blank ":"               { IS(JSON_NAME); }
blank string                         { IS(JSON_STRING); }
blank "null"                         { IS(JSON_NOTHING); }
blank @a [-+.a-zA-Z0-9]+ @b          { IS(JSON_SCALAR); }
blank [[{]                           { IS(JSON_OPEN); }
blank [\]}]                          { IS(JSON_CLOSE); }
blank ","                            { IS(JSON_COMMA); }
*                                    { IS(JSON_END); }
*/
#undef IS
}
