/* SPDX-License-Identifier: MIT
 *
 * System logs, alone or around the lines of another form: prefix.h. [dialects.md section 2] */

/*!include:re2c "prefix.re" */

/* What stands behind a time. */
static void read_stamped_syslog(const char *begin, const char *end, struct line *line)
{
    READ(begin);
/*!stags:re2c:stamped format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:stamped

/* A name and RX: are no host and no program. */
gap ( host gap )? ( 'RX' | 'TX' ) ":" blank? paint      { FOUND(NONE, POSSIBLE); return; }
gap program paint                                       { FOUND(NONE, SURE); return; }
gap paint                                               { FOUND(NONE, LIKELY); return; }
gap logger paint                                        { FOUND(NONE, SURE); return; }
paint "\n"                                              { FOUND(NONE, LIKELY); return; }

* { return; }
*/
}

static void read_bare_syslog(const char *begin, const char *end, struct line *line)
{
    READ(begin);
/*!stags:re2c:bare format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:bare
program paint { FOUND(NONE, POSSIBLE); return; }
* { return; }
*/
}

/* What stands before a line of the three forms that system logs may hold; their rules then begin behind it. `begin` is behind the
 * time and the blanks that follow, where there is one. */
static void read_logged(const char *begin, const char *end, struct line *line)
{
    READ(begin);
/*!stags:re2c:logged format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:logged

( host gap )? "chat[" digit+ "]:" blank? paint { FOUND(NONE, UNMISTAKABLE); return; }
( program | logger )? paint                    { FOUND(NONE, POSSIBLE); return; }

* { return; }
*/
}
