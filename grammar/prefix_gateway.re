/* SPDX-License-Identifier: MIT
 *
 * Logs that mark each line by who speaks: prefix.h. [dialects.md section 2] */

/*!include:re2c "prefix.re" */

/* A mark, perhaps with a modem's name before it. */
static void read_marks(const char *begin, const char *end, enum sureness named,
                       enum sureness alone, struct line *line)
{
    READ(begin);
/*!stags:re2c:marks format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:marks

modem gap from_module marked { FOUND(RX, named); return; }
modem gap from_host marked   { FOUND(TX, named); return; }
from_module marked           { FOUND(RX, alone); return; }
from_host marked             { FOUND(TX, alone); return; }

* { return; }
*/
}

/* A program's own words between the time and the mark; as much as they are long. */
static size_t read_speaker(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:speaker
speaker | logger { return (size_t)((const char *)YYCURSOR - begin); }
*                { return 0; }
*/
}

/* Lines of a log with marks that have none. */
static void read_unmarked(const char *begin, const char *end, struct line *line)
{
    READ(begin);
/*!stags:re2c:unmarked format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:unmarked
gap ( program | logger ) paint   { FOUND(NONE, POSSIBLE); return; }
gap paint                        { FOUND(NONE, POSSIBLE); return; }
* { return; }
*/
}
