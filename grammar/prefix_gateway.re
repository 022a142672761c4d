/* SPDX-License-Identifier: MIT
 *
 * Logs that mark each line by who speaks: prefix.h. [docs/dialects.md, 2] */

/*!include:re2c "prefix.re" */

void prefix_read_gateway(const char *begin, const char *end, struct line *line)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *m = NULL, *n = NULL;
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c

/* In a program's or a system's log, which holds other lines too. */
begin stamp gap ( speaker | logger ) ( modem gap )? from_module marked { FOUND(RX, UNMISTAKABLE); return; }
begin stamp gap ( speaker | logger ) ( modem gap )? from_host marked   { FOUND(TX, UNMISTAKABLE); return; }
/* First without a name: the zone or the year of a time is none. */
begin stamp gap from_module marked           { FOUND(RX, SURE); return; }
begin stamp gap from_host marked             { FOUND(TX, SURE); return; }
begin stamp gap modem gap from_module marked { FOUND(RX, SURE); return; }
begin stamp gap modem gap from_host marked   { FOUND(TX, SURE); return; }
begin stamp gap ( program | logger ) paint   { FOUND(NONE, POSSIBLE); return; }
begin stamp gap paint                        { FOUND(NONE, POSSIBLE); return; }
begin modem gap from_module marked           { FOUND(RX, LIKELY); return; }
begin modem gap from_host marked             { FOUND(TX, LIKELY); return; }
begin from_module marked                     { FOUND(RX, POSSIBLE); return; }
begin from_host marked                       { FOUND(TX, POSSIBLE); return; }

* { return; }
*/
}
