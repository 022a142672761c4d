/* SPDX-License-Identifier: MIT
 *
 * A line of a script of faults: src/cli/simulate_script.h. A line is
 *
 *     [modem NAME] at TIME | on EVENT [NUMBER] | each EVENT [NUMBER]
 *         [after TIME] FAULT [NUMBER times | for TIME]     # comment
 *
 * with blanks between its words; TIME is a number with ms, s, m, h or d behind it. The conditions are what may come next. */

/*!conditions:re2c*/

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYGETCONDITION = "condition";
re2c:define:YYGETCONDITION:naked = 1;
re2c:define:YYSETCONDITION = "condition = @@;";
re2c:define:YYSETCONDITION:naked = 1;
re2c:condenumprefix = "EXPECTED_";
re2c:flags:tags = 1;
re2c:sentinel = 0;

gap    = [ \t]+;
end    = [ \t]* ( "#" [^\n\x00]* )? "\r"? [\n\x00];
edge   = [ \t\r\n#\x00];
number = [0-9]+;
unit   = "ms" | "s" | "m" | "h" | "d";
word   = [a-z_]+;
name   = [A-Za-z0-9._-]+;
*/

/* Read a line, which ends with LF or NUL. EXPECTED_NOTHING if it is right, and what should stand at *where if it is not. */
static enum YYCONDTYPE read_statement(const char *line, struct statement *statement, const char **where)
{
    const unsigned char *YYCURSOR = (const unsigned char *)line;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *c = NULL;
    enum YYCONDTYPE condition = EXPECTED_WHEN;
#define EVENT(how) statement->when = how, statement->event = span(a, b)
#define TIME(field) statement->field = (struct script_time){span(a, b), span(b, c)}
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
    for (;;) {
        *where = (const char *)YYCURSOR;
/*!re2c
<WHEN> "modem" gap @a name @b / edge                              { statement->modem = span(a, b); continue; }
<WHEN> "at" gap @a number @b unit @c / edge => FAULT              { statement->when = SCRIPT_AT; TIME(at); continue; }
<WHEN> "on" gap @a word @b / edge => VALUE                        { EVENT(SCRIPT_ON); continue; }
<WHEN> "each" gap @a word @b / edge => VALUE                      { EVENT(SCRIPT_EACH); continue; }
<WHEN> end                                                        { return statement->modem.data == NULL ? EXPECTED_NOTHING : EXPECTED_WHEN; }
<VALUE> @a "-"? number @b "%"? / edge => AFTER                    { statement->value = span(a, b); continue; }
<VALUE, AFTER> "after" gap @a number @b unit @c / edge => FAULT   { TIME(after); continue; }
<VALUE, AFTER, FAULT> @a word @b / edge => HOW                    { statement->fault = span(a, b); continue; }
<HOW> @a number @b gap "times" / edge => END                      { statement->count = span(a, b); continue; }
<HOW> "for" gap @a number @b unit @c / edge => END                { TIME(lasts); continue; }
<HOW, END> end                                                    { return EXPECTED_NOTHING; }
<NOTHING> *                                                       { return condition; }
<*> gap                                                           { continue; }
<*> *                                                             { return condition; }
*/
    }
#undef EVENT
#undef TIME
}

/* A time alone, of the command line; a NUL is behind it. */
static bool read_time_alone(const char *text, struct script_time *time)
{
    const unsigned char *YYCURSOR = (const unsigned char *)text;
    const unsigned char *YYMARKER;
    const unsigned char *a, *b, *c;
/*!stags:re2c:alone format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:alone
re2c:define:YYCTYPE = "unsigned char";
re2c:yyfill:enable = 0;
re2c:flags:tags = 1;
re2c:sentinel = 0;
@a [0-9]+ @b ( "ms" | "s" | "m" | "h" | "d" ) @c "\x00" { *time = (struct script_time){span(a, b), span(b, c)}; return true; }
*                                                       { return false; }
*/
}
