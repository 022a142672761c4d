/* SPDX-License-Identifier: MIT
 *
 * System logs, alone or around the lines of another form: prefix.h. [docs/dialects.md, 2] */

/*!include:re2c "prefix.re" */

void prefix_read_syslog(const char *begin, const char *end, struct line *line)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *m = NULL, *n = NULL;
/*!stags:re2c:syslog format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:syslog

/* A name and RX: are no host and no program. */
begin stamp gap ( host gap )? ( 'RX' | 'TX' ) ":" blank? paint      { FOUND(NONE, POSSIBLE); return; }
begin stamp gap program paint                                       { FOUND(NONE, SURE); return; }
begin stamp gap paint                                               { FOUND(NONE, LIKELY); return; }
begin stamp gap logger paint                                        { FOUND(NONE, SURE); return; }
begin stamp paint "\n"                                              { FOUND(NONE, LIKELY); return; }
begin program paint                                                 { FOUND(NONE, POSSIBLE); return; }

* { return; }
*/
}

void prefix_read_logged(const char *begin, const char *end, struct line *line)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *m = NULL, *n = NULL;
/*!stags:re2c:logged format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:logged

/* What stands before a line of the four forms that system logs may hold; their rules then begin behind it. */
begin ( stamp gap )? ( host gap )? "chat[" digit+ "]:" blank? paint { FOUND(NONE, UNMISTAKABLE); return; }
begin ( stamp gap )? ( program | logger )? paint                    { FOUND(NONE, POSSIBLE); return; }

* { return; }
*/
}
