/* SPDX-License-Identifier: MIT
 *
 * What a host may send a module that is no command of SBFOTA, and several commands in one line: src/log/scan/command.h. [ITU-T V.250, 5.2 to 5.4] */

#define YYPEEK() ((unsigned char)(at < end ? *at : '\n'))
#define YYSKIP() (at++)
#define YYBACKUP() (marker = at)
#define YYRESTORE() (at = marker)

/* Behind an AT and the basic commands that have a number; NULL if there is no AT. Of several in a row, only the last may lack its number: words are
 * no commands. */
static const char *skip_numbered(const char *at, const char *end)
{
    const char *marker = at;
/*!re2c
re2c:flags:input = custom;
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;

basic    = 'A' | 'E' | 'H' | 'I' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'T' | 'V' | 'W' | 'X' | 'Z';
register = 'S' [0-9]+ [ \t]* ( "=" [ \t]* [0-9]* | "?" ) | 'S' [0-9]+;
numbered = ( basic [0-9]+ | register ) [ \t]* ";"?;

'AT' numbered* { return at; }
*              { return NULL; }
*/
}

/* Is that the end of a command, or does one follow? What stands behind the name of an extended one may be anything. */
static bool is_end_of_command(const char *at, const char *end)
{
    const char *marker = at;
/*!re2c
behind   = [ \t]* "\n";
/* One that has a sign before its name, up to that. */
extended = ( [ \t]* "+" | [&\\%*#$^!@] ) [A-Za-z];
dial     = 'D' ( [TPI]? [ \t]* [0-9*#+>@] | 'L' behind | behind );

basic? ";"? ( behind | extended ) | dial { return true; }
*                                        { return false; }
*/
}

/* Is the text of a line a command? */
static bool is_command(const char *at, const char *end)
{
    const char *const behind = skip_numbered(at, end);
    return behind != NULL && is_end_of_command(behind, end);
}

static const char *skip_last_basic(const char *at, const char *end)
{
    const char *marker = at;
    (void)marker;
/*!re2c
basic? ";"? { return at; }
*/
}

static const char *skip_extended(const char *at, const char *end)
{
    const char *marker = at;
/*!re2c
text = "\"" [^"\n]* "\"";
name = [&\\%*#$^!@+] [^;"\n]*;

[ \t]* name ( text [^;"\n]* )* ";"? { return at; }
*                                   { return end; }
*/
}
#undef YYPEEK
#undef YYSKIP
#undef YYBACKUP
#undef YYRESTORE

/* Where the next of the commands ends that are joined in one line, with the semicolon behind it: the AT and the basic ones that stand before
 * an extended one are one, each extended one is one. A semicolon between quotes is part of a text. `end` if there is no other. */
static const char *skip_command(const char *at, const char *end)
{
    const char *const behind = skip_numbered(at, end);
    return behind == NULL ? skip_extended(at, end) : skip_last_basic(behind, end);
}
